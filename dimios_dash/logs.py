"""Log lines for operators: one JSON object each, on standard error, without anything a person wrote."""

from __future__ import annotations

import sys

import structlog


def configure() -> None:
    """Set up structlog for this process. Tracebacks carry no local variables: passwords and answers live there."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),  # today's: a test replaces it
    )
