"""The table of /matning/folj: how many have answered in each unit directly below the one looked at."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from db.queries.follow_up import FollowUp, Response, UnitResponse
from dimios_dash.components.aria import aria
from dimios_dash.components.table import Cell, Column, table
from dimios_dash.figures.numbers import HIDDEN, count, percent

_COLUMNS = (
    Column("Enhet"),
    Column("Svarsfrekvens"),
    Column("Har svarat", number=True),
    Column("Inbjudna", number=True),
    Column("Väntar på utskick", number=True),
    Column("Problem med e-post", number=True),
)


def units_below(found: FollowUp, here: UnitResponse, year: int) -> list[Component]:
    """Nothing where nothing lies below."""
    below = found.children(here.unit_id)
    if not below:
        return []
    parents = {unit.parent_id for unit in found.units}
    rows = [_row(unit, unit_link(unit, year) if unit.unit_id in parents else unit.name) for unit in below]
    caption = f"Svar i enheterna under {here.name}, med allt som hör till dem"
    return [html.Div(table(caption, _COLUMNS, rows), className="section")]


def _row(unit: UnitResponse, name: Cell) -> list[Cell]:
    response = unit.response
    if not response.invited:
        why = "Ingen är inbjuden" if unit.takes_part else "Ingår inte i år"
        return [name, html.Span(why, className="muted"), *[HIDDEN] * 4]
    rate = [
        html.Span(percent(response.rate), className="number"),
        response_bar(response, f"Svarsfrekvens för {unit.name}", "response__bar response__bar--small"),
    ]
    numbers = (response.answered, response.invited, response.waiting, response.bounced + response.uncertain)
    return [name, rate, *map(count, numbers)]


def response_bar(response: Response, label: str, look: str) -> Component:
    """Answered of invited; `look` is its css class."""
    return html.Progress(
        value=str(response.answered), max=str(max(response.invited, 1)), className=look, **aria(label=label)
    )


def unit_link(unit: UnitResponse, year: int) -> Component:
    """To the same page for the unit."""
    address = f"/matning/folj?{urlencode({'ar': year, 'enhet': unit.unit_id})}"
    return dcc.Link(unit.name, href=address, className="table__link")
