"""The life-cycle of a measurement and the calendar year it belongs to.

The day is always an argument; which day it is in Sweden is answered by `today_in_stockholm`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dimios_dash.domain.days import written
from dimios_dash.errors import Invalid

STOCKHOLM = ZoneInfo("Europe/Stockholm")
LATE = (11, 1)  # month and day from which the pages warn
K_CHOICES = (3, 5, 7, 10)


class MeasurementState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    RELEASED = "released"
    DESTROYED = "destroyed"  # closed and never released: its answers are gone, and its year is used
    CANCELLED = "cancelled"  # by the key user; its answers are gone, and another may be made in its year


FOLLOWED_BY = {
    MeasurementState.DRAFT: (MeasurementState.OPEN, MeasurementState.CANCELLED),
    MeasurementState.OPEN: (MeasurementState.CLOSED, MeasurementState.CANCELLED),
    MeasurementState.CLOSED: (MeasurementState.OPEN, MeasurementState.RELEASED, MeasurementState.DESTROYED),
    MeasurementState.RELEASED: (),
    MeasurementState.DESTROYED: (),
    MeasurementState.CANCELLED: (),
}

_IS = {
    MeasurementState.DRAFT: "ett utkast",
    MeasurementState.OPEN: "öppen",
    MeasurementState.CLOSED: "stängd",
    MeasurementState.RELEASED: "publicerad",
    MeasurementState.DESTROYED: "förstörd",
    MeasurementState.CANCELLED: "avbruten",
}

_DEED = {
    MeasurementState.DRAFT: "göras om till ett utkast",
    MeasurementState.OPEN: "öppnas",
    MeasurementState.CLOSED: "stängas",
    MeasurementState.RELEASED: "publiceras",
    MeasurementState.DESTROYED: "förstöras",
    MeasurementState.CANCELLED: "avbrytas",
}

_NEXT = {
    MeasurementState.DRAFT: "Nästa steg är att öppna den.",
    MeasurementState.OPEN: "Nästa steg är att stänga den.",
    MeasurementState.CLOSED: "Den kan publiceras, eller öppnas igen under sitt kalenderår.",
    MeasurementState.RELEASED: "En publicerad mätning ändras inte mer.",
    MeasurementState.DESTROYED: "Svaren publicerades inte i tid och finns inte längre.",
    MeasurementState.CANCELLED: "Svaren finns inte längre. Förbered i stället en ny mätning.",
}


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which answers are received, both ends included, in Swedish time."""

    opens: date
    closes: date


def advance(current: MeasurementState, target: MeasurementState, year: int, today: date) -> MeasurementState:
    """Return `target`. Raises Invalid when the measurement of `year` may not become `target` `today`.

    Opening and reopening need that today is in the year; closing and release may come after it.
    """
    if current is target:
        raise Invalid(f"Mätningen är redan {_IS[current]}. Ladda om sidan för att se hur det ser ut nu.")
    if target not in FOLLOWED_BY[current]:
        raise Invalid(f"Mätningen är {_IS[current]} och kan inte {_DEED[target]}. {_NEXT[current]}")
    if target is MeasurementState.OPEN:
        check_running_year(year, today)
    return target


def check_running_year(year: int, today: date) -> None:
    """Raises Invalid unless `today` is in `year`: only then may a measurement be opened or extended."""
    if today.year < year:
        raise Invalid(f"Mätningen för {year} kan öppnas tidigast den 1 januari {year}.")
    if today.year > year:
        raise Invalid(
            f"År {year} är slut. Mätningen för {year} kan inte längre öppnas eller förlängas. "
            f"Gör i stället en mätning för {today.year}."
        )


def check_period(period: Period, year: int) -> None:
    """Raises Invalid when the period ends before it begins or leaves the calendar year `year`."""
    if period.closes < period.opens:
        raise Invalid(
            f"Sista dagen, {written(period.closes)}, ligger före den första, {written(period.opens)}. "
            "Välj en sista dag som är samma dag eller senare."
        )
    outside = [written(day) for day in (period.opens, period.closes) if day.year != year]
    if outside:
        raise Invalid(
            f"Mätningen för {year} måste ligga inom kalenderåret, men {' och '.join(outside)} ligger utanför. "
            f"Välj dagar från den 1 januari till den 31 december {year}."
        )


def today_in_stockholm(now: datetime) -> date:
    """The Swedish date of a moment. Raises ValueError for a time that does not say its zone."""
    if now.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return now.astimezone(STOCKHOLM).date()


def days_left(period: Period, today: date) -> int:
    """Days on which one can still answer, today included: 1 on the last day, 0 when it is over.

    Before the period begins it is the length of the whole period.
    """
    first = max(today, period.opens)
    return max(0, (period.closes - first).days + 1)


def late_in_year_warning(today: date) -> str | None:
    """From 1 November: what the end of the year means for a measurement that is not finished."""
    if (today.month, today.day) < LATE:
        return None
    return (
        f"Året är snart slut. Mätningen för {today.year} kan pågå till och med den 31 december; "
        "därefter kan den varken förlängas eller öppnas igen."
    )


def check_k(k: int) -> int:
    """Return `k`, the number of answers below which nothing is shown. Raises Invalid for other choices."""
    if k not in K_CHOICES:
        raise Invalid("Det minsta antalet svar för att något ska visas kan vara 3, 5, 7 eller 10. Välj ett av dem.")
    return k
