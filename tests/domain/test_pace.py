"""How many mails may go out at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dimios_dash.domain.pace import Pace

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


def sent_in(per_minute: int, seconds: int, step: float = 1.0) -> list[int]:
    """What goes out at each step when there is always more to send."""
    sent, free_at = [], None
    for number in range(int(seconds / step)):
        now = NOW + timedelta(seconds=number * step)
        pace = Pace(per_minute, free_at)
        sent.append(pace.allows(now))
        free_at = pace.after(now, sent[-1])
    return sent


@pytest.mark.parametrize("per_minute", [1, 7, 10, 59, 60, 61, 300, 1200])
def test_in_no_minute_more_go_out_than_allowed_one_and_a_seconds_worth(per_minute: int) -> None:
    sent = sent_in(per_minute, 300)

    minutes = [sum(sent[start : start + 60]) for start in range(240)]

    assert max(minutes) <= per_minute + 1 + per_minute // 60
    assert min(minutes) >= per_minute - 1 - per_minute // 60


def test_ten_a_minute_are_one_every_six_seconds() -> None:
    assert sent_in(10, 18) == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]


def test_what_was_not_used_is_not_saved_up() -> None:
    pace = Pace(600, NOW - timedelta(hours=3))

    assert pace.allows(NOW) == 11
