"""The fields of /matning/start: days, the smallest number of answers shown, units that take part."""

from __future__ import annotations

from datetime import date, timedelta

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries.sample import Sample
from dimios_dash.components.date_field import date_field
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.components.unit_choice import unit_choice
from dimios_dash.domain.calendar import K_CHOICES, Period
from dimios_dash.elements import html

USUAL_LENGTH = timedelta(days=21)


class Id(Ids, owner="start-form"):
    opens: str
    closes: str
    k: str


def proposed(today: date) -> Period:
    """From today, and never beyond the year."""
    return Period(today, min(today + USUAL_LENGTH, date(today.year, 12, 31)))


def cards(sample: Sample, period: Period, smallest_k: int, own_days: Component, strategy: Component) -> Component:
    """Days, k and strategy beside the units."""
    units = card(
        "Enheter som ingår",
        html.P("Alla är valda. Välj bort det som inte ska mätas i år."),
        unit_choice(sample),
    )
    return html.Div(
        [html.Div([_period_card(period), own_days, _k_card(smallest_k), strategy], className="stack"), units],
        className="columns columns--top section",
    )


def _period_card(period: Period) -> Component:
    first, last = date(period.opens.year, 1, 1), date(period.opens.year, 12, 31)
    return card(
        "När mätningen pågår",
        html.P("Båda dagarna räknas med. Den sista dagen kan flyttas fram senare."),
        date_field(Id.opens, "Första dag", period.opens, first, last),
        date_field(Id.closes, "Sista dag", period.closes, first, last),
    )


def _k_card(smallest: int) -> Component:
    return card(
        "Minsta antal svar som visas",
        html.Label("Visa inget för färre svar än", htmlFor=Id.k, className="field__label"),
        html.P(
            "Talet skyddar den som svarar. Det berättas för respondenterna och kan inte ändras efter starten.",
            className="field__hint",
        ),
        dbc.Select(
            id=Id.k,
            options=[{"value": str(k), "label": str(k)} for k in K_CHOICES if k >= smallest],
            value=str(smallest),
            className="input--short",
        ),
    )
