"""The table of /matning/folj: how many have answered in each unit directly below the one looked at."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dash.development.base_component import Component

from db.queries.follow_up import FollowUp, Response, UnitResponse
from db.queries.measurements import MeasurementSummary
from dimios_dash.components.aria import aria
from dimios_dash.components.table import Cell, Column, table
from dimios_dash.domain.open_links import LinkAnswers
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import HIDDEN, count, percent
from dimios_dash.ids import UnitId

_COLUMNS = (
    Column("Enhet"),
    Column("Svarsfrekvens"),
    Column("Har svarat", number=True),
    Column("Inbjudna", number=True),
    Column("Svar som saknas", number=True),
    Column("Väntar på utskick", number=True),
    Column("Problem med e-post", number=True),
)
_OF_LINKS = (Column("Svar via öppen länk", number=True), Column("Andel av väntade", number=True))


def units_below(
    found: FollowUp, here: UnitResponse, measurement: MeasurementSummary, links: Mapping[UnitId, LinkAnswers]
) -> list[Component]:
    """Nothing where nothing lies below. Which units lack answers to be shown is said in the table and above it."""
    below = found.children(here.unit_id)
    if not below:
        return []
    parents = {unit.parent_id for unit in found.units}
    rows = [
        _row(unit, unit_link(unit, measurement.year) if unit.unit_id in parents else unit.name, measurement.k)
        + (_by_links(links[unit.unit_id]) if links else [])
        for unit in below
    ]
    caption = f"Svar i enheterna under {here.name}, med allt som hör till dem. {_lacking(found, here, measurement.k)}"
    return [html.Div(table(caption, (*_COLUMNS, *_OF_LINKS) if links else _COLUMNS, rows), className="section")]


def _by_links(links: LinkAnswers) -> list[Cell]:
    return [count(links.answers), percent(links.rate)]


def _lacking(found: FollowUp, here: UnitResponse, k: int) -> str:
    """How many units of the whole branch cannot be shown yet."""
    branch = set(found.branch(here.unit_id))
    asked = [unit for unit in found.units if unit.unit_id in branch and unit.response.invited]
    lacking = sum(unit.response.answered < k for unit in asked)
    if not lacking:
        return f"Alla har fått de {k} svar som behövs för att kunna visas."
    return f"{count(lacking)} av {count(len(asked))} enheter saknar svar för att kunna visas: det behövs minst {k}."


def _row(unit: UnitResponse, name: Cell, k: int) -> list[Cell]:
    response = unit.response
    if not response.invited:
        why = "Ingen är inbjuden" if unit.takes_part else "Ingår inte i år"
        return [name, html.Span(why, className="muted"), *[HIDDEN] * 5]
    rate = [
        html.Span(percent(response.rate), className="number"),
        response_bar(response, f"Svarsfrekvens för {unit.name}", "response__bar response__bar--small"),
    ]
    lacking = max(0, k - response.answered)
    problems = response.bounced + response.uncertain
    return [name, rate, *map(count, (response.answered, response.invited, lacking, response.waiting, problems))]


def response_bar(response: Response, label: str, look: str) -> Component:
    """Answered of invited; `look` is its css class."""
    return html.Progress(
        value=str(response.answered), max=str(max(response.invited, 1)), className=look, **aria(label=label)
    )


def unit_link(unit: UnitResponse, year: int) -> Component:
    """To the same page for the unit."""
    address = f"/matning/folj?{urlencode({'ar': year, 'enhet': unit.unit_id})}"
    return dcc.Link(unit.name, href=address, className="table__link")
