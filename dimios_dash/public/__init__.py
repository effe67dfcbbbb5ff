"""Plain pages for people without a session: signing in, and errors."""
