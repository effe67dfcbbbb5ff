"""The question on /matning/start about the organisation's strategy; the answer is kept at once."""

from __future__ import annotations

from typing import Literal

import dash_bootstrap_components as dbc
from dash import Input, Output, State
from dash.development.base_component import Component

from db.commands import strategy
from db.queries import measurements
from dimios_dash import access
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.domain.comparing.strategy_focus import QUESTION, StrategyFocus
from dimios_dash.domain.permissions import Permission
from dimios_dash.elements import dcc, html
from dimios_dash.translations import _
from dimios_dash.web import Context, action

NOT_TOLD = "not_told"
Answer = StrategyFocus | Literal["not_told"]


class Id(Ids, owner="start-strategy"):
    answer: str
    year: str
    kept: str


def strategy_card(told: StrategyFocus | None, year: int) -> Component:
    """What was told so far of the measurement of `year`, or that nobody has told."""
    options = [
        *({"value": focus.value, "label": focus.label} for focus in StrategyFocus),
        {"value": NOT_TOLD, "label": "Vill inte svara"},
    ]
    return card(
        "Er strategi",
        html.Label(_(QUESTION), htmlFor=Id.answer, className="field__label"),
        html.P(
            "Med svaret räknas er organisation med i ”Jämför grupper”. Bara grupper av minst sex organisationer visas,"
            " och aldrig vad just ni har svarat.",
            className="field__hint",
        ),
        dbc.Select(id=Id.answer, options=options, value=told or NOT_TOLD),
        dcc.Store(id=Id.year, data=year),
        html.P(id=Id.kept, role="status", className="field__hint"),
    )


@action(
    Output(Id.kept, "children"),
    Input(Id.answer, "value"),
    State(Id.year, "data"),
    needs=Permission.MEASUREMENT_RUN,
)
def keep(ctx: Context, answer: Answer, year: int) -> str:
    """`year` is the one that the page showed: New Year may have come since."""
    scope = access.measurement(ctx)
    focus = None if answer == NOT_TOLD else StrategyFocus(answer)
    strategy.tell(ctx.session, scope, measurements.of_year(ctx.session, scope, year).id, focus)
    return "Svaret är sparat."
