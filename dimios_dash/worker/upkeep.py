"""What is done by the clock: old rows are thrown away, boxes remixed every night, benchmarks on fixed days,
and on Mondays key users are told how it goes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from db.commands import jobs, returned_mails, upkeep
from db.engine import transaction
from dimios_dash import access
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.comparing import fixed_dates
from dimios_dash.domain.work import JobKind
from dimios_dash.surroundings import Surroundings

NIGHT_ENDS = timedelta(hours=3)  # Swedish time: when the night's work is asked for
MAIL_HOUR = timedelta(hours=7)  # Swedish time, of a Monday


def run(here: Surroundings, now: datetime) -> None:
    """Harmless to do twice: work is asked for once for each day or night, however many workers there are."""
    day = fixed_dates.latest(today_in_stockholm(now))
    night = today_in_stockholm(now - NIGHT_ENDS)
    with transaction(here.engine, None) as session:
        upkeep.throw_away(session, access.system(), now)
        returned_mails.throw_away(session, access.system(), today_in_stockholm(now))
        jobs.ask_once(session, access.system(), JobKind.BENCHMARKS, _id(JobKind.BENCHMARKS, day), now)
        jobs.ask_once(session, access.system(), JobKind.BOXES, _id(JobKind.BOXES, night), now)
        if is_monday_morning(now):
            jobs.ask_once(session, access.system(), JobKind.WEEKLY_MAIL, _id(JobKind.WEEKLY_MAIL, night), now)


def is_monday_morning(now: datetime) -> bool:
    """Whether it is Monday in Sweden, from seven on."""
    return today_in_stockholm(now) == today_in_stockholm(now - MAIL_HOUR) and today_in_stockholm(now).weekday() == 0


def _id(kind: JobKind, day: date) -> UUID:
    return uuid5(NAMESPACE_URL, f"dimios-dash:{kind}:{day}")
