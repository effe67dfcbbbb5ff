"""/matning/folj?ar=&enhet= — how many have answered, for the whole and per unit, while it happens."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from db.queries import follow_up, measurements
from db.queries.follow_up import FollowUp, Response, UnitResponse
from db.queries.measurements import MeasurementSummary
from dimios_dash import access
from dimios_dash.components.breadcrumb import breadcrumb
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
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.figures.numbers import count, percent
from dimios_dash.ids import UnitId
from dimios_dash.users import User
from dimios_dash.web import Context, action, page
from pages.measurement.follow_units import response_bar, unit_link, units_below
from pages.measurement.period_text import period_sentence

EVERY = 5_000  # milliseconds between two looks


class Id(Ids, owner="follow"):
    tick: str
    figures: str
    seen: str
    drawn: str


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
            html.Div(_figures(ctx.user, _read(ctx, scope, measurement), enhet), id=Id.figures),
            dcc.Interval(id=Id.tick, interval=EVERY, disabled=measurement.state is not MeasurementState.OPEN),
            dcc.Store(id=Id.seen, data=[measurement.year, enhet]),
        ]
    )


@action(
    Output(Id.figures, "children"),
    Input(Id.tick, "n_intervals"),
    State(Id.seen, "data"),
    State(Id.drawn, "data"),
    needs=Permission.FOLLOW_UP,
    by_clock=True,
)
def redraw(ctx: Context, _ticks: int | None, seen: tuple[int, str | None], drawn: str) -> list[Component] | object:
    """Nothing while nothing has come in: a new table would take keyboard and scrolling back to its beginning."""
    scope = access.desk(ctx)
    year, unit_id = seen
    found = _read(ctx, scope, measurements.of_year(ctx.session, scope, year))
    return no_update if found.stand == drawn else _figures(ctx.user, found, unit_id)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the page shows of a measurement."""

    measurement: MeasurementSummary
    units: FollowUp

    @property
    def stand(self) -> str:
        """Differs as soon as anything on the page does: whatever happens in a unit is counted in the whole too."""
        whole = [astuple(unit.response) for unit in self.units.units[:1]]
        return f"{self.measurement.state} {whole}"


def _read(ctx: Context, scope: DeskScope, measurement: MeasurementSummary) -> _Found:
    return _Found(measurement, follow_up.read(ctx.session, scope, measurement.id))


def _figures(user: User, shown: _Found, unit_id: str | None) -> list[Component]:
    found, measurement = shown.units, shown.measurement
    if not found.units:
        return [
            empty("Din gren ingår inte i den här mätningen", "Fråga er nyckelanvändare om det är ett misstag."),
            dcc.Store(id=Id.drawn, data=shown.stand),
        ]
    here = found.unit(None if unit_id is None else UnitId(unit_id))
    return [
        *_way_up(found, here, measurement.year),
        html.Div([_whole(here), _mails(here.response)], className="columns section"),
        *_problems(here.response),
        *units_below(found, here, measurement.year),
        *_next(user, measurement),
        dcc.Store(id=Id.drawn, data=shown.stand),
    ]


def _not_started(user: User) -> Component:
    runs = user.may(Permission.MEASUREMENT_RUN)
    return empty(
        "Ingen mätning pågår",
        "När mätningen är startad ser du här hur många som har svarat, för helheten och för varje enhet.",
        *([link_button("Starta mätningen", "/matning/start")] if runs else []),
        link_button("Se respondenterna", "/matning/respondenter", primary=not runs),
    )


def _way_up(found: FollowUp, here: UnitResponse, year: int) -> list[Component]:
    return breadcrumb([unit_link(unit, year) for unit in found.path(here.unit_id)[:-1]], here.name)


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
                response_bar(response, f"Svarsfrekvens för {here.name}", "response__bar"),
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


def _next(user: User, measurement: MeasurementSummary) -> list[Component]:
    """Where those go on who run the measurement; the others stay here."""
    if not user.may(Permission.MEASUREMENT_RUN):
        return []
    links = {
        MeasurementState.OPEN: ("Förläng eller avsluta mätningen", f"/matning/avsluta?ar={measurement.year}"),
        MeasurementState.CLOSED: ("Publicera resultatet", f"/matning/avsluta?ar={measurement.year}"),
        MeasurementState.RELEASED: ("Se resultatet", f"/resultat/oversikt?ar={measurement.year}"),
        MeasurementState.DESTROYED: ("Läs vad som har hänt", f"/matning/avsluta?ar={measurement.year}"),
    }
    label, address = links[measurement.state]
    return [html.Div(link_button(label, address, primary=False), className="actions")]
