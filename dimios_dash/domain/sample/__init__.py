"""Whom to ask, and what will be seen of it."""
