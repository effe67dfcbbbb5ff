"""Targets (mål): a value that a level should have reached by a year, and how far it is there.

What has been is compared with what remains; nothing is foretold.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dimios_dash.domain.scoring import DECIMALS
from dimios_dash.errors import Invalid
from dimios_dash.ids import AccountId
from dimios_dash.translations import _

LOWEST, HIGHEST = 0, 100
LONGEST_NAME = 80
FURTHEST = 20  # years ahead


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody aims at. `owner_name` is for an owner without an account; empty beside `owner_account`."""

    value: float  # 0-100, one decimal
    year: int  # of the measurement that should show it
    owner_name: str = ""
    owner_account: AccountId | None = None


class Standing(StrEnum):
    REACHED = "reached"
    LATE = "late"  # its year has come, and it is not reached
    AHEAD = "ahead"  # its year is still to come


@dataclass(frozen=True, slots=True)
class Change:
    """How a level has changed since an earlier year, on what both years show."""

    since: int
    points: float
    certain: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a level is from its target in a year's measurement."""

    standing: Standing
    left: float  # points, one decimal; 0 or less: reached
    needed: float | None  # points a year until then; None where no year is left or nothing is needed
    pace: float | None  # points a year so far; None where there is no earlier year to compare with
    change: Change | None


def checked(wish: Wish, this_year: int) -> Wish:
    """The wish as it is kept. Raises Invalid for a value off the scale, a year that is no coming one, a bad name."""
    name = " ".join(wish.owner_name.split())
    if not LOWEST <= wish.value <= HIGHEST:
        raise Invalid(_("Målet ska vara ett tal från 0 till 100. Ändra det och spara igen."))
    if not this_year <= wish.year <= this_year + FURTHEST:
        raise Invalid(
            _("Målets år ska vara mellan %(first)s och %(last)s.", first=this_year, last=this_year + FURTHEST)
        )
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(_("Namnet på den ansvariga får ha högst %(most)s vanliga tecken.", most=LONGEST_NAME))
    if name and wish.owner_account:
        raise Invalid(_("Välj antingen ett konto eller skriv ett namn. Töm ett av fälten och spara igen."))
    return Wish(round(wish.value, DECIMALS), wish.year, name, wish.owner_account)


def progress(target: float, by: int, now: float, year: int, change: Change | None) -> Progress:
    """`now` is the level's value in the measurement of `year`; `change` is how it came there."""
    left = round(target - now, DECIMALS)
    pace = None if change is None else change.points / (year - change.since)
    if left <= 0:
        return Progress(Standing.REACHED, left, None, pace, change)
    if by <= year:
        return Progress(Standing.LATE, left, None, pace, change)
    return Progress(Standing.AHEAD, left, left / (by - year), pace, change)
