"""Which units take part in a year's measurement: chosen one by one near the top, branch by branch below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

DEEPEST = 2  # levels below the whole at which a unit can be chosen; what lies below goes with it


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that can be chosen, and all that is chosen with it, the unit itself first."""

    unit_id: UnitId
    level: int  # 0: the whole, 1 and 2 below it
    units: tuple[UnitId, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a start would mean: respondents who are invited, and what is left out."""

    units: frozenset[UnitId]
    invited: int
    units_left_out: tuple[UnitId, ...]  # in the order of the tree
    respondents_left_out: int


def choices(tree: Tree) -> tuple[Choice, ...]:
    """Every unit that can be chosen, in the order of the tree; together they hold each unit once."""
    level: list[int] = []
    holder: list[int] = []
    held: dict[int, list[UnitId]] = defaultdict(list)
    for index, unit_id in enumerate(tree.ids):
        above = int(tree.parent[index])
        level.append(0 if above < 0 else level[above] + 1)
        holder.append(index if level[index] <= DEEPEST else holder[above])
        held[holder[index]].append(unit_id)
    return tuple(Choice(tree.ids[index], level[index], tuple(units)) for index, units in held.items())


def plan(tree: Tree, respondents: Mapping[UnitId, int], chosen: Collection[UnitId]) -> Plan:
    """What follows when these choices are made; an id that is no choice (any more) is passed over."""
    wanted = set(chosen)
    units = frozenset(unit for choice in choices(tree) if choice.unit_id in wanted for unit in choice.units)
    outside = tuple(unit for unit in tree.ids if unit not in units)
    return Plan(
        units,
        sum(respondents[unit] for unit in units),
        outside,
        sum(respondents[unit] for unit in outside),
    )
