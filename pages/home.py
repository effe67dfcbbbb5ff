"""/ — the three steps of the method with their state, and the one thing to do next; or the newest results."""

from __future__ import annotations

from dash.development.base_component import Component

from db.queries import countdowns, follow_up, measurements, unit_periods
from db.queries import sample as samples
from db.queries.measurements import MeasurementSummary
from dimios_dash import access
from dimios_dash.components.layout import Tone, empty, link_button, notice, page_head
from dimios_dash.domain.calendar import MeasurementState, late_in_year_warning, today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.response_goal import Standing, standing
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import percent
from dimios_dash.users import User
from dimios_dash.web import Context, page
from pages import steps
from pages.earlier_years import unfinished
from pages.measurement import ended
from pages.measurement.follow_whole import problems
from pages.measurement.unit_days import in_short
from pages.steps import Situation


@page("/", title="Start", needs=None, scope=access.home, menu="Start")
def layout(ctx: Context, scope: DeskScope) -> Component:
    if ctx.user.may(Permission.FOLLOW_UP):
        return _desk(ctx, scope)
    if ctx.user.may(Permission.RESULTS_READ):
        return _readers(ctx, scope)
    return _others(ctx.user)


def _desk(ctx: Context, scope: DeskScope) -> Component:
    years = measurements.all_years(ctx.session, scope)
    situation = _situation(ctx, scope, years)
    return html.Div(
        [
            page_head("Digital mognad i tre steg", steps.lead(situation), f"Mätning {situation.year}"),
            *_late(situation),
            *_goal(situation),
            *_mails(situation),
            *_being_destroyed(ctx, scope, situation.year),
            *(_kept_a_while(ctx, scope, years) if ctx.user.may(Permission.MEASUREMENT_RUN) else []),
            *(unfinished(situation.year, years) if ctx.user.may(Permission.MEASUREMENT_RUN) else []),
            *_own_days(ctx, scope, situation),
            steps.draw(situation, ctx.user),
        ]
    )


def _situation(ctx: Context, scope: DeskScope, years: tuple[MeasurementSummary, ...]) -> Situation:
    today = today_in_stockholm(ctx.now)
    this_year = next((found for found in years if found.year == today.year), None)
    sample = samples.read(ctx.session, scope, None if this_year is None else this_year.id)
    response = None
    if this_year is not None and this_year.state is not MeasurementState.DRAFT:
        found = follow_up.read(ctx.session, scope, this_year.id)
        response = found.units[0].response if found.units else None
    released = [found.year for found in years if found.state is MeasurementState.RELEASED]
    return Situation(today, this_year, len(sample.units), sample.respondents, response, max(released, default=None))


def _goal(situation: Situation) -> list[Component]:
    """That the goal is reached, or that it will not be at this pace."""
    measurement, response = situation.measurement, situation.response
    if measurement is None or measurement.period is None or response is None or response.rate is None:
        return []
    if situation.state is not MeasurementState.OPEN:
        return []
    stands = standing(response.rate, measurement.goal, measurement.period, situation.today)
    follow = dcc.Link("Följ svaren", href="/matning/folj")
    if stands is Standing.REACHED:
        return [notice(Tone.SUCCESS, f"Målet på {measurement.goal} % svar är nått", follow)]
    if stands is Standing.BEHIND:
        sentence = (
            f"Målet är {measurement.goal} %, och {percent(response.rate)} har svarat. Påminn dem som inte har det."
        )
        return [notice(Tone.WARNING, "Svaren kommer långsammare än vad som behövs", sentence, follow)]
    return []


def _mails(situation: Situation) -> list[Component]:
    """Mails that came back, or may have been lost, while something can be done about it."""
    if situation.state is not MeasurementState.OPEN or situation.response is None:
        return []
    return problems(situation.response)


def _late(situation: Situation) -> list[Component]:
    late = late_in_year_warning(situation.today)
    over = situation.state in {MeasurementState.RELEASED, MeasurementState.DESTROYED}
    return [notice(Tone.WARNING, late)] if late and not over else []


def _being_destroyed(ctx: Context, scope: DeskScope, year: int) -> list[Component]:
    """A measurement that was cancelled a moment ago, until the worker has done its part."""
    cancelled = measurements.cancelled(ctx.session, scope, year)
    return [] if cancelled is None or cancelled.box_destroyed else [ended.cancelled(cancelled)]


def _kept_a_while(ctx: Context, scope: DeskScope, years: tuple[MeasurementSummary, ...]) -> list[Component]:
    """Closed measurements whose answers will be destroyed, from the first warning on."""
    closed = [found for found in years if found.state is MeasurementState.CLOSED]
    counted = [(found.year, countdowns.of_measurement(ctx.session, scope, found.id)) for found in closed]
    return [ended.kept_until(year, countdown) for year, countdown in counted if countdown and countdown.warned_on]


def _own_days(ctx: Context, scope: DeskScope, situation: Situation) -> list[Component]:
    """That units of an open measurement have other days than the rest."""
    measurement = situation.measurement
    if measurement is None or situation.state is not MeasurementState.OPEN:
        return []
    said = in_short(unit_periods.read(ctx.session, scope, measurement.id), situation.today)
    return [html.P([f"{said} ", dcc.Link("Se vilka", href="/matning/folj")])] if said else []


def _readers(ctx: Context, scope: DeskScope) -> Component:
    years = measurements.all_years(ctx.session, scope)
    released = [found.year for found in years if found.state is MeasurementState.RELEASED]
    head = page_head("Digital mognad", "Här utforskar du vad mätningarna har visat.", ctx.user.organisation_name)
    if not released:
        nothing = empty(
            "Inget resultat är publicerat ännu",
            "När er nyckelanvändare har avslutat och publicerat en mätning finns resultatet här.",
        )
        return html.Div([head, nothing])
    links = [
        link_button(f"Se resultatet för {year}", f"/resultat/oversikt?ar={year}", primary=year == released[0])
        for year in released
    ]
    return html.Div([head, html.Div(links, className="actions")])


def _others(user: User) -> Component:
    sentence = (
        "Du sköter plattformen. Organisationer och användare läggs upp från kommandoraden. "
        "Du ser aldrig adresser, svar eller resultat."
        if user.may(Permission.PLATFORM)
        else "Du sköter konton och behörigheter. Mätningen sköts av er nyckelanvändare."
    )
    return html.Div(page_head(f"Välkommen, {user.name}", sentence, user.organisation_name))
