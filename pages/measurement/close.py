"""/matning/avsluta?ar= — extend, close, reopen, cancel, and have the results computed and published."""

from __future__ import annotations

from datetime import date

from dash import Input, Output, State, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from db.commands import measurements as commands
from db.commands import unit_periods as unit_commands
from db.queries import countdowns, follow_up, jobs, measurements, unit_periods
from db.queries.measurements import MeasurementSummary
from dimios_dash import access
from dimios_dash.components.date_field import Day
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import page_head
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.web import Context, action, page
from pages.measurement import closing, unit_days

EVERY = 2_000  # milliseconds between two looks at the job

Redrawn = tuple[Component, bool]  # the content, and whether to stop looking


class Id(Ids, owner="close"):
    content: str
    tick: str
    year: str


_REDRAW = [
    Output(Id.content, "children", allow_duplicate=True),
    Output(Id.tick, "disabled", allow_duplicate=True),
]
_YEAR = State(Id.year, "data")


@page(
    "/matning/avsluta",
    title="Avsluta och publicera",
    needs=Permission.MEASUREMENT_RUN,
    scope=access.measurement,
    menu="Avsluta och publicera",
)
def layout(ctx: Context, scope: DeskScope, ar: int | None = None) -> Component:
    this_year = today_in_stockholm(ctx.now).year
    measurement = _current(ctx.session, scope, this_year) if ar is None else _of_year(ctx.session, scope, ar)
    head = page_head(
        "Avsluta och publicera", "När alla har fått tid att svara avslutas mätningen och resultatet visas."
    )
    if measurement is None:
        return html.Div([head, closing.nothing_to_close()])
    content, still = _draw(ctx, scope, measurement)
    return html.Div(
        [
            head,
            html.Div(content, id=Id.content),
            dcc.Interval(id=Id.tick, interval=EVERY, disabled=still),
            dcc.Store(id=Id.year, data=measurement.year),
        ]
    )


# A button that is drawn anew reports itself with no clicks: that is nobody's wish.


@action(
    *_REDRAW,
    Input(closing.Id.extend, "n_clicks"),
    State(closing.Id.later, "value"),
    _YEAR,
    needs=Permission.MEASUREMENT_RUN,
)
def extend(ctx: Context, clicks: int | None, closes: Day, year: int) -> Redrawn | tuple[object, object]:
    if not clicks:
        return no_update, no_update
    scope, measurement, today = _asked(ctx, year)
    commands.extend(ctx.session, scope, measurement.id, _chosen(closes), today)
    return _redraw(ctx, scope, year)


@action(
    *_REDRAW,
    Input(unit_days.Id.extend, "n_clicks"),
    State(unit_days.Id.unit, "value"),
    State(unit_days.Id.closes, "value"),
    _YEAR,
    needs=Permission.MEASUREMENT_RUN,
)
def extend_unit(
    ctx: Context, clicks: int | None, unit_id: UnitId, closes: Day, year: int
) -> Redrawn | tuple[object, object]:
    if not clicks:
        return no_update, no_update
    scope, measurement, today = _asked(ctx, year)
    unit_commands.extend(ctx.session, scope, measurement.id, unit_id, _chosen(closes), today=today)
    return _redraw(ctx, scope, year)


@action(*_REDRAW, Input(closing.Id.close, "n_clicks"), _YEAR, needs=Permission.MEASUREMENT_RUN)
def close(ctx: Context, clicks: int | None, year: int) -> Redrawn | tuple[object, object]:
    if not clicks:
        return no_update, no_update
    scope, measurement, today = _asked(ctx, year)
    commands.close(ctx.session, scope, measurement.id, today)
    return _redraw(ctx, scope, year)


@action(
    *_REDRAW,
    Input(closing.Id.reopen, "n_clicks"),
    State(closing.Id.again_until, "value"),
    _YEAR,
    needs=Permission.MEASUREMENT_RUN,
)
def reopen(ctx: Context, clicks: int | None, closes: Day, year: int) -> Redrawn | tuple[object, object]:
    if not clicks:
        return no_update, no_update
    scope, measurement, today = _asked(ctx, year)
    commands.reopen(ctx.session, scope, measurement.id, _chosen(closes), today)
    return _redraw(ctx, scope, year)


@action(*_REDRAW, Input(closing.Id.release, "n_clicks"), _YEAR, needs=Permission.MEASUREMENT_RUN)
def release(ctx: Context, clicks: int | None, year: int) -> Redrawn | tuple[object, object]:
    if not clicks:
        return no_update, no_update
    scope, measurement, _today = _asked(ctx, year)
    commands.request_release(ctx.session, scope, measurement.id, ctx.now)
    return _redraw(ctx, scope, year)


@action(
    *_REDRAW,
    Input(closing.Id.cancel, "n_clicks"),
    State(closing.Id.typed, "value"),
    _YEAR,
    needs=Permission.MEASUREMENT_RUN,
)
def cancel(ctx: Context, clicks: int | None, typed: str | None, year: int) -> Redrawn | tuple[object, object]:
    if not clicks:
        return no_update, no_update
    scope, measurement, _today = _asked(ctx, year)
    if (typed or "").strip() != str(year):
        raise Invalid(f"Skriv årtalet {year} i rutan för att avbryta mätningen. Ingenting har ändrats.")
    commands.cancel(ctx.session, scope, measurement.id, ctx.now)
    return _redraw(ctx, scope, year)


@action(*_REDRAW, Input(Id.tick, "n_intervals"), _YEAR, needs=Permission.MEASUREMENT_RUN, by_clock=True)
def look(ctx: Context, _ticks: int | None, year: int) -> Redrawn:
    return _redraw(ctx, access.measurement(ctx), year)


def _asked(ctx: Context, year: int) -> tuple[DeskScope, MeasurementSummary, date]:
    scope = access.measurement(ctx)
    return scope, measurements.of_year(ctx.session, scope, year), today_in_stockholm(ctx.now)


def _chosen(day: date | None) -> date:
    if day is None:
        raise Invalid("Välj en ny sista dag först.")
    return day


def _redraw(ctx: Context, scope: DeskScope, year: int) -> Redrawn:
    return _draw(ctx, scope, _of_year(ctx.session, scope, year))


def _current(session: Session, scope: DeskScope, this_year: int) -> MeasurementSummary | None:
    """The one of this year, even a cancelled one where there is no other, or the latest before it."""
    latest = measurements.current(session, scope, this_year)
    if latest is not None and latest.year == this_year:
        return latest
    return measurements.cancelled(session, scope, this_year) or latest


def _of_year(session: Session, scope: DeskScope, year: int) -> MeasurementSummary:
    """The one of the year, or a cancelled one where there is no other. Raises NotFound."""
    years = measurements.all_years(session, scope)
    cancelled = None if any(found.year == year for found in years) else measurements.cancelled(session, scope, year)
    return cancelled or measurements.of_year(session, scope, year)


def _draw(ctx: Context, scope: DeskScope, measurement: MeasurementSummary) -> Redrawn:
    job = jobs.release_job(ctx.session, scope, measurement.id)
    countdown = countdowns.of_measurement(ctx.session, scope, measurement.id)
    units = follow_up.read(ctx.session, scope, measurement.id).units
    skipped = measurements.skipped_ballots(ctx.session, scope, measurement.id)
    own_days = unit_periods.read(ctx.session, scope, measurement.id)
    ending = closing.Ending(job, countdown, units[0].response.answered if units else 0, skipped, own_days)
    content = closing.content(measurement, ending, today_in_stockholm(ctx.now))
    return content, not closing.is_ending(measurement, job)
