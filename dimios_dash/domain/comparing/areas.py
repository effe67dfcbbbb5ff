"""An organisation's activity areas, out of its released units: its schools together, its social services together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.scoring import DECIMALS, Means
from dimios_dash.ids import StatementKey, UnitId


@dataclass(frozen=True, slots=True)
class AreaUnit:
    """A released unit; the first of several is the whole, which is no area of its own."""

    unit_id: UnitId
    parent_id: UnitId | None
    activity: Activity
    answered: int
    means: Means


def areas(units: Sequence[AreaUnit]) -> dict[Activity, Means]:
    """What is released of each area: mean of its highest units, each by how many answered. Parents come first.

    A unit below another of the same area is part of it, and is not counted twice. Where no unit of an area shows
    anything the area is left out; a statement that none of them shows is None.
    """
    found: dict[Activity, list[AreaUnit]] = {}
    within: dict[UnitId | None, frozenset[Activity]] = {}
    for unit in units[1:]:
        above = within.get(unit.parent_id, frozenset())
        within[unit.unit_id] = above | {unit.activity}
        if unit.activity not in above:
            found.setdefault(unit.activity, []).append(unit)
    return {area: means for area, highest in found.items() if any_shown(means := _together(highest))}


def any_shown(means: Means) -> bool:
    """Whether one statement at least has a value."""
    return any(mean is not None for mean in means.values())


def _together(units: Sequence[AreaUnit]) -> Means:
    return {key: _weighted(units, key) for key in units[0].means}


def _weighted(units: Sequence[AreaUnit], key: StatementKey) -> float | None:
    shown: Mapping[UnitId, tuple[float, int]] = {
        unit.unit_id: (mean, unit.answered) for unit in units if (mean := unit.means.get(key)) is not None
    }
    people = sum(answered for _, answered in shown.values())
    return round(sum(mean * answered for mean, answered in shown.values()) / people, DECIMALS) if people else None
