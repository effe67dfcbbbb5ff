"""What can be chosen in the heat map of units, by its names in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from dimios_dash.analyses.basis import Basis
from dimios_dash.ids import UnitId

MOST_COMPARED: Final = 4
ANSWERED: Final = "svarande"  # what rows can be sorted by, beside the columns


class Shown(StrEnum):
    """What a cell says (`visa`)."""

    VALUE = "varde"
    WHOLE = "helheten"  # difference to the whole organisation
    LAST = "ifjol"  # difference to the nearest earlier year
    OTHERS = "andra"  # difference to the mean of the others of the sector


class Against(StrEnum):
    """What the columns are (`mot`)."""

    CATEGORIES = "kategorier"
    CAPABILITIES = "formagor"


class Part(StrEnum):
    """Which dimensions (`dimension`)."""

    BOTH = "alla"
    CAPABILITY = "F"
    HERITAGE = "A"


class Depth(StrEnum):
    """How far below the unit one looks at (`niva`)."""

    ONE = "1"
    TWO = "2"
    ALL = "alla"


@dataclass(frozen=True, slots=True)
class Chosen:
    """`sort` is a column's key or ANSWERED, with "-" before it for lowest first; "": the order of the tree."""

    shown: Shown
    against: Against
    part: Part
    depth: Depth
    sort: str
    search: str
    page: int  # from 1
    compared: tuple[UnitId, ...]  # at most four; without those that this user or this year has not

    @classmethod
    def of(cls, basis: Basis) -> Self:
        """As the page's parameters say."""
        return cls(
            basis.choice("visa", Shown.VALUE),
            basis.choice("mot", Against.CATEGORIES),
            basis.choice("dimension", Part.BOTH),
            basis.choice("niva", Depth.ONE),
            basis.choice("sortera", ""),
            basis.choice("sok", "").strip(),
            basis.choice("sida", 1),
            _compared(basis),
        )

    def of_capabilities(self) -> Self:
        """The same, with capabilities as columns."""
        return replace(self, against=Against.CAPABILITIES)


def _compared(basis: Basis) -> tuple[UnitId, ...]:
    asked = dict.fromkeys(basis.choice("jamfor", "").split(","))
    known = {unit.unit_id for unit in basis.results.units} if any(asked) else set()
    return tuple(UnitId(unit) for unit in asked if unit in known)[:MOST_COMPARED]
