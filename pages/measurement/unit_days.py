"""Units with days of their own, on the pages of a measurement that has been started."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash.development.base_component import Component

from db.queries.unit_periods import UnitPeriod
from dimios_dash.components.date_field import date_field
from dimios_dash.components.fields import select_field
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.components.table import Column, table
from dimios_dash.domain.calendar import Period, days_left
from dimios_dash.domain.days import period
from dimios_dash.elements import html
from dimios_dash.figures.numbers import count
from pages.measurement.plan_text import units

_TITLE = "Enheter med egna dagar"
_COLUMNS = (Column("Enhet"), Column("Kan svara"), Column("Just nu"))


class Id(Ids, owner="unit-days"):
    unit: str
    closes: str
    extend: str


def told(found: Sequence[UnitPeriod], today: date) -> list[Component]:
    """Behind one line, which units they are; nothing where all have the measurement's days."""
    if not found:
        return []
    return [
        html.Details(
            [html.Summary(f"{units(len(found))} har egna dagar"), _table(found, today)],
            className="disclosure section",
        )
    ]


def in_short(found: Sequence[UnitPeriod], today: date) -> str:
    """How many go on, have yet to begin, are over; empty where all have the measurement's days."""
    if not found:
        return ""
    states = [_state(each.period, today) for each in found]
    parts = [f"{count(states.count(state))} {state.lower()}" for state in _STATES if state in states]
    return f"{units(len(found))} har egna dagar: {', '.join(parts)}."


def extension_card(found: Sequence[UnitPeriod], whole: Period, today: date) -> list[Component]:
    """Where all have the measurement's days nothing; where none can get more, why not."""
    if not found:
        return []
    short = [each for each in found if each.period.closes < whole.closes]
    if not short or whole.closes < today:
        why = html.P("De slutar med mätningen. Förläng den först, om någon av dem behöver mer tid.")
        return [card(_TITLE, why, _table(found, today))]
    longer = "Ge en av dem fler dagar, till och med mätningens sista. De under den som har samma dagar följer med."
    return [card(_TITLE, html.P(longer), _table(found, today), _fields(short, whole, today))]


def _fields(short: Sequence[UnitPeriod], whole: Period, today: date) -> Component:
    options = [(each.unit_id, each.name) for each in short]
    return html.Div(
        [
            select_field(Id.unit, "Enhet", options, short[0].unit_id),
            date_field(Id.closes, "Enhetens nya sista dag", whole.closes, today, whole.closes),
            html.Div(
                html.Button("Ge fler dagar", id=Id.extend, type="button", className="button button--secondary"),
                className="actions",
            ),
        ],
        className="own-days",
    )


def _table(found: Sequence[UnitPeriod], today: date) -> Component:
    rows = [(each.name, period(each.period.opens, each.period.closes), _state(each.period, today)) for each in found]
    return table("Andra dagar än mätningens", _COLUMNS, rows)


_OPEN, _LATER, _OVER = _STATES = ("Pågår", "Har inte börjat", "Är slut")


def _state(days: Period, today: date) -> str:
    if today < days.opens:
        return _LATER
    return _OPEN if days_left(days, today) else _OVER
