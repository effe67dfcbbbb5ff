"""On which days those who have not answered are reminded. Days are Swedish dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import pairwise

from dimios_dash.domain.calendar import Period
from dimios_dash.domain.days import written
from dimios_dash.errors import Invalid

MOST_ROUNDS = 4  # of one measurement, by hand or planned: more do not bring answers, they annoy
FEWEST_DAYS = 4  # between two rounds; fewer are warned of
LATEST = timedelta(days=2)  # a round whose day was missed (a pause, a stop of ours) is still sent so long after
_AFTER_THE_START = (timedelta(days=7), timedelta(days=14))
_BEFORE_THE_END = timedelta(days=2)


def proposed(period: Period, today: date) -> tuple[date, ...]:
    """A week and two weeks after the start and two days before the end: those still to come, none too near another."""
    wanted = [*(period.opens + after for after in _AFTER_THE_START), period.closes - _BEFORE_THE_END]
    chosen: list[date] = []
    for day in sorted(wanted, reverse=True):  # the one before the end matters most
        if today < day <= wanted[-1] and day > period.opens and not _too_near([*chosen, day]):
            chosen.append(day)
    return tuple(sorted(chosen))


def check_plan(days: Collection[date], sent: Collection[date], period: Period, today: date) -> None:
    """Raises Invalid for a day that is over or outside the period, and for more than MOST_ROUNDS with those sent.

    The period lies within its calendar year, so no reminder is ever planned beyond it.
    """
    for day in sorted(days):
        if day.year > period.closes.year:
            raise Invalid(
                f"Den {written(day)} är året slut, och då kan ingen svara. En mätning hör till ett kalenderår och kan "
                f"inte förlängas över nyår. Välj en dag till och med den {written(period.closes)}."
            )
        if day > period.closes:
            raise Invalid(
                f"Den {written(day)} är mätningen slut: sista dagen är den {written(period.closes)}. "
                "Välj en dag före det, eller förläng mätningen först."
            )
        if day <= max(today, period.opens):
            raise Invalid(
                f"Den {written(day)} går inte att välja. En planerad påminnelse skickas tidigast i morgon, "
                "och tidigast dagen efter att mätningen har börjat."
            )
    if len(days) + len(sent) > MOST_ROUNDS:
        raise Invalid(
            f"En mätning har högst {MOST_ROUNDS} omgångar påminnelser, de skickade inräknade. Ta bort någon dag."
        )


def too_near(days: Iterable[date]) -> tuple[tuple[date, date], ...]:
    """Neighbours among the days with fewer than FEWEST_DAYS between them, to be warned of."""
    return tuple(pair for pair in pairwise(sorted(days)) if _apart(*pair) < FEWEST_DAYS)


def round_to_send(planned: Collection[date], sent: Collection[date], today: date) -> date | None:
    """The one round that is due now: the latest whose day has come, is not too long ago, and follows all those sent.

    The others are missed, so that nobody gets two on one day.
    """
    after = max([today - LATEST - timedelta(days=1), *sent])
    return max((day for day in planned if after < day <= today), default=None)


def _too_near(days: Iterable[date]) -> bool:
    return bool(too_near(days))


def _apart(first: date, second: date) -> int:
    return (second - first).days
