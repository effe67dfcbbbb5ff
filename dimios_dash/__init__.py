"""Dimios Dash: digital maturity in public-sector organisations, measured so that nobody can be recognised."""
