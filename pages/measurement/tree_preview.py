"""What a tree file would do, or has done: numbers first, then unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from dash.development.base_component import Component

from dimios_dash.components.layout import Tone, key_figure, key_figures, notice
from dimios_dash.components.table import Column, table
from dimios_dash.domain.trees.tree_plan import TreePlan, Unit, UnitChange, UnitDeed
from dimios_dash.elements import html
from dimios_dash.figures import numbers
from dimios_dash.ids import UnitId
from dimios_dash.intake.tree_rules import duplicated, orphaned
from dimios_dash.intake.unit_row import UnitRow

MOST_SHOWN: Final = 50
_COUNTED: Final = {
    UnitDeed.CREATED: "Nya enheter",
    UnitDeed.REOPENED: "Öppnas igen",
    UnitDeed.RENAMED: "Byter namn",
    UnitDeed.MOVED: "Flyttas",
    UnitDeed.DESCRIBED: "Andra uppgifter",
    UnitDeed.CLOSED: "Stängs",
}
_COLUMNS: Final = (Column("Enhet"), Column("Id"), Column("Vad som händer"))


def summary(plan: TreePlan) -> list[Component]:
    """How many units are made, changed, closed and left as they are."""
    if not plan.changes:
        order = "Det enda nya är enheternas ordning." if plan.reordered else "Det finns ingenting att läsa in."
        return [notice(Tone.INFO, "Trädet är redan som i filen", order)]
    counted = [*((label, plan.count(deed)) for deed, label in _COUNTED.items()), ("Ändras inte", plan.unchanged)]
    return [key_figures(*(key_figure(label, numbers.count(count)) for label, count in counted if count))]


def faults(rows: Sequence[UnitRow], faulty: int) -> list[Component]:
    """How many rows there are, are wrong, come twice or hang on nothing; nothing for a file that is no table."""
    if not rows:
        return []
    counted = (
        ("Rader", len(rows)),
        ("Rader med fel", faulty),
        ("Dubbletter", duplicated(rows)),
        ("Okänd överordnad", orphaned(rows)),
    )
    return [key_figures(*(key_figure(label, numbers.count(count)) for label, count in counted))]


def with_reasons(upload: UUID) -> Component:
    """The way to the file with what is wrong beside each row."""
    link = html.A("Hämta filen med felen", href=f"/hamta/felrader-trad/{upload}", download="")
    return html.P([link, ": där står vad som är fel bredvid varje rad. Rätta i den och läs in den i stället."])


def changes(plan: TreePlan, standing: Sequence[Unit]) -> list[Component]:
    """The units that change, closed ones first since they are easily overlooked; at most MOST_SHOWN."""
    if not plan.changes:
        return []
    names = {unit.unit_id: unit.name for unit in (*standing, *plan.units)}
    ordered = sorted(plan.changes, key=lambda change: UnitDeed.CLOSED not in change.deeds)
    shown = [(c.unit.name, c.unit.unit_id, _told(c, names)) for c in ordered[:MOST_SHOWN]]
    return [*_closing(plan), table(_caption(len(shown), len(ordered)), _COLUMNS, shown)]


def _closing(plan: TreePlan) -> list[Component]:
    closing = plan.count(UnitDeed.CLOSED)
    if not closing:
        return []
    return [
        notice(
            Tone.WARNING,
            f"Enheter som saknas i filen och stängs: {numbers.count(closing)}",
            "Tidigare mätningar behåller dem. Avbryt och komplettera filen om enheterna ska finnas kvar.",
        )
    ]


def _caption(shown: int, total: int) -> str:
    if shown == total:
        return f"Allt som ändras: {numbers.count(total)}"
    return f"De första {numbers.count(shown)} av {numbers.count(total)} ändringar"


def _told(change: UnitChange, names: dict[UnitId, str]) -> str:
    return "; ".join(_sentences(change, names))


def _sentences(change: UnitChange, names: dict[UnitId, str]) -> Iterator[str]:
    above = _name(change.unit.parent_id, names)
    before = change.before
    if before is None:
        yield f"ny under {above}" if change.unit.parent_id else "ny, överst i trädet"
        return
    if UnitDeed.CLOSED in change.deeds:
        yield "stängs: finns inte i filen"
    if UnitDeed.REOPENED in change.deeds:
        yield "öppnas igen"
    if UnitDeed.RENAMED in change.deeds:
        yield f"hette {before.name}"
    if UnitDeed.MOVED in change.deeds:
        yield f"flyttas från {_name(before.parent_id, names)} till {above}"
    if before.activity is not change.unit.activity:
        yield f"verksamhet {before.activity.label} blir {change.unit.activity.label}"
    if before.employees != change.unit.employees:
        yield f"anställda {_employees(before)} blir {_employees(change.unit)}"


def _name(unit_id: UnitId | None, names: dict[UnitId, str]) -> str:
    return "toppen av trädet" if unit_id is None else names[unit_id]


def _employees(unit: Unit) -> str:
    return "(inget tal)" if unit.employees is None else numbers.count(unit.employees)
