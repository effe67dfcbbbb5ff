"""How many mails may go out at a moment, where somebody has set a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """So many mails a minute, evenly: whoever asks once a second gets them all.

    In no minute more go out than one more, and one second's worth.

    `free_at` is when the mails sent so far have had their time; None: none has been sent.
    """

    per_minute: int
    free_at: datetime | None

    def allows(self, now: datetime) -> int:
        """How many may go out now."""
        ahead = now + _SECOND + self._each - self._begins(now)
        return max(0, ahead // self._each)

    def after(self, now: datetime, count: int) -> datetime:
        """`free_at` when `count` go out now."""
        return self._begins(now) + count * self._each

    @property
    def _each(self) -> timedelta:
        return _MINUTE / self.per_minute

    def _begins(self, now: datetime) -> datetime:
        return now if self.free_at is None else max(now, self.free_at)
