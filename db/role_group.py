"""Groups of respondents by role type, as a release stores them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class RoleGroup(StrEnum):
    """Respondents by role type; the order is that of the stored arrays."""

    TYPE_1 = "1"
    TYPE_2 = "2"
    TYPE_3 = "3"
    TYPES_1_2 = "1+2"

    @classmethod
    def counted(cls, stored: Sequence[int | None] | None) -> dict[RoleGroup, int]:
        """How many respondents of each group that is told; empty where none is."""
        return {group: n for group, n in zip(cls, stored or (), strict=False) if n is not None}
