"""What a unit is called, works with and how many it employs, as somebody writes it in a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.trees.lineage import Change, ChangeKind, describe
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.domain.trees.unit_fields import employees_of, id_problem, name_problem, tidy
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId


@dataclass(frozen=True, slots=True)
class Described:
    """What a form says of a unit, as it was typed."""

    name: str
    activity: Activity
    employees: str


def as_described(unit: Unit, described: Described) -> Unit:
    """The unit with what a form says of it. Raises Invalid."""
    if problem := name_problem(described.name):
        raise Invalid(problem)
    try:
        employees = employees_of(described.employees)
    except ValueError:
        raise Invalid("Antalet anställda ska vara ett heltal från 0, eller lämnas tomt.") from None
    return replace(unit, name=tidy(described.name), activity=described.activity, employees=employees)


def new_id(tree: TreeToday, parent: Unit | None, wanted: str) -> UnitId:
    """The wanted id; without one the parent's with the first free number behind it. Raises Invalid."""
    if wanted:
        if problem := id_problem(wanted):
            raise Invalid(problem)
        if wanted in tree.units:
            raise Invalid(f"Id ”{wanted}” används redan i organisationen. Välj ett annat, eller lämna fältet tomt.")
        return UnitId(wanted)
    stem = "" if parent is None else f"{parent.unit_id}-"
    number = next(number for number in range(1, len(tree.units) + 2) if f"{stem}{number}" not in tree.units)
    made = f"{stem}{number}"
    if id_problem(made):
        raise Invalid("Skriv ett eget id för den nya enheten: det som annars bildas blir för långt.")
    return UnitId(made)


def changes_of(before: Unit, after: Unit) -> Iterator[Change]:
    """What is to be remembered of another description."""
    if before.name != after.name:
        yield Change(ChangeKind.RENAMED, after.unit_id, (), before.name, after.name)
    if (before.activity, before.employees) != (after.activity, after.employees):
        yield Change(ChangeKind.DESCRIBED, after.unit_id, (), describe(before), describe(after))
