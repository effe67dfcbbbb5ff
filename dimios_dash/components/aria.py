"""ARIA attributes for Dash's components, whose types know only the attributes of HTML."""

from __future__ import annotations

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """`html.Nav(…, **aria(label="Huvudmeny"))` gives the attribute aria-label."""
    return {f"aria-{name.replace('_', '-')}": value for name, value in values.items()}
