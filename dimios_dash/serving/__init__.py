"""Everything in one command: database, web server, worker and, in the demo, a mail catcher."""
