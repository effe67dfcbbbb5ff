"""An organisation's activity areas, out of its released units: its schools together, its social services together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.scoring import DECIMALS, Means
from dimios_dash.ids import UnitId


class AreaUnit(Protocol):
    """A released unit; its means are asked for only where it stands for its area."""

    @property
    def unit_id(self) -> UnitId: ...

    @property
    def parent_id(self) -> UnitId | None: ...

    @property
    def activity(self) -> str: ...

    @property
    def answered(self) -> int: ...

    @property
    def means(self) -> Means: ...


def areas(units: Sequence[AreaUnit], whole: UnitId) -> dict[Activity, Means]:
    """What is released of each area: mean of its highest units, each by how many answered. Parents come first.

    The whole organisation is no area of its own. A unit below another of the same area is part of it, and is not
    counted twice. Where no unit of an area shows anything the area is left out; a statement that none of them shows
    is None.
    """
    found: dict[Activity, list[AreaUnit]] = {}
    within: dict[UnitId | None, frozenset[Activity]] = {}
    for unit in units:
        if unit.unit_id == whole:
            continue
        above, area = within.get(unit.parent_id, frozenset()), Activity(unit.activity)
        within[unit.unit_id] = above | {area}
        if area not in above:
            found.setdefault(area, []).append(unit)
    return {area: means for area, highest in found.items() if _any_shown(means := _together(highest))}


def _any_shown(means: Means) -> bool:
    return any(mean is not None for mean in means.values())


def _together(units: Sequence[AreaUnit]) -> Means:
    released = [(unit.answered, unit.means) for unit in units]
    return {key: _weighted([(answered, means[key]) for answered, means in released]) for key in released[0][1]}


def _weighted(values: Sequence[tuple[int, float | None]]) -> float | None:
    shown = [(answered, mean) for answered, mean in values if mean is not None]
    people = sum(answered for answered, _mean in shown)
    return round(sum(answered * mean for answered, mean in shown) / people, DECIMALS) if people else None
