"""/matning/start — period, units that take part, and what a start will mean, before it is done."""

from __future__ import annotations

from datetime import date, timedelta

import dash_bootstrap_components as dbc
from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component

from db.commands import measurements as commands
from db.queries import measurements
from db.queries import sample as samples
from db.queries.measurements import MeasurementSummary
from db.queries.sample import Sample
from dimios_dash import access
from dimios_dash.components.date_field import Day, date_field
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, card, empty, link_button, notice, page_head
from dimios_dash.components.unit_choice import chosen_units_id, unit_choice
from dimios_dash.components.visibility_outlook import Rows
from dimios_dash.domain.calendar import (
    K_CHOICES,
    MeasurementState,
    Period,
    late_in_year_warning,
    today_in_stockholm,
)
from dimios_dash.domain.outlook import ResponseRate
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.taking_part import plan
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.web import Context, action, page
from pages.measurement import start_outlook
from pages.measurement.plan_text import plan_list

USUAL_LENGTH = timedelta(days=21)


class Id(Ids, owner="start"):
    opens: str
    closes: str
    k: str
    plan: str
    go: str
    onward: str


@page(
    "/matning/start",
    title="Starta mätning",
    needs=Permission.MEASUREMENT_RUN,
    scope=access.measurement,
    menu="Starta mätning",
)
def layout(ctx: Context, scope: DeskScope) -> Component:
    today = today_in_stockholm(ctx.now)
    latest = measurements.current(ctx.session, scope, today.year)
    this_year = latest if latest is not None and latest.year == today.year else None
    return html.Div(
        [
            page_head("Starta mätning", "Bestäm när mätningen pågår och vilka enheter som ingår.", str(today.year)),
            *_content(ctx, scope, this_year, today),
        ]
    )


@action(
    Output(Id.plan, "children"),
    Input(Id.opens, "value"),
    Input(Id.closes, "value"),
    Input(Id.k, "value"),
    Input(chosen_units_id(), "value"),
    needs=Permission.MEASUREMENT_RUN,
)
def show_plan(ctx: Context, opens: Day, closes: Day, k: int, chosen: list[list[UnitId]]) -> Component:
    scope, today = access.measurement(ctx), today_in_stockholm(ctx.now)
    return _plan(_sample(ctx, scope, today.year), _period(opens, closes), k, chosen, today)


@action(
    Output(start_outlook.Id.headline, "children"),
    Output(start_outlook.Id.details, "children"),
    Input(start_outlook.Id.rate, "value"),
    Input(start_outlook.Id.rows, "value"),
    Input(Id.k, "value"),
    Input(chosen_units_id(), "value"),
    needs=Permission.MEASUREMENT_RUN,
    on_load=True,
)
def rehearse(
    ctx: Context, rate: ResponseRate, rows: Rows, k: int, chosen: list[list[UnitId]]
) -> tuple[str, list[Component]]:
    scope, year = access.measurement(ctx), today_in_stockholm(ctx.now).year
    return start_outlook.told(ctx, scope, year, _flat(chosen), k=k, rate=rate, rows=rows)


@action(
    Output(Id.onward, "href"),
    Input(Id.go, "n_clicks"),
    State(Id.opens, "value"),
    State(Id.closes, "value"),
    State(Id.k, "value"),
    State(chosen_units_id(), "value"),
    needs=Permission.MEASUREMENT_RUN,
)
def begin(ctx: Context, _clicks: int, opens: Day, closes: Day, k: int, chosen: list[list[UnitId]]) -> str:
    scope, today = access.measurement(ctx), today_in_stockholm(ctx.now)
    period = _period(opens, closes)
    if period is None:
        raise Invalid("Välj både första och sista dag för mätningen.")
    draft = measurements.of_year(ctx.session, scope, today.year)
    sample = samples.read(ctx.session, scope, draft.id)
    units = plan(sample.tree, sample.by_unit, _flat(chosen)).units if sample.units else frozenset()
    commands.start(ctx.session, scope, draft.id, period, k=k, units_taking_part=units, today=today)
    return "/matning/folj"


def _content(ctx: Context, scope: DeskScope, this_year: MeasurementSummary | None, today: date) -> list[Component]:
    if this_year is not None and this_year.state is not MeasurementState.DRAFT:
        return [_started(this_year)]
    sample = samples.read(ctx.session, scope, None if this_year is None else this_year.id)
    if not sample.units:
        return [_no_units()]
    if not sample.respondents:
        return [_no_respondents()]
    return _form(sample, measurements.smallest_k(ctx.session, scope), today)


def _started(measurement: MeasurementSummary) -> Component:
    where = {
        MeasurementState.OPEN: ("pågår redan", "Följ svaren", "/matning/folj"),
        MeasurementState.CLOSED: ("är avslutad", "Publicera resultatet", "/matning/avsluta"),
        MeasurementState.RELEASED: ("är publicerad", "Se resultatet", f"/resultat/oversikt?ar={measurement.year}"),
        MeasurementState.DESTROYED: ("är förstörd", "Läs vad som har hänt", "/matning/avsluta"),
    }
    state, label, address = where[measurement.state]
    return empty(
        f"Mätningen för {measurement.year} {state}",
        "En organisation gör en mätning per kalenderår.",
        link_button(label, address),
    )


def _no_units() -> Component:
    return empty(
        "Först behövs ett organisationsträd",
        "Läs in era enheter från en fil. Sedan lägger du till respondenter och kommer tillbaka hit.",
        link_button("Bygg organisationsträdet", "/matning/trad"),
    )


def _no_respondents() -> Component:
    return empty(
        "Först behövs respondenter",
        "Enheterna finns, men ingen är ännu tillagd som respondent. Lägg till dem och kom tillbaka hit.",
        link_button("Lägg till respondenter", "/matning/respondenter"),
    )


def _form(sample: Sample, smallest_k: int, today: date) -> list[Component]:
    period = Period(today, min(today + USUAL_LENGTH, date(today.year, 12, 31)))
    late = late_in_year_warning(today)
    everything = [list(sample.by_unit)]
    return [
        *([notice(Tone.WARNING, late)] if late else []),
        html.Div(
            [
                html.Div([_period_card(period, today.year), _k_card(smallest_k)], className="stack"),
                card(
                    "Enheter som ingår",
                    html.P("Alla är valda. Välj bort det som inte ska mätas i år."),
                    unit_choice(sample),
                ),
            ],
            className="columns columns--top section",
        ),
        html.Div(start_outlook.outlook_card(len(sample.units)), className="section"),
        card(
            "Det här händer när du startar",
            html.Div(_plan(sample, period, smallest_k, everything, today), id=Id.plan),
            html.Div(html.Button("Starta mätningen", id=Id.go, type="button", className="button"), className="actions"),
        ),
        dcc.Location(id=Id.onward, refresh="callback-nav"),
    ]


def _period_card(period: Period, year: int) -> Component:
    first, last = date(year, 1, 1), date(year, 12, 31)
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


def _sample(ctx: Context, scope: DeskScope, year: int) -> Sample:
    return samples.read(ctx.session, scope, measurements.of_year(ctx.session, scope, year).id)


def _plan(sample: Sample, period: Period | None, k: int, chosen: list[list[UnitId]], today: date) -> Component:
    return plan_list(plan(sample.tree, sample.by_unit, _flat(chosen)), sample.names, period, k, today)


def _period(opens: date | None, closes: date | None) -> Period | None:
    return None if opens is None or closes is None else Period(opens, closes)


def _flat(chosen: list[list[UnitId]]) -> set[UnitId]:
    return {unit for branch in chosen for unit in branch}
