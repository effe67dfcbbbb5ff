"""Mail to respondents: how it reads, how it is sent, and where it ends up in the demo."""
