"""Which units are rows of the heat map, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash.analyses.internal.choices import Chosen, Depth
from dimios_dash.ids import UnitId

_LEVELS: Final = {Depth.ONE: 1, Depth.TWO: 2, Depth.ALL: 1_000}


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit and how many levels below the one one looks at it lies."""

    unit: ReleasedUnit
    depth: int


def selection(results: ReleasedResults, highest: UnitId, chosen: Chosen) -> tuple[Placed, ...]:
    """Units below the highest, each followed by its own branch. What is searched for is found on every level."""
    depth = Depth.ALL if chosen.search else chosen.depth
    wanted = chosen.search.casefold()
    return tuple(each for each in _below(results, highest, _LEVELS[depth]) if wanted in each.unit.name.casefold())


def _below(results: ReleasedResults, highest: UnitId, levels: int) -> Iterator[Placed]:
    children: dict[UnitId | None, list[ReleasedUnit]] = {}
    for unit in results.units[1:]:
        children.setdefault(unit.parent_id, []).append(unit)
    waiting = [Placed(unit, 1) for unit in reversed(children.get(highest, []))]
    while waiting:
        here = waiting.pop()
        yield here
        if here.depth < levels:
            waiting.extend(Placed(unit, here.depth + 1) for unit in reversed(children.get(here.unit.unit_id, [])))
