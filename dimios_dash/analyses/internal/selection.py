"""Which units are rows of the heat map, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash.analyses.internal.choices import Chosen, Depth
from dimios_dash.ids import UnitId

_LEVELS: Final = {Depth.ONE: 1, Depth.TWO: 2, Depth.ALL: None}


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit and how many levels below the one one looks at it lies."""

    unit: ReleasedUnit
    depth: int


def selection(results: ReleasedResults, highest: UnitId, chosen: Chosen) -> tuple[Placed, ...]:
    """Units below the highest, each followed by its own branch. What is searched for is found on every level."""
    levels = _LEVELS[Depth.ALL if chosen.search else chosen.depth]
    wanted = chosen.search.casefold()
    below = results.below(highest, levels)
    return tuple(Placed(unit, depth) for unit, depth in below if wanted in unit.name.casefold())
