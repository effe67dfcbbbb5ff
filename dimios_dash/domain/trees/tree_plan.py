"""What reading a file does to the organisation tree: said before it is done, and done as it was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.respondents.obstacle import Obstacle
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

_MOST_NAMED = 10  # units that are spelt out in one sentence


class UnitInFile(Protocol):
    """One row of a tree file."""

    @property
    def row(self) -> int: ...
    @property
    def unit_id(self) -> UnitId: ...
    @property
    def parent_id(self) -> UnitId | None: ...
    @property
    def name(self) -> str: ...
    @property
    def activity(self) -> Activity: ...
    @property
    def employees(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of an organisation. `position` orders it among its siblings; `version` counts its changes."""

    unit_id: UnitId
    parent_id: UnitId | None  # None for the root: the organisation itself
    name: str
    activity: Activity
    employees: int | None
    position: int
    closed: bool = False
    version: int = 0


class UnitDeed(StrEnum):
    CREATED = "created"
    REOPENED = "reopened"
    RENAMED = "renamed"
    MOVED = "moved"
    DESCRIBED = "described"  # another activity or number of employees
    CLOSED = "closed"  # not in the file; earlier measurements keep it


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What happens to one unit; a unit may be renamed and moved at once. `before` None: it is new."""

    unit: Unit
    before: Unit | None
    deeds: tuple[UnitDeed, ...]


@dataclass(frozen=True, slots=True)
class TreePlan:
    """The file's tree beside the present one. With obstacles nothing may be written."""

    units: tuple[Unit, ...]  # every unit that is touched, as it will be, closed ones last
    changes: tuple[UnitChange, ...]  # new and changed ones in the file's order, then those that are closed
    unchanged: int
    reordered: bool  # units that stay get another order
    obstacles: tuple[Obstacle, ...]

    @property
    def nothing_to_do(self) -> bool:
        """Whether the tree is already as the file says."""
        return not self.changes and not self.reordered

    def count(self, deed: UnitDeed) -> int:
        """Units it is done to; a unit that is renamed and moved counts in both."""
        return sum(deed in change.deeds for change in self.changes)


def plan_tree(
    standing: Sequence[Unit],
    rows: Sequence[UnitInFile],
    respondents: Mapping[UnitId, int],
    branch: UnitId | None = None,
) -> TreePlan:
    """Compare a file with the organisation's units, closed ones and those outside the branch included.

    The file is the whole of what it describes: units of the branch (of the organisation, without one) that it
    leaves out are closed, unless somebody in `respondents` (per unit, this year) belongs to them. With a branch,
    the file's root is the branch itself, which stays where it is.
    Raises ValueError for rows that are not one tree; read_tree has refused such files before.
    """
    Tree.build([(row.unit_id, row.parent_id) for row in rows])
    known = {unit.unit_id: unit for unit in standing}
    own = known if branch is None else {unit: known[unit] for unit in _below(branch, standing)}
    wanted = [_wanted(row, place, known, branch) for place, row in enumerate(rows)]
    missing = _missing(own.values(), {unit.unit_id for unit in wanted})
    changes = [change for unit in [*wanted, *map(_closed, missing)] if (change := _change(unit, known))]
    return TreePlan(
        (*wanted, *map(_closed, missing)),
        tuple(changes),
        len(wanted) - sum(UnitDeed.CLOSED not in change.deeds for change in changes),
        _is_reordered(wanted, own),
        (*_strangers(rows, known, own, branch), *_in_use(missing, respondents)),
    )


def _below(branch: UnitId, standing: Iterable[Unit]) -> Iterator[UnitId]:
    """The branch and every unit below it."""
    below: dict[UnitId | None, list[UnitId]] = defaultdict(list)
    for unit in standing:
        below[unit.parent_id].append(unit.unit_id)
    waiting = [branch]
    while waiting:
        unit_id = waiting.pop()
        yield unit_id
        waiting.extend(below[unit_id])


def _wanted(row: UnitInFile, place: int, known: Mapping[UnitId, Unit], branch: UnitId | None) -> Unit:
    """The row's unit as it will be; the root of a branch keeps its place in the tree around it."""
    parent, position = row.parent_id, place
    if row.unit_id == branch:
        parent, position = known[branch].parent_id, known[branch].position
    return Unit(row.unit_id, parent, row.name, row.activity, row.employees, position)


def _missing(own: Iterable[Unit], in_file: Collection[UnitId]) -> list[Unit]:
    return [unit for unit in own if not unit.closed and unit.unit_id not in in_file]


def _closed(unit: Unit) -> Unit:
    return Unit(unit.unit_id, unit.parent_id, unit.name, unit.activity, unit.employees, unit.position, closed=True)


def _change(unit: Unit, known: Mapping[UnitId, Unit]) -> UnitChange | None:
    """None for a unit that stays as it is; its position alone is no change to tell of."""
    before = known.get(unit.unit_id)
    deeds = (UnitDeed.CREATED,) if before is None else tuple(_deeds(before, unit))
    return UnitChange(unit, before, deeds) if deeds else None


def _deeds(before: Unit, after: Unit) -> Iterator[UnitDeed]:
    if after.closed:
        yield UnitDeed.CLOSED
    if before.closed:
        yield UnitDeed.REOPENED
    if before.name != after.name:
        yield UnitDeed.RENAMED
    if before.parent_id != after.parent_id:
        yield UnitDeed.MOVED
    if (before.activity, before.employees) != (after.activity, after.employees):
        yield UnitDeed.DESCRIBED


def _is_reordered(wanted: Iterable[Unit], own: Mapping[UnitId, Unit]) -> bool:
    """Whether siblings that stay siblings come in another order than before."""
    last: dict[UnitId | None, int] = {}
    for unit in wanted:
        before = own.get(unit.unit_id)
        if before is None or before.closed or before.parent_id != unit.parent_id:
            continue
        if before.position < last.get(unit.parent_id, before.position):
            return True
        last[unit.parent_id] = before.position
    return False


def _strangers(
    rows: Iterable[UnitInFile], known: Collection[UnitId], own: Collection[UnitId], branch: UnitId | None
) -> Iterator[Obstacle]:
    """Rows that reach outside the branch."""
    for row in rows:
        if branch is not None and row.parent_id is None and row.unit_id != branch:
            yield Obstacle(
                row.row,
                f"Du arbetar med enheten {branch} och dess underenheter. Låt {branch} stå överst i filen, "
                "utan överordnad enhet, och ta med alla dess underenheter.",
            )
        elif row.unit_id in known and row.unit_id not in own:
            yield Obstacle(
                row.row,
                f"Enheten {row.unit_id} finns i en annan del av organisationen, som du inte kan ändra. "
                "Ge enheten ett annat id, eller be er nyckelanvändare att flytta den.",
            )


def _in_use(missing: Iterable[Unit], respondents: Mapping[UnitId, int]) -> Iterator[Obstacle]:
    """One sentence that names the units that cannot be closed."""
    used = [f"{unit.name} ({unit.unit_id})" for unit in missing if respondents.get(unit.unit_id)]
    if used:
        more = f" och {len(used) - _MOST_NAMED} till" if len(used) > _MOST_NAMED else ""
        yield Obstacle(
            None,
            f"De här enheterna saknas i filen men har respondenter i årets mätning: {', '.join(used[:_MOST_NAMED])}"
            f"{more}. Ta med enheterna i filen, eller läs först in respondenterna med en annan enhet.",
        )
