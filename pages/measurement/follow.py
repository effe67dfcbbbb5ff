"""/matning/folj?ar=&enhet= — how many have answered, for the whole and per unit, while it happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass

from dash import Input, Output, State, no_update
from dash.development.base_component import Component
from pydantic import StrictInt

from db.commands import measurements as commands
from db.commands import own_account
from db.queries import (
    accounts,
    answer_curve,
    follow_up,
    measurements,
    open_links,
    reminder_days,
    response_groups,
    unit_periods,
)
from db.queries.follow_up import FollowUp, UnitResponse
from db.queries.measurements import MeasurementSummary
from dimios_dash import access
from dimios_dash.components.breadcrumb import breadcrumb
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, empty, link_button, notice, page_head
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.open_links import LinkAnswers, by_branch
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.response_goal import checked_goal
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.ids import UnitId
from dimios_dash.users import User
from dimios_dash.web import Context, action, page
from pages.measurement import unit_days
from pages.measurement.follow_curve import Id as Goal
from pages.measurement.follow_curve import curve, goal_form
from pages.measurement.follow_groups import groups
from pages.measurement.follow_units import unit_link, units_below
from pages.measurement.follow_whole import mails, problems, whole
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
            *unit_days.told(unit_periods.read(ctx.session, scope, measurement.id), today),
            html.Div(_figures(ctx, scope, _read(ctx, scope, measurement), enhet), id=Id.figures),
            *_wishes(ctx, scope, measurement),
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
    return no_update if found.stand == drawn else _figures(ctx, scope, found, unit_id)


@action(
    Output(Id.figures, "children", allow_duplicate=True),
    Input(Goal.keep, "n_clicks"),
    State(Goal.percent, "value"),
    State(Goal.weekly, "value"),
    State(Id.seen, "data"),
    needs=Permission.MEASUREMENT_RUN,
)
def keep_wishes(
    ctx: Context, _clicks: int, percent: StrictInt | None, weekly: list[str], seen: tuple[int, str | None]
) -> list[Component]:
    scope, (year, unit_id) = access.measurement(ctx), seen
    commands.set_goal(ctx.session, scope, measurements.of_year(ctx.session, scope, year).id, checked_goal(percent))
    own_account.wish_weekly_mail(ctx.session, scope, wanted=bool(weekly))
    found = _read(ctx, scope, measurements.of_year(ctx.session, scope, year))
    return [notice(Tone.SUCCESS, "Sparat"), *_figures(ctx, scope, found, unit_id)]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the page shows of a measurement."""

    measurement: MeasurementSummary
    units: FollowUp
    links: Mapping[UnitId, LinkAnswers]  # of each unit with all below it; empty where there are no open links

    @property
    def stand(self) -> str:
        """Differs as soon as anything on the page does: whatever happens in a unit is counted in the whole too."""
        whole = [astuple(unit.response) for unit in self.units.units[:1]]
        return f"{self.measurement.state} {whole} {[self.links.get(unit.unit_id) for unit in self.units.units[:1]]}"


def _read(ctx: Context, scope: DeskScope, measurement: MeasurementSummary) -> _Found:
    found = follow_up.read(ctx.session, scope, measurement.id)
    own = open_links.answers_by_unit(ctx.session, scope, measurement.id)
    return _Found(measurement, found, by_branch(own, [(unit.unit_id, unit.parent_id) for unit in found.units]))


def _figures(ctx: Context, scope: DeskScope, shown: _Found, unit_id: str | None) -> list[Component]:
    found, measurement = shown.units, shown.measurement
    if not found.units:
        return [
            empty("Din gren ingår inte i den här mätningen", "Fråga er nyckelanvändare om det är ett misstag."),
            dcc.Store(id=Id.drawn, data=shown.stand),
        ]
    here = found.unit(None if unit_id is None else UnitId(unit_id))
    return [
        *_way_up(found, here, measurement.year),
        html.Div([whole(here, shown.links.get(here.unit_id)), mails(here.response)], className="columns section"),
        *problems(here.response),
        html.Div(_in_time(ctx, scope, shown, here), className="columns columns--top section"),
        *units_below(found, here, measurement, shown.links),
        *_next(ctx.user, measurement),
        dcc.Store(id=Id.drawn, data=shown.stand),
    ]


def _in_time(ctx: Context, scope: DeskScope, shown: _Found, here: UnitResponse) -> list[Component]:
    """How it has gone so far, and who answers."""
    measurement, today = shown.measurement, today_in_stockholm(ctx.now)
    nights = answer_curve.read(ctx.session, scope, measurement.id, here.unit_id)
    reminders = reminder_days.sent(ctx.session, scope, measurement.id)
    by_group = response_groups.read(ctx.session, scope, measurement.id, shown.units.taking_part(here.unit_id))
    return [curve(measurement, here.response, nights, reminders, today), *groups(by_group)]


def _wishes(ctx: Context, scope: DeskScope, measurement: MeasurementSummary) -> list[Component]:
    """The goal and the weekly mail, for those who run an open measurement."""
    if measurement.state is not MeasurementState.OPEN or not ctx.user.may(Permission.MEASUREMENT_RUN):
        return []
    return [goal_form(measurement, weekly=accounts.wants_weekly_mail(ctx.session, scope))]


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


def _next(user: User, measurement: MeasurementSummary) -> list[Component]:
    """Where those go on who run the measurement; the others stay here."""
    if not user.may(Permission.MEASUREMENT_RUN):
        return []
    ending = f"/matning/avsluta?ar={measurement.year}"
    links = {
        MeasurementState.OPEN: {
            "Skicka påminnelser": f"/matning/utskick?ar={measurement.year}",
            "Förläng eller avsluta mätningen": ending,
        },
        MeasurementState.CLOSED: {"Publicera resultatet": ending},
        MeasurementState.RELEASED: {"Se resultatet": f"/resultat/oversikt?ar={measurement.year}"},
        MeasurementState.DESTROYED: {"Läs vad som har hänt": ending},
    }
    shown = [link_button(label, address, primary=False) for label, address in links[measurement.state].items()]
    return [html.Div(shown, className="actions")]
