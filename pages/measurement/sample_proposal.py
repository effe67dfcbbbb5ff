"""How /matning/urval draws a proposal: the whole in figures, and one row for each unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from dimios_dash.components.aria import aria
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card, key_figure, key_figures
from dimios_dash.components.table import Column, table
from dimios_dash.domain.positions import margin_of_error
from dimios_dash.domain.sample.likelihood import Likelihood
from dimios_dash.domain.sample.sample_proposal import Proposal, UnitProposal
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count, number, percent
from dimios_dash.ids import UnitId
from pages.measurement.sample_wishes import Asked

UNITS_A_PAGE: Final = 100
RATES: Final = (40, 50, 65, 80)  # per cent who answer
_COLUMNS: Final = (
    Column("Enhet"),
    Column("I urvalet", number=True),
    Column("Personal", number=True),
    Column("Redan med", number=True),
    Column("Nya av typ 1 · 2 · 3"),
    Column("Tillfrågade förr", number=True),
    Column("Väntade svar", number=True),
    Column("Kan visas, med enheterna under"),
)


class Id(Ids, owner="sample-proposal"):
    recount: str
    confirm: str


WISHES: Final = ("percent", "least", "rate")  # the order of their fields


def wish_id(wish: object) -> dict[str, object]:
    """Id of a field with a wish for the whole; ALL for all of WISHES."""
    return {"component": "sample-wish", "wish": wish}


def number_id(unit: object) -> dict[str, object]:
    """Id of the field with a unit's number; ALL for all of them."""
    return {"component": "sample-number", "unit": unit}


def draw(
    proposal: Proposal, asked: Asked, names: Mapping[UnitId, str], seen: Mapping[UnitId, Likelihood]
) -> list[Component]:
    """Figures, wishes and the units of the page that is asked for; `seen`: how likely each can be shown."""
    return [
        _figures(proposal, asked),
        _wishes(asked),
        html.P(_in_all(seen), className="card__reading"),
        *_units(proposal, asked, names, seen),
    ]


def _in_all(seen: Mapping[UnitId, Likelihood]) -> str:
    certain = sum(each is Likelihood.CERTAIN for each in seen.values())
    return f"Med det här urvalet kan {count(certain)} av {count(len(seen))} enheter visas så gott som säkert."


def _figures(proposal: Proposal, asked: Asked) -> Component:
    answers = _expected(proposal.sample, asked)
    margin = margin_of_error(answers)
    return key_figures(
        key_figure("I listan", count(proposal.staff), "personer"),
        key_figure("I urvalet", count(proposal.sample), f"{percent(_share(proposal))} av listan"),
        key_figure("Väntade svar", count(answers), f"om {asked.rate} % svarar"),
        key_figure("Felmarginal", f"± {number(margin)}", "poäng för alla i listan tillsammans, ungefär"),
    )


def _share(proposal: Proposal) -> float:
    return proposal.sample / max(proposal.staff, 1)


def _expected(invited: int, asked: Asked) -> int:
    return round(invited * asked.rate / 100)


def _wishes(asked: Asked) -> Component:
    return card(
        "Hur stort ska urvalet vara?",
        html.Div(
            [
                _field("percent", "Andel av listan, procent", asked.percent, 100),
                _field("least", "Minst per enhet", asked.least, None),
                _rate(asked.rate),
            ],
            className="fields",
        ),
        html.P(
            "Omkring tio procent räcker i stora enheter. Bjud in minst nio i varje enhet som ska kunna visas för sig: "
            "då blir det nästan säkert minst tre svar på varje påstående.",
            className="field__hint",
        ),
        html.Div(
            html.Button("Räkna om", id=Id.recount, type="button", className="button button--secondary"),
            className="actions",
        ),
    )


def _field(wish: str, label: str, value: int, most: int | None) -> Component:
    field = dbc.Input(id=wish_id(wish), type="number", value=value, min=0, max=most, step=1, className="input--short")
    return html.Label([html.Span(label, className="field__label"), field], className="field")


def _rate(rate: int) -> Component:
    options = [{"value": str(each), "label": f"{each} %"} for each in sorted({*RATES, rate})]
    field = dbc.Select(id=wish_id("rate"), options=options, value=str(rate), className="input--short")
    return html.Label([html.Span("Så många svarar", className="field__label"), field], className="field")


def on_page(proposal: Proposal, asked: Asked, names: Mapping[UnitId, str]) -> Sequence[UnitProposal]:
    """The units of the page that is asked for, in the order of `names`; of the last one where there is no such page."""
    order = {unit: place for place, unit in enumerate(names)}
    units = sorted(proposal.units, key=lambda unit: order[unit.unit_id])
    page = _page(proposal, asked)
    return units[(page - 1) * UNITS_A_PAGE : page * UNITS_A_PAGE]


def _page(proposal: Proposal, asked: Asked) -> int:
    return min(asked.page, _pages(proposal))


def _pages(proposal: Proposal) -> int:
    return max(1, ceil(len(proposal.units) / UNITS_A_PAGE))


def _units(
    proposal: Proposal, asked: Asked, names: Mapping[UnitId, str], seen: Mapping[UnitId, Likelihood]
) -> list[Component]:
    units = on_page(proposal, asked, names)
    rows = [(*_row(unit, asked, names[unit.unit_id]), seen[unit.unit_id].words.capitalize()) for unit in units]
    return [
        html.H3("Urvalet i varje enhet"),
        table("Ändra ett antal för hand och välj Räkna om.", _COLUMNS, rows),
        *_turning(asked, _page(proposal, asked), _pages(proposal)),
    ]


def _row(unit: UnitProposal, asked: Asked, name: str) -> Sequence[str | Component]:
    return (
        name,
        _number(unit, name),
        count(unit.staff),
        count(unit.listed),
        _types(unit.role_types),
        count(unit.asked_before),
        count(_expected(unit.sample, asked)),
    )


def _number(unit: UnitProposal, name: str) -> Component:
    field = dbc.Input(
        id=number_id(unit.unit_id),
        type="number",
        value=unit.sample,
        min=unit.listed,
        max=unit.staff,
        step=1,
        className="input--number",
    )
    return html.Label([html.Span(f"Antal i urvalet från {name}", className="visually-hidden"), field])


def _types(counts: Mapping[int | None, int]) -> str:
    known = " · ".join(count(counts.get(kind, 0)) for kind in (1, 2, 3))
    unknown = counts.get(None, 0)
    return f"{known} (typ saknas: {count(unknown)})" if unknown else known


def _turning(asked: Asked, page: int, pages: int) -> list[Component]:
    if pages <= 1:
        return []
    links = [
        *([dcc.Link("Föregående", href=asked.turned_to(page - 1).address)] if page > 1 else []),
        html.Span(f"Sida {page} av {pages}"),
        *([dcc.Link("Nästa", href=asked.turned_to(page + 1).address)] if page < pages else []),
    ]
    return [html.Nav(links, className="actions", **aria(label="Sidor"))]


def buttons(added: int, cancel: str) -> Component:
    """Yes, where somebody would be added, and no. `cancel` is an id."""
    label = f"Lägg till {count(added)} som respondenter"
    yes = [html.Button(label, id=Id.confirm, type="button", className="button")] if added else []
    no = html.Button("Avbryt", id=cancel, type="button", className="button button--secondary")
    return html.Div([*yes, no], className="actions")
