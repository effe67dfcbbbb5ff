"""How large an organisation is, in four classes, so that large ones are compared with large ones."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class SizeClass(IntEnum):
    """By number of employees; the values are stored, and their distance is how different two sizes are."""

    SMALL = 1
    MIDDLE = 2
    LARGE = 3
    HUGE = 4


UPPER: Final = {SizeClass.SMALL: 1_000, SizeClass.MIDDLE: 3_000, SizeClass.LARGE: 10_000}  # employees, not reached


def size_class(employees: int | None) -> SizeClass | None:
    """None where nobody has said how many work there."""
    if employees is None:
        return None
    return next((size for size, limit in UPPER.items() if employees < limit), SizeClass.HUGE)
