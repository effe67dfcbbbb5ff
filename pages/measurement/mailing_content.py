"""What /matning/utskick shows: how it goes, redrawn by the clock, and the rest, redrawn when somebody has acted."""

from __future__ import annotations

from dash.development.base_component import Component

from db.queries import mailings, wordings
from db.queries.measurements import MeasurementSummary
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.language import DEFAULT_LANGUAGE
from dimios_dash.mail.messages import Sender
from dimios_dash.web import Context
from pages.measurement import files, mailing_pace, mailing_reminders, mailing_state, mailing_stopped

MOST_LISTED = 200  # of the mails that have stopped; as many again when these are dealt with


def state(ctx: Context, scope: DeskScope, measurement: MeasurementSummary) -> list[Component]:
    """How the mails go."""
    found, today = mailings.read(ctx.session, scope, measurement.id), today_in_stockholm(ctx.now)
    return mailing_state.drawn(found, today, runs=_is_open(measurement) and _runs(ctx, scope))


def content(ctx: Context, scope: DeskScope, measurement: MeasurementSummary) -> list[Component]:
    """Mails that have stopped, then reminders; nothing to do where the measurement is not open."""
    if not _is_open(measurement):
        return []
    stopped = mailings.stopped(ctx.session, scope, files.vault(ctx), measurement.id, MOST_LISTED)
    found = mailings.read(ctx.session, scope, measurement.id)
    return [
        *mailing_stopped.drawn(stopped),
        *(_reminders(ctx, scope, measurement, found) if _runs(ctx, scope) else []),
    ]


def _reminders(
    ctx: Context, scope: DeskScope, measurement: MeasurementSummary, found: mailings.Mailing
) -> list[Component]:
    to_remind = mailings.to_remind(ctx.session, scope, measurement.id, today_in_stockholm(ctx.now))
    sender = Sender(ctx.settings.mail_from, ctx.settings.support_address)
    texts = {kind: said.text for kind, said in wordings.of_language(ctx.session, scope, DEFAULT_LANGUAGE).items()}
    sample = mailing_reminders.sample_of(ctx.user.organisation_name, measurement, texts, sender, ctx.now)
    return [
        *mailing_reminders.drawn(measurement, found, to_remind, sample, today_in_stockholm(ctx.now)),
        mailing_pace.drawn(found.per_minute),
    ]


def _is_open(measurement: MeasurementSummary) -> bool:
    return measurement.state is MeasurementState.OPEN


def _runs(ctx: Context, scope: DeskScope) -> bool:
    """Whether this user decides about the mails of the whole measurement."""
    return scope.branch is None and ctx.user.may(Permission.MEASUREMENT_RUN)
