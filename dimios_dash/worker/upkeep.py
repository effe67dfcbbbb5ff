"""What is done by the clock: old rows are thrown away, benchmarks asked for on fixed days."""

from __future__ import annotations

from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from db.commands import jobs, upkeep
from db.engine import transaction
from dimios_dash import access
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.work import JobKind
from dimios_dash.surroundings import Surroundings

BENCHMARK_MONTHS = (1, 4, 7, 10)  # a pool that followed each release would give the newest organisation away


def run(here: Surroundings, now: datetime) -> None:
    """Harmless to do twice: benchmarks are asked for once for each fixed day, however many workers there are."""
    day = latest_benchmark_day(today_in_stockholm(now))
    with transaction(here.engine, None) as session:
        upkeep.throw_away(session, access.system(), now)
        jobs.ask_once(session, access.system(), JobKind.BENCHMARKS, _benchmarks_id(day), now)


def latest_benchmark_day(today: date) -> date:
    """The first of January, April, July or October that has come last, today included."""
    month = max(month for month in BENCHMARK_MONTHS if month <= today.month)
    return date(today.year, month, 1)


def _benchmarks_id(day: date) -> UUID:
    return uuid5(NAMESPACE_URL, f"dimios-dash:benchmarks:{day}")
