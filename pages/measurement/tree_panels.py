"""What stands below a unit that is being changed: its particulars, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries.unit_history import Happened
from dimios_dash.components.aria import aria, data
from dimios_dash.components.ids import Ids
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.calendar import STOCKHOLM
from dimios_dash.domain.days import written
from dimios_dash.domain.trees.change_words import sentence
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.elements import dcc, html
from dimios_dash.figures import numbers
from dimios_dash.ids import UnitId
from pages.measurement.tree_fields import actions, button, field, particulars
from pages.measurement.tree_look import Look, Panel
from pages.measurement.tree_rows import where

MOST_TARGETS: Final = 100


class Id(Ids, owner="unit"):
    named: str  # the unit and its version, as the panel shows it
    name: str
    activity: str
    employees: str
    save: str
    new_id: str
    new_name: str
    new_activity: str
    new_employees: str
    add: str
    find: str
    target: str
    move: str
    merge: str
    parts: str
    split: str
    close: str


_NEW: Final = (Id.new_name, Id.new_activity, Id.new_employees)


def panel(tree: TreeToday, look: Look, unit: Unit, history: Sequence[Happened]) -> Component:
    """The panel of the chosen unit, opened for what the look says."""
    wanted = look.panel if look.panel in _offered(tree, unit) else Panel.EDIT
    content = {
        Panel.EDIT: lambda: _edit(tree, unit, history),
        Panel.ADD: lambda: _add(unit),
        Panel.MOVE: lambda: _move(tree, unit),
        Panel.MERGE: lambda: _merge(tree, unit),
        Panel.SPLIT: lambda: _split(unit),
        Panel.CLOSE: lambda: _close(tree, unit),
    }
    return html.Div(
        [
            dcc.Store(id=Id.named, data={"unit_id": unit.unit_id, "version": unit.version}),
            _choices(tree, unit, wanted),
            *content[wanted](),
        ],
        className="unit-panel",
        role="group",
        **aria(label=f"Ändra {unit.name}"),
    )


def first_unit(name: str) -> Component:
    """In place of the tree where there is none: the organisation itself can be written by hand."""
    return html.Div(
        [
            dcc.Store(id=Id.named, data=None),
            html.H3("Eller börja för hand med organisationen själv"),
            *particulars(_NEW, Unit(UnitId(""), None, name, Activity.OVRIGT, None, 0)),
            field("Id", dbc.Input(id=Id.new_id, className="input--short"), "Ert eget id. Lämna tomt så får den ett."),
            actions(button("Lägg till", Id.add)),
        ],
        className="unit-panel",
    )


def targets(tree: TreeToday, unit: Unit, search: str) -> list[dict[str, str]]:
    """Units that it can be moved below or merged into, at most MOST_TARGETS, for a dbc.Select."""
    wanted, inside = search.strip().casefold(), {each.unit_id for each in tree.subtree(unit.unit_id)}
    fitting = [
        each
        for each in tree.subtree(tree.branch)
        if each.unit_id not in inside and (wanted in each.name.casefold() or wanted == each.unit_id.casefold())
    ]
    return [{"value": each.unit_id, "label": _label(tree, each)} for each in fitting[:MOST_TARGETS]]


def _label(tree: TreeToday, unit: Unit) -> str:
    above = where(tree, unit)
    return f"{unit.name} ({above})" if above else unit.name


def _offered(tree: TreeToday, unit: Unit) -> tuple[Panel, ...]:
    """The highest unit can be described and added to; everything else would reach outside."""
    return (Panel.EDIT, Panel.ADD) if tree.is_top(unit.unit_id) else tuple(Panel)


def _choices(tree: TreeToday, unit: Unit, wanted: Panel) -> Component:
    buttons = [
        html.Button(
            each.label,
            type="button",
            className="unit-panel__choice",
            **aria(pressed=str(each is wanted).lower()),
            **data(tree="panel", panel=each.value),
        )
        for each in _offered(tree, unit)
    ]
    return html.Div(buttons, className="unit-panel__choices")


def _edit(tree: TreeToday, unit: Unit, history: Sequence[Happened]) -> list[Component]:
    return [
        *particulars((Id.name, Id.activity, Id.employees), unit),
        actions(button("Spara", Id.save), *_up_and_down(tree, unit)),
        *_history(history),
    ]


def _add(unit: Unit) -> list[Component]:
    hint = f"Ert eget id, som behålls från år till år. Lämna tomt så får enheten ett som börjar på {unit.unit_id}."
    return [
        *particulars(_NEW, replace(unit, name="", employees=None)),
        field("Id", dbc.Input(id=Id.new_id, className="input--short"), hint),
        actions(button(f"Lägg till under {unit.name}", Id.add)),
    ]


def _move(tree: TreeToday, unit: Unit) -> list[Component]:
    return [
        html.P(f"{unit.name} flyttas med allt som ligger under. Respondenterna följer med sin enhet."),
        *_target(tree, unit, "Ny överordnad enhet"),
        actions(button("Flytta hit", Id.move), *_up_and_down(tree, unit)),
    ]


def _merge(tree: TreeToday, unit: Unit) -> list[Component]:
    words = (
        f"{unit.name} stängs. Underenheterna, antalet anställda och årets respondenter går över till enheten du "
        "väljer. Tidigare mätningar behåller båda, och kan visas som enheterna är nu."
    )
    return [
        html.P(words),
        *_target(tree, unit, "Slå ihop med"),
        actions(button(f"Slå ihop {unit.name} med den valda", Id.merge)),
    ]


def _split(unit: Unit) -> list[Component]:
    words = (
        f"De nya enheterna läggs bredvid {unit.name}, som finns kvar med sina respondenter tills du har flyttat dem. "
        f"Stäng sedan {unit.name}."
    )
    rows = dbc.Textarea(id=Id.parts, rows=4, className="textarea")
    return [
        html.P(words),
        field("De nya enheternas namn", rows, "Ett namn per rad, minst två."),
        actions(button(f"Dela {unit.name}", Id.split)),
    ]


def _close(tree: TreeToday, unit: Unit) -> list[Component]:
    below = sum(1 for _ in tree.subtree(unit.unit_id)) - 1
    also = f" och {numbers.count(below)} enheter under den" if below else ""
    words = (
        f"{unit.name}{also} är inte med i nya mätningar. Ingenting tas bort: tidigare mätningar behåller enheten, "
        "och den kan öppnas igen."
    )
    return [html.P(words), actions(button(f"Stäng {unit.name}", Id.close, "button button--danger"))]


def _target(tree: TreeToday, unit: Unit, label: str) -> list[Component]:
    options = targets(tree, unit, "")
    more = "" if len(options) < MOST_TARGETS else f" Listan visar de första {MOST_TARGETS}."
    return [
        field("Sök enhet", dbc.Input(id=Id.find, value="", type="search"), f"Skriv en del av namnet.{more}"),
        field(label, dbc.Select(id=Id.target, options=options, placeholder="Välj enhet")),
    ]


def _up_and_down(tree: TreeToday, unit: Unit) -> list[Component]:
    """Buttons that assets/tree.js turns into the same deed as dragging."""
    if tree.is_top(unit.unit_id):
        return []
    siblings = [each.unit_id for each in tree.children(unit.parent_id)]
    place = siblings.index(unit.unit_id)
    up = siblings[place - 1] if place else None
    down = siblings[place + 2] if place + 2 < len(siblings) else ""
    return [_step("Flytta upp", unit, up), _step("Flytta ner", unit, down if place + 1 < len(siblings) else None)]


def _step(label: str, unit: Unit, before: str | None) -> Component:
    seen = data(row=unit.unit_id, version=str(unit.version), parent=unit.parent_id or "")
    return html.Button(
        label,
        type="button",
        disabled=before is None,
        className="button button--quiet",
        **data(tree="place", before=before or ""),
        **seen,
    )


def _history(history: Sequence[Happened]) -> list[Component]:
    if not history:
        return []
    lines = [html.Li(_line(found)) for found in reversed(history)]
    return [
        html.Details([html.Summary(f"Historik ({numbers.count(len(lines))})"), html.Ul(lines)], className="disclosure")
    ]


def _line(found: Happened) -> str:
    at: datetime = found.at.astimezone(STOCKHOLM)
    return f"{written(at.date())}: {found.who or 'Driften'} {sentence(found.change)}."
