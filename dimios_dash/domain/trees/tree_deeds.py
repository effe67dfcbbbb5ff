"""What a key user does to the tree, unit by unit: each deed says what it changes, or in a sentence why it cannot.

Pure rules: they know the units of today and nothing else. Units are never deleted: a closed one keeps its id and its
place in earlier measurements, and takes no part in new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.trees.lineage import Change, ChangeKind
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.domain.trees.unit_description import Described, as_described, changes_of, new_id
from dimios_dash.domain.trees.unit_fields import MOST_LEVELS, tidy
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId

_MOST_PARTS = 20
_TOP = "{name} ligger överst i {whose} och kan inte {deed}."
_DEEPEST = f"Trädet får ha högst {MOST_LEVELS} nivåer. Välj en plats högre upp."


@dataclass(frozen=True, slots=True)
class Edit:
    """What a deed changes, and the sentence that says so."""

    after: TreeToday
    touched: tuple[UnitId, ...]  # units that are new or changed, beside their order
    changes: tuple[Change, ...]
    told: str
    warnings: tuple[str, ...] = ()


def add(tree: TreeToday, parent_id: UnitId | None, unit_id: str, described: Described) -> Edit:
    """A new unit, last below its parent; without a parent the organisation itself, where there are no units.

    An empty id is made up from the parent's. Raises NotFound for a parent outside the branch, Invalid.
    """
    parent = None if parent_id is None else tree.unit(parent_id)
    if parent is None and (tree.branch is not None or tree.children(None)):
        raise Invalid("Organisationen själv ligger redan överst. Välj enheten som den nya ska ligga under.")
    unit = as_described(Unit(new_id(tree, parent, unit_id.strip()), parent_id, "", Activity.OVRIGT, None, 0), described)
    after = tree.placed(unit, None)
    _require_depth(after, unit.unit_id)
    change = Change(ChangeKind.CREATED, unit.unit_id, became=unit.name)
    return Edit(after, (unit.unit_id,), (change,), f"{unit.name} är tillagd.", tuple(_doubles(after, unit)))


def describe(tree: TreeToday, unit_id: UnitId, described: Described) -> Edit:
    """Another name, activity or number of employees. Raises NotFound, Invalid."""
    before = tree.unit(unit_id)
    unit = as_described(before, described)
    after, changes = tree.changed([unit]), tuple(changes_of(before, unit))
    touched = (unit_id,) if changes else ()
    return Edit(after, touched, changes, f"Ändringen av {unit.name} är sparad.", tuple(_doubles(after, unit)))


def move(tree: TreeToday, unit_id: UnitId, parent_id: UnitId, before: UnitId | None) -> Edit:
    """The unit with all below it under another parent, or in another place under the same: before a sibling, or last.

    Raises NotFound for units outside the branch; Invalid for the top, a place inside the unit itself, too many levels.
    """
    unit, parent = tree.unit(unit_id), tree.unit(parent_id)
    _require_below_top(tree, unit, "flyttas")
    if unit_id in tree.path(parent_id):
        raise Invalid(f"{unit.name} kan inte flyttas in i sig själv: {parent.name} ligger i samma gren. Välj en annan.")
    moved = replace(unit, parent_id=parent_id)
    after = tree.placed(moved, before)
    _require_depth(after, unit_id)
    if unit.parent_id == parent_id:
        return Edit(after, (), (), f"{unit.name} har fått en ny plats i ordningen.")
    change = _moved(tree, unit, parent)
    return Edit(after, (unit_id,), (change,), f"{unit.name} ligger nu under {parent.name}.", (*_doubles(after, moved),))


def merge(tree: TreeToday, unit_id: UnitId, into_id: UnitId) -> Edit:
    """Close the unit; what lies below it, its employees and its people (the caller's to move) go to the other one.

    Raises NotFound for units outside the branch; Invalid for the top, and for a unit that lies below the first one.
    """
    unit, into = tree.unit(unit_id), tree.unit(into_id)
    _require_below_top(tree, unit, "slås ihop med en annan")
    if unit_id in tree.path(into_id):
        raise Invalid(f"{into.name} ligger inuti {unit.name}. Slå ihop åt andra hållet, eller flytta den först.")
    following = [replace(each, parent_id=into_id) for each in tree.children(unit_id)]
    grown = replace(into, employees=_sum(unit.employees, into.employees))
    after = tree.changed([replace(unit, closed=True), grown])
    for each in following:
        after = after.placed(each, None)
    _require_depth(after, into_id)
    changes = [
        Change(ChangeKind.MERGED, unit_id, (into_id,), unit.name, into.name),
        *changes_of(into, grown),
        *(_moved(tree, each, into) for each in tree.children(unit_id)),
    ]
    told = f"{unit.name} är ihopslagen med {into.name}."
    return Edit(after, _touched(changes, into_id), tuple(changes), told, tuple(_doubles_below(after, into_id)))


def split(tree: TreeToday, unit_id: UnitId, names: Sequence[str]) -> Edit:
    """New units beside the unit, right after it. It stays, with its people, until they have been moved.

    Raises NotFound, and Invalid for the top, fewer than two names, the same name twice, and names that do not do.
    """
    unit = tree.unit(unit_id)
    _require_below_top(tree, unit, "delas")
    wanted = [tidy(name) for name in names if name.strip()]
    if not 2 <= len(wanted) <= _MOST_PARTS:  # noqa: PLR2004, a part alone is no split
        raise Invalid(f"Skriv namnen på de nya enheterna, ett per rad: minst 2 och högst {_MOST_PARTS}.")
    if len({name.casefold() for name in wanted}) < len(wanted):
        raise Invalid("Två av de nya enheterna heter likadant. Ge dem olika namn.")
    after, made, follows = tree, list[Unit](), _next_sibling(tree, unit)
    for name in wanted:
        part = replace(unit, unit_id=new_id(after, unit, ""), version=0)
        made.append(as_described(part, Described(name, unit.activity, "")))
        after = after.placed(made[-1], follows)
    new_ids = tuple(new.unit_id for new in made)
    changes = [
        Change(ChangeKind.SPLIT, unit_id, new_ids, unit.name, ", ".join(wanted)),
        *(Change(ChangeKind.CREATED, new.unit_id, became=new.name) for new in made),
    ]
    told = f"{unit.name} är delad. Flytta respondenterna till de nya enheterna och stäng sedan {unit.name}."
    return Edit(after, _touched(changes), tuple(changes), told, tuple(_doubles_below(after, unit.parent_id)))


def close(tree: TreeToday, unit_id: UnitId) -> Edit:
    """Close the unit and all below it. Raises NotFound, and Invalid for the top."""
    unit = tree.unit(unit_id)
    _require_below_top(tree, unit, "stängas")
    closing = [*tree.subtree(unit_id)]
    changes = [Change(ChangeKind.CLOSED, each.unit_id, was=each.name) for each in closing]
    below = f" och {len(closing) - 1} enheter under den" if len(closing) > 1 else ""
    after = tree.changed(replace(each, closed=True) for each in closing)
    told = f"{unit.name}{below} är stängd. Tidigare mätningar behåller den."
    return Edit(after, _touched(changes), tuple(changes), told)


def reopen(tree: TreeToday, unit_id: UnitId) -> Edit:
    """Take a closed unit into use again, last below its old parent. Raises NotFound; Invalid where that is closed."""
    unit = tree.any_unit(unit_id)
    if not unit.closed:
        raise Invalid(f"{unit.name} är redan öppen.")
    _require_below_top(tree, unit, "öppnas igen")
    parent = tree.units[unit.parent_id or unit_id]
    if parent.closed:
        raise Invalid(f"{unit.name} låg under {parent.name}, som är stängd. Öppna {parent.name} först.")
    opened = replace(unit, closed=False)
    after, change = tree.placed(opened, None), Change(ChangeKind.REOPENED, unit_id, became=unit.name)
    return Edit(after, (unit_id,), (change,), f"{unit.name} är öppen igen.", tuple(_doubles(after, opened)))


def _moved(tree: TreeToday, unit: Unit, parent: Unit) -> Change:
    before = None if unit.parent_id is None else tree.units[unit.parent_id].name
    return Change(ChangeKind.MOVED, unit.unit_id, (parent.unit_id,), before, parent.name)


def _touched(changes: Iterable[Change], *also: UnitId) -> tuple[UnitId, ...]:
    return tuple(dict.fromkeys([*also, *(change.unit_id for change in changes)]))


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)


def _next_sibling(tree: TreeToday, unit: Unit) -> UnitId | None:
    siblings = [each.unit_id for each in tree.children(unit.parent_id)]
    after = siblings[siblings.index(unit.unit_id) + 1 :]
    return after[0] if after else None


def _require_below_top(tree: TreeToday, unit: Unit, deed: str) -> None:
    if tree.is_top(unit.unit_id):
        whose = "trädet" if tree.branch is None else "din del av trädet"
        raise Invalid(_TOP.format(name=unit.name, whose=whose, deed=deed))


def _require_depth(tree: TreeToday, unit_id: UnitId) -> None:
    if max(len(tree.path(each.unit_id)) for each in tree.subtree(unit_id)) > MOST_LEVELS:
        raise Invalid(_DEEPEST)


def _doubles(tree: TreeToday, unit: Unit) -> Iterator[str]:
    """The same name in different branches is common and fine; side by side nobody can tell them apart."""
    siblings = [each for each in tree.children(unit.parent_id) if each.unit_id != unit.unit_id]
    if any(each.name.casefold() == unit.name.casefold() for each in siblings):
        yield f"Det finns nu två enheter bredvid varandra som heter {unit.name}. Byt namn på en av dem."


def _doubles_below(tree: TreeToday, parent_id: UnitId | None) -> Iterator[str]:
    return iter(dict.fromkeys(told for unit in tree.children(parent_id) for told in _doubles(tree, unit)))
