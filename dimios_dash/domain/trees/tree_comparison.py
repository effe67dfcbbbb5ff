"""Two trees of one organisation beside each other: what is new, gone, renamed, moved, merged and split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dimios_dash.domain.trees.lineage import Change, ChangeKind, describe
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.ids import UnitId

ELSEWHERE = "en annan del av organisationen"
TOP = "toppen av trädet"


class Difference(StrEnum):
    """What became of one unit between the two; one that was renamed and moved has both."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    DESCRIBED = "described"


@dataclass(frozen=True, slots=True)
class Found:
    """A difference of one unit, called as in the later tree where it is there. `was` and `became` in words."""

    difference: Difference
    unit_id: UnitId
    name: str
    was: str | None = None
    became: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Differences by kind, within a kind in the order of the later tree, then of the earlier one."""

    found: tuple[Found, ...]
    unchanged: int

    def of(self, difference: Difference) -> tuple[Found, ...]:
        """Those of one kind."""
        return tuple(each for each in self.found if each.difference is difference)

    @property
    def counts(self) -> Counter[Difference]:
        """How many units each difference is true of."""
        return Counter(each.difference for each in self.found)


def compare(earlier: TreeToday, later: TreeToday, changes: Sequence[Change]) -> Comparison:
    """The open units of two trees with the same branch; `changes` happened between them, in their order in time.

    Of what lies outside the branch only that is told: a unit came from elsewhere, or went there.
    """
    sight = _Sight(earlier, later, changes)
    before, after = ([unit.unit_id for unit in tree.subtree(tree.branch)] for tree in (earlier, later))
    found = [*(each for unit_id in after for each in sight.after(unit_id)), *sight.lost(before, set(after))]
    same = set(after) - {each.unit_id for each in found}
    return Comparison(tuple(found), len(same))


@dataclass(frozen=True, slots=True)
class _Sight:
    """Both trees as seen from the branch."""

    earlier: TreeToday
    later: TreeToday
    changes: Sequence[Change]

    def after(self, unit_id: UnitId) -> Iterator[Found]:
        """What has become of a unit that the later tree has."""
        now = self.later.units[unit_id]
        if unit_id not in self.earlier.units:
            yield Found(Difference.NEW, unit_id, now.name, self._split_from(unit_id), self._above(self.later, now))
        elif unit_id not in self.earlier.reachable:
            yield Found(Difference.MOVED, unit_id, now.name, ELSEWHERE, self._above(self.later, now))
        else:
            yield from self._changed(self.earlier.units[unit_id], now)

    def lost(self, before: Sequence[UnitId], after: set[UnitId]) -> Iterator[Found]:
        """What has become of units that the later tree has no longer, in this branch."""
        for unit_id in before:
            unit = self.earlier.units[unit_id]
            if unit_id in after:
                continue
            if unit_id in self.later.units and not self.later.units[unit_id].closed:
                yield Found(Difference.MOVED, unit_id, unit.name, self._above(self.earlier, unit), ELSEWHERE)
            else:
                yield self._ended(unit)

    def _ended(self, unit: Unit) -> Found:
        merged = self._last(ChangeKind.MERGED, unit.unit_id)
        if merged is not None:
            return Found(Difference.MERGED, unit.unit_id, unit.name, None, self._named(merged.to[0], merged.became))
        split = self._last(ChangeKind.SPLIT, unit.unit_id)
        if split is not None:
            return Found(Difference.SPLIT, unit.unit_id, unit.name, None, split.became)
        return Found(Difference.GONE, unit.unit_id, unit.name, self._above(self.earlier, unit))

    def _changed(self, before: Unit, now: Unit) -> Iterator[Found]:
        split = self._last(ChangeKind.SPLIT, now.unit_id)
        if split is not None:
            yield Found(Difference.SPLIT, now.unit_id, now.name, None, split.became)
        if before.name != now.name:
            yield Found(Difference.RENAMED, now.unit_id, now.name, before.name, now.name)
        if before.parent_id != now.parent_id and now.unit_id != self.later.branch:
            above = self._above(self.earlier, before), self._above(self.later, now)
            yield Found(Difference.MOVED, now.unit_id, now.name, *above)
        if describe(before) != describe(now):
            yield Found(Difference.DESCRIBED, now.unit_id, now.name, describe(before), describe(now))

    def _split_from(self, unit_id: UnitId) -> str | None:
        """The name of the unit that a new one was split from."""
        splits = [each for each in self.changes if each.kind is ChangeKind.SPLIT and unit_id in each.to]
        return self._named(splits[-1].unit_id, splits[-1].was) if splits else None

    def _last(self, kind: ChangeKind, unit_id: UnitId) -> Change | None:
        of_unit = [each for each in self.changes if each.kind is kind and each.unit_id == unit_id]
        return of_unit[-1] if of_unit else None

    def _named(self, unit_id: UnitId, name: str | None) -> str | None:
        return name if unit_id in self.earlier.reachable | self.later.reachable else ELSEWHERE

    def _above(self, tree: TreeToday, unit: Unit) -> str:
        if unit.parent_id is None:
            return TOP
        return tree.units[unit.parent_id].name if unit.parent_id in tree.reachable else ELSEWHERE
