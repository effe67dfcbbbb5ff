"""The curve of /matning/folj: answers night by night, with reminders and the goal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries.answer_curve import Night
from db.queries.follow_up import Response
from db.queries.measurements import MeasurementSummary
from dimios_dash.components.graph import graph
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.components.table import Column, table
from dimios_dash.domain import days
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.response_goal import Standing, standing
from dimios_dash.elements import html
from dimios_dash.figures.numbers import count, percent
from dimios_dash.figures.response_curve import Curve, response_curve

_COLUMNS = (
    Column("Natten till"),
    Column("Svar med personlig länk", number=True),
    Column("Svar med öppen länk", number=True),
)
_ONE_DAY = timedelta(days=1)


class Id(Ids, owner="follow-goal"):
    percent: str
    weekly: str
    keep: str


def curve(
    measurement: MeasurementSummary, response: Response, nights: Sequence[Night], reminders: Sequence[date], today: date
) -> Component:
    """The picture once a night has gone by, and in words where the goal stands."""
    period = measurement.period
    words = [html.P(_standing(response, measurement, today), className="card__reading")]
    if period is None or not nights:
        return card("Svaren dag för dag", *words, html.P("Kurvan börjar natten efter de första svaren."))
    goal = round(response.invited * measurement.goal / 100)
    drawn = response_curve(Curve(_points(period, nights), reminders, period.opens, period.closes, goal))
    alt = f"Antal svar dag för dag: {count(_total(nights[-1]))} natten till {days.written(nights[-1].night)}."
    rows = [(days.written(each.night), count(each.email), count(each.link)) for each in nights]
    twin = table("Antal svar när dagen började", _COLUMNS, rows)
    folded = html.Details([html.Summary("Visa som tabell"), twin], className="disclosure")
    return card("Svaren dag för dag", *words, graph(drawn, "response-curve", alt), folded)


def _points(period: Period, nights: Sequence[Night]) -> list[tuple[date, int]]:
    """From nothing on the first day."""
    begin = min(period.opens, nights[0].night - _ONE_DAY)
    return [(begin, 0), *((each.night, _total(each)) for each in nights)]


def _total(night: Night) -> int:
    return night.email + night.link


def _standing(response: Response, measurement: MeasurementSummary, today: date) -> str:
    goal = f"Målet är {measurement.goal} %"
    if measurement.period is None or response.rate is None:
        return f"{goal}."
    now = f"nu är ni på {percent(response.rate)}"
    return {
        Standing.REACHED: f"{goal}, och det är nått: {now}.",
        Standing.ON_THE_WAY: f"{goal}, {now}. Ni är på väg.",
        Standing.BEHIND: f"{goal}, {now}. Det går långsammare än vad som behövs: påminn, och be cheferna säga något.",
    }[standing(response.rate, measurement.goal, measurement.period, today)]


def goal_form(measurement: MeasurementSummary, *, weekly: bool) -> Component:
    """For those who run the measurement: the goal, and whether they want a mail about it every week."""
    return html.Details(
        [
            html.Summary("Mål och veckomejl"),
            html.Label(
                [
                    html.Span("Så stor andel ska ha svarat, procent", className="field__label"),
                    dbc.Input(
                        id=Id.percent,
                        type="number",
                        min=1,
                        max=100,
                        step=1,
                        value=measurement.goal,
                        className="input--short",
                    ),
                ],
                className="field",
            ),
            html.Fieldset(
                [
                    html.Legend("Mejl till mig", className="fieldset__legend"),
                    dbc.Checklist(
                        id=Id.weekly,
                        options=[{"value": "ja", "label": "Berätta varje måndag hur det går, medan mätningen pågår"}],
                        value=["ja"] if weekly else [],
                    ),
                ],
                className="fieldset",
            ),
            html.Button("Spara", id=Id.keep, type="button", className="button button--secondary"),
        ],
        className="disclosure",
    )
