"""Attributes with a hyphen for Dash's components, whose types know only those that are words."""

from __future__ import annotations

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """`html.Nav(…, **aria(label="Huvudmeny"))` gives the attribute aria-label."""
    return {f"aria-{name.replace('_', '-')}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """`html.Li(…, **data(unit="E01"))` gives the attribute data-unit: what a script of ours reads."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}
