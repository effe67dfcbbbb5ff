"""/matning/utskick?ar= — what has been sent, what will be, what has gone wrong, and what to do about it."""

from __future__ import annotations

from uuid import UUID

from dash import ALL, Input, Output, State, no_update
from dash.development.base_component import Component

from db.commands import pace, reminders, stopped_mails
from db.queries import mailings, measurements
from db.queries.measurements import MeasurementSummary
from dimios_dash import access
from dimios_dash.components.date_field import Day
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import empty, link_button, page_head
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid
from dimios_dash.web import Context, action, page
from pages.measurement import files, mailing_pace, mailing_reminders, mailing_state, mailing_stopped
from pages.measurement.mailing_content import MOST_LISTED, content, state
from pages.measurement.period_text import period_sentence

EVERY = 5_000  # milliseconds between two looks
RUN, EDIT = Permission.MEASUREMENT_RUN, Permission.RESPONDENTS_EDIT
Redrawn = tuple[list[Component], list[Component]]  # how it goes, and the rest of the page
Unchanged = tuple[object, object]


class Id(Ids, owner="mailing"):
    state: str
    content: str
    tick: str
    year: str


_REDRAW = [
    Output(Id.state, "children", allow_duplicate=True),
    Output(Id.content, "children", allow_duplicate=True),
]
_YEAR = State(Id.year, "data")
_NOTHING: Unchanged = (no_update, no_update)  # a button that is drawn anew reports itself: that is nobody's wish


@page("/matning/utskick", title="Utskick", needs=Permission.FOLLOW_UP, scope=access.desk, menu="Utskick")
def layout(ctx: Context, scope: DeskScope, ar: int | None = None) -> Component:
    today = today_in_stockholm(ctx.now)
    measurement = (
        measurements.current(ctx.session, scope, today.year)
        if ar is None
        else measurements.of_year(ctx.session, scope, ar)
    )
    if measurement is None or measurement.period is None:
        return html.Div([page_head("Utskick", "Här syns inbjudningar och påminnelser."), _not_started()])
    return html.Div(
        [
            page_head("Utskick", period_sentence(measurement, today), f"Mätningen {measurement.year}"),
            html.Div(state(ctx, scope, measurement), id=Id.state),
            html.Div(content(ctx, scope, measurement), id=Id.content),
            dcc.Interval(id=Id.tick, interval=EVERY, disabled=measurement.state is not MeasurementState.OPEN),
            dcc.Store(id=Id.year, data=measurement.year),
        ]
    )


@action(Output(Id.state, "children"), Input(Id.tick, "n_intervals"), _YEAR, needs=Permission.FOLLOW_UP, by_clock=True)
def look(ctx: Context, _ticks: int | None, year: int) -> list[Component]:
    scope = access.desk(ctx)
    return state(ctx, scope, measurements.of_year(ctx.session, scope, year))


@action(*_REDRAW, Input(mailing_state.Id.pause, "n_clicks"), _YEAR, needs=RUN)
def pause(ctx: Context, clicks: int | None, year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _asked(ctx, year)
    reminders.pause(ctx.session, scope, measurement.id)
    return _redraw(ctx, year)


@action(*_REDRAW, Input(mailing_state.Id.resume, "n_clicks"), _YEAR, needs=RUN)
def resume(ctx: Context, clicks: int | None, year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _asked(ctx, year)
    reminders.resume(ctx.session, scope, measurement.id)
    return _redraw(ctx, year)


@action(*_REDRAW, Input(mailing_state.Id.call_off, "n_clicks"), _YEAR, needs=RUN)
def call_off(ctx: Context, clicks: int | None, year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _asked(ctx, year)
    reminders.call_off(ctx.session, scope, measurement.id)
    return _redraw(ctx, year)


@action(
    *_REDRAW,
    Input(mailing_reminders.Id.save, "n_clicks"),
    State(mailing_reminders.day_id(ALL), "value"),
    _YEAR,
    needs=RUN,
)
def plan(ctx: Context, clicks: int | None, chosen: list[Day], year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _asked(ctx, year)
    days = {day for day in chosen if day is not None}
    reminders.plan(ctx.session, scope, measurement.id, days, today_in_stockholm(ctx.now))
    return _redraw(ctx, year)


@action(*_REDRAW, Input(mailing_reminders.Id.now, "n_clicks"), _YEAR, needs=RUN)
def remind(ctx: Context, clicks: int | None, year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _asked(ctx, year)
    reminders.remind_now(ctx.session, scope, measurement.id, ctx.now)
    return _redraw(ctx, year)


@action(
    *_REDRAW,
    Input(mailing_pace.Id.save, "n_clicks"),
    State(mailing_pace.Id.per_minute, "value"),
    _YEAR,
    needs=RUN,
)
def set_pace(ctx: Context, clicks: int | None, chosen: str, year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _asked(ctx, year)
    if measurement.state is not MeasurementState.OPEN:
        raise Invalid("Takten gäller en mätning som pågår. Ladda om sidan.")
    pace.set_pace(ctx.session, scope, mailing_pace.chosen(chosen))
    return _redraw(ctx, year)


@action(
    *_REDRAW,
    Input(mailing_stopped.Id.correct, "n_clicks"),
    State(mailing_stopped.Id.who, "value"),
    State(mailing_stopped.Id.address, "value"),
    _YEAR,
    needs=EDIT,
)
def correct(ctx: Context, clicks: int | None, mail: UUID, address: str | None, year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _edited(ctx, year)
    stopped_mails.correct(ctx.session, scope, files.vault(ctx), measurement.id, mail=mail, address=address or "")
    return _redraw(ctx, year)


@action(
    *_REDRAW,
    Input(mailing_stopped.Id.remove, "n_clicks"),
    State(mailing_stopped.Id.who, "value"),
    _YEAR,
    needs=EDIT,
)
def remove(ctx: Context, clicks: int | None, mail: UUID, year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _edited(ctx, year)
    stopped_mails.remove(ctx.session, scope, measurement.id, mail)
    return _redraw(ctx, year)


@action(
    *_REDRAW,
    Input(mailing_stopped.Id.again, "n_clicks"),
    State(mailing_stopped.Id.who, "value"),
    _YEAR,
    needs=EDIT,
)
def send_again(ctx: Context, clicks: int | None, mail: UUID, year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _edited(ctx, year)
    stopped_mails.send_again(ctx.session, scope, measurement.id, [mail], ctx.now)
    return _redraw(ctx, year)


@action(*_REDRAW, Input(mailing_stopped.Id.all_again, "n_clicks"), _YEAR, needs=EDIT)
def send_all_again(ctx: Context, clicks: int | None, year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _edited(ctx, year)
    listed = mailings.stopped(ctx.session, scope, files.vault(ctx), measurement.id, MOST_LISTED)
    lost = [mail.outbox_id for mail in listed if not mail.uncertain]
    stopped_mails.send_again(ctx.session, scope, measurement.id, lost, ctx.now)
    return _redraw(ctx, year)


@action(
    *_REDRAW,
    Input(mailing_stopped.Id.unsure_again, "n_clicks"),
    State(mailing_stopped.Id.unsure, "value"),
    _YEAR,
    needs=EDIT,
)
def send_unsure_again(ctx: Context, clicks: int | None, mails: list[UUID], year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _edited(ctx, year)
    stopped_mails.send_again(ctx.session, scope, measurement.id, mails, ctx.now)
    return _redraw(ctx, year)


@action(
    *_REDRAW,
    Input(mailing_stopped.Id.arrived, "n_clicks"),
    State(mailing_stopped.Id.unsure, "value"),
    _YEAR,
    needs=EDIT,
)
def mark_arrived(ctx: Context, clicks: int | None, mails: list[UUID], year: int) -> Redrawn | Unchanged:
    if not clicks:
        return _NOTHING
    scope, measurement = _edited(ctx, year)
    stopped_mails.mark_arrived(ctx.session, scope, measurement.id, mails)
    return _redraw(ctx, year)


def _not_started() -> Component:
    return empty(
        "Inget har skickats",
        "När mätningen startar skickas inbjudningarna. Sedan följer du dem här och planerar påminnelser.",
        link_button("Starta mätningen", "/matning/start"),
    )


def _asked(ctx: Context, year: int) -> tuple[DeskScope, MeasurementSummary]:
    scope = access.measurement(ctx)
    return scope, measurements.of_year(ctx.session, scope, year)


def _edited(ctx: Context, year: int) -> tuple[DeskScope, MeasurementSummary]:
    scope = access.respondents(ctx)
    return scope, measurements.of_year(ctx.session, scope, year)


def _redraw(ctx: Context, year: int) -> Redrawn:
    scope = access.desk(ctx)
    measurement = measurements.of_year(ctx.session, scope, year)
    return state(ctx, scope, measurement), content(ctx, scope, measurement)
