"""The units of today as a tree that can be asked and changed: what lies where, and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import UnitId

_NO_UNIT = "Enheten finns inte i ditt träd. Ladda om sidan och välj en enhet som syns där."


@dataclass(frozen=True)
class TreeToday:
    """Every unit of an organisation, closed ones too; `branch` is the unit below which somebody works, None: all."""

    units: Mapping[UnitId, Unit]
    branch: UnitId | None = None

    @classmethod
    def of(cls, units: Iterable[Unit], branch: UnitId | None = None) -> TreeToday:
        """In any order."""
        return cls({unit.unit_id: unit for unit in units}, branch)

    @cached_property
    def below(self) -> Mapping[UnitId | None, Sequence[Unit]]:
        """The open units directly below each unit, in their order; under None those at the top."""
        found: dict[UnitId | None, list[Unit]] = defaultdict(list)
        for unit in sorted(self.units.values(), key=lambda unit: (unit.position, unit.unit_id)):
            if not unit.closed:
                found[unit.parent_id].append(unit)
        return found

    @cached_property
    def reachable(self) -> frozenset[UnitId]:
        """Units of the branch, closed ones too."""
        if self.branch is None:
            return frozenset(self.units)
        return frozenset(unit_id for unit_id in self.units if self.branch in self.path(unit_id))

    def unit(self, unit_id: UnitId) -> Unit:
        """An open unit of the branch. Raises NotFound for any other, and Invalid for one that is closed."""
        found = self.any_unit(unit_id)
        if found.closed:
            raise Invalid(f"{found.name} är stängd. Öppna enheten igen först, eller välj en annan.")
        return found

    def any_unit(self, unit_id: UnitId) -> Unit:
        """A unit of the branch, open or closed. Raises NotFound for any other."""
        if unit_id not in self.reachable:
            raise NotFound(_NO_UNIT)
        return self.units[unit_id]

    def children(self, unit_id: UnitId | None) -> Sequence[Unit]:
        """The open units directly below."""
        return self.below.get(unit_id, ())

    def subtree(self, unit_id: UnitId | None) -> Iterator[Unit]:
        """The unit and all open units below it, each followed by its own branch; None: the whole.

        Nothing for a unit that is not in the tree.
        """
        tops = self.children(None) if unit_id is None else [self.units[unit_id]] if unit_id in self.units else []
        waiting = [*reversed(tops)]
        while waiting:
            unit = waiting.pop()
            yield unit
            waiting.extend(reversed(self.children(unit.unit_id)))

    def path(self, unit_id: UnitId) -> tuple[UnitId, ...]:
        """From the unit itself up to the top."""
        found: list[UnitId] = []
        above: UnitId | None = unit_id
        while above is not None and above in self.units and above not in found:
            found.append(above)
            above = self.units[above].parent_id
        return tuple(found)

    def is_top(self, unit_id: UnitId) -> bool:
        """Whether it is the highest that this person works with: it can neither move nor close."""
        return unit_id == self.branch or self.units[unit_id].parent_id is None

    def changed(self, units: Iterable[Unit]) -> TreeToday:
        """The tree with these units as they are given."""
        return TreeToday({**self.units, **{unit.unit_id: unit for unit in units}}, self.branch)

    def placed(self, unit: Unit, before: UnitId | None) -> TreeToday:
        """The tree with the unit among the children of its parent: before a sibling, last where that is None."""
        siblings = [each for each in self.children(unit.parent_id) if each.unit_id != unit.unit_id]
        place = next((n for n, each in enumerate(siblings) if each.unit_id == before), len(siblings))
        siblings.insert(place, unit)
        return self.changed(replace(each, position=n) for n, each in enumerate(siblings))

    @property
    def order(self) -> tuple[UnitId, ...]:
        """All open units, each followed by its branch."""
        return tuple(unit.unit_id for unit in self.subtree(None))
