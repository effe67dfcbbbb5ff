"""/matning/folj?ar=&enhet= — how many have answered, for the whole and per unit, while it happens."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component

from db.queries import follow_up, measurements
from db.queries.follow_up import FollowUp, Response, UnitResponse
from db.queries.measurements import MeasurementSummary
from dimios_dash import access
from dimios_dash.components.aria import aria
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import (
    Tone,
    card,
    empty,
    key_figure,
    key_figures,
    link_button,
    notice,
    page_head,
)
from dimios_dash.components.table import Cell, Column, table
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.figures.numbers import HIDDEN, count, percent
from dimios_dash.ids import UnitId
from dimios_dash.users import User
from dimios_dash.web import Context, action, page
from pages.measurement.period_text import period_sentence

EVERY = 5_000  # milliseconds between two looks


class Id(Ids, owner="follow"):
    tick: str
    figures: str
    seen: str


@page("/matning/folj", title="Följ svaren", needs=Permission.FOLLOW_UP, scope=access.desk, menu="Följ svaren")
def layout(ctx: Context, scope: DeskScope, ar: int | None = None, enhet: str | None = None) -> Component:
    today = today_in_stockholm(ctx.now)
    measurement = (
        measurements.current(ctx.session, scope, today.year)
        if ar is None
        else measurements.of_year(ctx.session, scope, ar)
    )
    if measurement is None or measurement.state is MeasurementState.DRAFT:
        return html.Div([page_head("Följ svaren", "Här syns hur många som har svarat."), _not_started(ctx.user)])
    return html.Div(
        [
            page_head("Följ svaren", period_sentence(measurement, today), f"Mätningen {measurement.year}"),
            html.Div(_figures(ctx, scope, measurement, enhet), id=Id.figures),
            dcc.Interval(id=Id.tick, interval=EVERY, disabled=measurement.state is not MeasurementState.OPEN),
            dcc.Store(id=Id.seen, data=[measurement.year, enhet]),
        ]
    )


@action(
    Output(Id.figures, "children"),
    Input(Id.tick, "n_intervals"),
    State(Id.seen, "data"),
    needs=Permission.FOLLOW_UP,
    by_clock=True,
)
def redraw(ctx: Context, _ticks: int | None, seen: tuple[int, str | None]) -> list[Component]:
    scope = access.desk(ctx)
    year, unit_id = seen
    return _figures(ctx, scope, measurements.of_year(ctx.session, scope, year), unit_id)


def _figures(ctx: Context, scope: DeskScope, measurement: MeasurementSummary, unit_id: str | None) -> list[Component]:
    found = follow_up.read(ctx.session, scope, measurement.id)
    if not found.units:
        return [empty("Din gren ingår inte i den här mätningen", "Fråga er nyckelanvändare om det är ett misstag.")]
    here = found.unit(None if unit_id is None else UnitId(unit_id))
    return [
        *_breadcrumb(found, here, measurement.year),
        html.Div([_whole(here), _mails(here.response)], className="columns section"),
        *_problems(here.response),
        *_below(found, here, measurement.year),
        *_next(ctx.user, measurement),
    ]


def _not_started(user: User) -> Component:
    runs = user.may(Permission.MEASUREMENT_RUN)
    return empty(
        "Ingen mätning pågår",
        "När mätningen är startad ser du här hur många som har svarat, för helheten och för varje enhet.",
        *([link_button("Starta mätningen", "/matning/start")] if runs else []),
        link_button("Se respondenterna", "/matning/respondenter", primary=not runs),
    )


def _breadcrumb(found: FollowUp, here: UnitResponse, year: int) -> list[Component]:
    above = found.path(here.unit_id)[:-1]
    if not above:
        return []
    items = [html.Li(_unit_link(unit, year), className="breadcrumb__item") for unit in above]
    return [
        html.Nav(
            html.Ol([*items, html.Li(here.name, className="breadcrumb__item")], className="breadcrumb__list"),
            className="breadcrumb",
            **aria(label="Enheter ovanför"),
        )
    ]


def _whole(here: UnitResponse) -> Component:
    response = here.response
    return card(
        here.name,
        html.Div(
            [
                html.Div(
                    [
                        html.Span(percent(response.rate), className="response__rate"),
                        html.Span(
                            f"{count(response.answered)} av {count(response.invited)} har svarat",
                            className="response__count",
                        ),
                    ],
                    className="response__head",
                ),
                _bar(response, f"Svarsfrekvens för {here.name}", "response__bar"),
            ],
            className="response",
        ),
        html.P(
            "Ingen kan se vad någon har svarat, varken nu eller senare. "
            "Resultatet visas först när mätningen är avslutad och publicerad.",
            className="card__reading",
        ),
    )


def _mails(response: Response) -> Component:
    return card(
        "Inbjudningar via e-post",
        key_figures(
            key_figure("Inbjudna", count(response.invited)),
            key_figure("Skickade", count(response.sent)),
            key_figure("Väntar på att skickas", count(response.waiting)),
            key_figure("Har studsat", count(response.bounced)),
            key_figure("Osäkra", count(response.uncertain)),
        ),
    )


def _problems(response: Response) -> list[Component]:
    found: list[Component] = []
    where = dcc.Link("Gå till respondenterna", href="/matning/respondenter")
    if response.bounced:
        found.append(
            notice(
                Tone.WARNING,
                f"Inbjudningar som har studsat: {count(response.bounced)}",
                "Mottagarens server tog inte emot dem. Kontrollera att adresserna är rätt.",
                where,
            )
        )
    if response.uncertain:
        found.append(
            notice(
                Tone.WARNING,
                f"Inbjudningar som är osäkra: {count(response.uncertain)}",
                "Utskicket avbröts, så de kan ha kommit fram eller inte. De skickas inte om av sig själva.",
                where,
            )
        )
    return found


def _below(found: FollowUp, here: UnitResponse, year: int) -> list[Component]:
    below = found.children(here.unit_id)
    if not below:
        return []
    parents = {unit.parent_id for unit in found.units}
    rows = [_row(unit, _unit_link(unit, year) if unit.unit_id in parents else unit.name) for unit in below]
    caption = f"Svar i enheterna under {here.name}, med allt som hör till dem"
    return [html.Div(table(caption, COLUMNS, rows), className="section")]


COLUMNS = (
    Column("Enhet"),
    Column("Svarsfrekvens"),
    Column("Har svarat", number=True),
    Column("Inbjudna", number=True),
    Column("Väntar på utskick", number=True),
    Column("Problem med e-post", number=True),
)


def _row(unit: UnitResponse, name: Cell) -> list[Cell]:
    response = unit.response
    if not response.invited:
        why = "Ingen är inbjuden" if unit.takes_part else "Ingår inte i år"
        return [name, html.Span(why, className="muted"), *[HIDDEN] * 4]
    rate = [
        html.Span(percent(response.rate), className="number"),
        _bar(response, f"Svarsfrekvens för {unit.name}", "response__bar response__bar--small"),
    ]
    numbers = (response.answered, response.invited, response.waiting, response.bounced + response.uncertain)
    return [name, rate, *map(count, numbers)]


def _bar(response: Response, label: str, look: str) -> Component:
    return html.Progress(
        value=str(response.answered), max=str(max(response.invited, 1)), className=look, **aria(label=label)
    )


def _unit_link(unit: UnitResponse, year: int) -> Component:
    address = f"/matning/folj?{urlencode({'ar': year, 'enhet': unit.unit_id})}"
    return dcc.Link(unit.name, href=address, className="table__link")


def _next(user: User, measurement: MeasurementSummary) -> list[Component]:
    """Where those go on who run the measurement; the others stay here."""
    if not user.may(Permission.MEASUREMENT_RUN):
        return []
    links = {
        MeasurementState.OPEN: ("Förläng eller avsluta mätningen", f"/matning/avsluta?ar={measurement.year}"),
        MeasurementState.CLOSED: ("Publicera resultatet", f"/matning/avsluta?ar={measurement.year}"),
        MeasurementState.RELEASED: ("Se resultatet", f"/resultat/oversikt?ar={measurement.year}"),
    }
    label, address = links[measurement.state]
    return [html.Div(link_button(label, address, primary=False), className="actions")]
