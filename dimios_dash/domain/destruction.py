"""When the answers of a closed measurement that nobody releases are destroyed, and when its key users are warned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

KEPT = timedelta(days=60)  # after closing
WARNED_AFTER = (timedelta(days=30), timedelta(days=45), timedelta(days=55))
SHORTEST_NOTICE = KEPT - WARNED_AFTER[-1]  # also where the worker has been away and warns late


@dataclass(frozen=True, slots=True)
class Countdown:
    """A closed measurement and the warnings since, at most three, the first one first."""

    closed_on: date
    warned_on: tuple[date, ...]

    @property
    def destroyed_on(self) -> date:
        """The earliest day, as far as is known: never less than SHORTEST_NOTICE after the latest warning."""
        return max([self.closed_on + KEPT, *(day + SHORTEST_NOTICE for day in self.warned_on)])

    def warning_due(self, today: date) -> int | None:
        """The number of the warning to give today, from 1; None when it is not time or all have been given.

        Never two on the same day: a worker that comes back late warns three nights in a row.
        """
        given = len(self.warned_on)
        if given == len(WARNED_AFTER) or today in self.warned_on:
            return None
        return given + 1 if today >= self.closed_on + WARNED_AFTER[given] else None

    def is_over(self, today: date) -> bool:
        """Whether all warnings have been given and the time is up."""
        return len(self.warned_on) == len(WARNED_AFTER) and today >= self.destroyed_on
