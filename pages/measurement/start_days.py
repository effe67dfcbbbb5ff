"""The part of /matning/start that gives single units days of their own; nothing is kept before the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dash import ALL, Input, Output, State, no_update
from dash.development.base_component import Component

from db.queries import units
from dimios_dash import access
from dimios_dash.components.date_field import Day, date_field
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.components.table import Column, table
from dimios_dash.domain.calendar import Period, today_in_stockholm
from dimios_dash.domain.days import period
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.unit_periods import check_unit_period
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import UnitId
from dimios_dash.web import Context, action
from pages.measurement.respondent_fields import UnitText, unit_field, unit_list, unit_named

RUN = Permission.MEASUREMENT_RUN
_COLUMNS = (Column("Enhet"), Column("Kan svara"), Column("Ta bort"))

Chosen = list[tuple[UnitId, date, date]]  # as the browser keeps them
Redrawn = tuple[Chosen, list[Component]]


class Id(Ids, owner="own-days"):
    unit: str
    opens: str
    closes: str
    add: str
    listed: str
    chosen: str


@dataclass(frozen=True, slots=True)
class RemovalId:
    """Id of the button that takes a unit's days away again."""

    component: Literal["own-day"]
    unit: UnitId


def removal_id(unit: object) -> dict[str, object]:
    """Of one unit; ALL for all of them."""
    return {"component": "own-day", "unit": unit}


def own_days_card(ctx: Context, scope: DeskScope, whole: Period) -> Component:
    """Closed until somebody needs it: most have the same days everywhere."""
    year = whole.opens.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    return card(
        "Egna dagar för enskilda enheter",
        html.P("Alla enheter har mätningens dagar. Någon som behöver andra kan få egna, inom mätningens."),
        html.Details(
            [
                html.Summary("Ge en enhet egna dagar …"),
                unit_list(units.tree(ctx.session, scope)),
                unit_field(Id.unit, "Enhet"),
                html.P("Enheterna under den får samma dagar, om de inte får egna.", className="field__hint"),
                date_field(Id.opens, "Enhetens första dag", whole.opens, first, last),
                date_field(Id.closes, "Enhetens sista dag", whole.closes, first, last),
                html.Div(
                    html.Button("Lägg till", id=Id.add, type="button", className="button button--secondary"),
                    className="actions",
                ),
            ],
            className="disclosure",
        ),
        html.Div(id=Id.listed, role="status", className="own-days"),
        dcc.Store(id=Id.chosen, data=[]),
    )


@action(
    Output(Id.chosen, "data"),
    Output(Id.listed, "children"),
    Input(Id.add, "n_clicks"),
    State(Id.unit, "value"),
    State(Id.opens, "value"),
    State(Id.closes, "value"),
    State(Id.chosen, "data"),
    needs=RUN,
)
def add(ctx: Context, _clicks: int, unit: UnitText, opens: Day, closes: Day, chosen: Chosen) -> Redrawn:
    """Whether the days lie within the measurement's is said in the checklist: those may still be changed."""
    scope = access.measurement(ctx)
    unit_id = unit_named(ctx, scope, unit)
    if opens is None or closes is None:
        raise Invalid("Välj både första och sista dag för enheten.")
    names, own = _names(ctx, scope), Period(opens, closes)
    year = today_in_stockholm(ctx.now).year
    check_unit_period(names[unit_id], own, Period(date(year, 1, 1), date(year, 12, 31)), today_in_stockholm(ctx.now))
    kept = [each for each in chosen if each[0] != unit_id]
    return _redraw([*kept, (unit_id, opens, closes)], names)


@action(
    Output(Id.chosen, "data", allow_duplicate=True),
    Output(Id.listed, "children", allow_duplicate=True),
    Input(removal_id(ALL), "n_clicks"),
    State(removal_id(ALL), "id"),
    State(Id.chosen, "data"),
    needs=RUN,
)
def remove(
    ctx: Context, clicks: list[int | None], buttons: list[RemovalId], chosen: Chosen
) -> Redrawn | tuple[object, object]:
    if len(clicks) != len(buttons):
        raise NotFound("Enheten finns inte i listan. Ladda om sidan.")
    gone = {button.unit for click, button in zip(clicks, buttons, strict=True) if click}
    if not gone:
        return no_update, no_update
    scope = access.measurement(ctx)
    return _redraw([each for each in chosen if each[0] not in gone], _names(ctx, scope))


def by_unit(chosen: Chosen) -> dict[UnitId, Period]:
    """The days of each unit."""
    return {unit_id: Period(opens, closes) for unit_id, opens, closes in chosen if opens <= closes}


def _names(ctx: Context, scope: DeskScope) -> dict[UnitId, str]:
    return {unit.unit_id: unit.name for unit in units.tree(ctx.session, scope)}


def _redraw(chosen: Chosen, names: Mapping[UnitId, str]) -> Redrawn:
    there = [each for each in chosen if each[0] in names and each[1] <= each[2]]
    return there, _listed(there, names)


def _listed(chosen: Sequence[tuple[UnitId, date, date]], names: Mapping[UnitId, str]) -> list[Component]:
    if not chosen:
        return []
    rows = [
        (
            names[unit_id],
            period(opens, closes),
            html.Button(
                ["Ta bort", html.Span(f" {names[unit_id]}s egna dagar", className="visually-hidden")],
                id=removal_id(unit_id),
                type="button",
                className="button button--quiet",
            ),
        )
        for unit_id, opens, closes in chosen
    ]
    return [table("Enheter med egna dagar", _COLUMNS, rows)]
