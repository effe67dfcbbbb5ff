"""What has become of units over the years, so that an earlier year can be shown as the organisation is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.regrouping import GONE
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.trees.tree_plan import TreePlan, Unit, UnitDeed
from dimios_dash.ids import UnitId


class ChangeKind(StrEnum):
    """What can happen to a unit; the values are stored."""

    CREATED = "created"
    REOPENED = "reopened"
    RENAMED = "renamed"
    MOVED = "moved"
    DESCRIBED = "described"  # another activity or number of employees
    MERGED = "merged"
    SPLIT = "split"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one unit.

    `to` holds the unit it was merged into, the new units it was split into, or the new parent of one that moved.
    `was` and `became` say it in words: names, places, activity and employees.
    """

    kind: ChangeKind
    unit_id: UnitId
    to: tuple[UnitId, ...] = ()
    was: str | None = None
    became: str | None = None


def describe(unit: Unit) -> str:
    """Activity and employees: "Skola, 120 anställda"."""
    people = "inget antal anställda" if unit.employees is None else f"{unit.employees} anställda"
    return f"{unit.activity.label}, {people}"


def of_plan(plan: TreePlan, names: Mapping[UnitId, str]) -> Iterator[Change]:
    """What reading in a file does, to be remembered; `names` of all units once it is done."""
    for found in plan.changes:
        for deed in found.deeds:
            yield _of_deed(deed, found.unit, found.before or found.unit, names)


def _of_deed(deed: UnitDeed, unit: Unit, before: Unit, names: Mapping[UnitId, str]) -> Change:
    kind, unit_id = ChangeKind(deed.value), unit.unit_id
    if deed is UnitDeed.MOVED and unit.parent_id is not None:
        was = None if before.parent_id is None else names[before.parent_id]
        return Change(kind, unit_id, (unit.parent_id,), was, names[unit.parent_id])
    if deed is UnitDeed.DESCRIBED:
        return Change(kind, unit_id, (), describe(before), describe(unit))
    return Change(kind, unit_id, (), before.name, unit.name)


def continued(old: Sequence[UnitId], changes: Iterable[Change], later: Tree) -> NDArray[np.int32]:
    """Where the units of an old tree are in a later one: the index of the later unit, or GONE; int32[old units].

    `changes` happened between the two trees, in their order in time. A merged unit continues in the one it was merged
    into. A split one continues in itself, where it is still there, and in the new ones: as a whole that is the lowest
    unit that contains them all. A closed one that nothing continues is gone.
    """
    bearers = {unit_id: frozenset({unit_id}) for unit_id in old}
    for change in changes:
        if change.kind in (ChangeKind.MERGED, ChangeKind.SPLIT):
            bearers = {unit_id: _passed_on(found, change) for unit_id, found in bearers.items()}
    known = frozenset(later.ids)
    return np.array([_lowest_common(later, bearers[unit_id] & known) for unit_id in old], dtype=np.int32)


def _passed_on(bearers: frozenset[UnitId], change: Change) -> frozenset[UnitId]:
    if change.unit_id not in bearers:
        return bearers
    kept = bearers - {change.unit_id} if change.kind is ChangeKind.MERGED else bearers
    return kept | set(change.to)


def _lowest_common(tree: Tree, units: frozenset[UnitId]) -> int:
    """The lowest unit at or above all of them, GONE for none. Of two different units the later is not above."""
    places = {tree.index(unit_id) for unit_id in units}
    while len(places) > 1:
        last = max(places)
        places = (places - {last}) | {int(tree.parent[last])}
    return places.pop() if places else GONE
