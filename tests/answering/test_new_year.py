"""The form on both sides of New Year: midnight in Sweden is 23:00 UTC the day before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from dimios_dash.answering import drawing
from tests.answering.links import FIELDS, THIS_YEAR, Box

MIDNIGHT = datetime(THIS_YEAR, 12, 31, 23, tzinfo=UTC)


class Clock(datetime):
    """A clock that stands."""

    at = MIDNIGHT

    @classmethod
    def now(cls, tz: object = None) -> Clock:
        assert tz is UTC
        return cls.fromtimestamp(cls.at.timestamp(), UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(drawing, "datetime", Clock)
    return Clock


def test_the_first_second_of_the_new_year_receives_nothing_and_the_last_of_the_old_does(
    box: Box, browser: FlaskClient, clock: type[Clock]
) -> None:
    link = box.link()
    clock.at = MIDNIGHT

    looked, sent = browser.get(link.path), browser.post(link.path, data=FIELDS)
    stored = box.answered(link), box.ballots(link)
    clock.at = datetime.fromtimestamp(MIDNIGHT.timestamp() - 1, UTC)
    received = browser.post(link.path, data=FIELDS)

    assert (looked.status_code, sent.status_code) == (410, 410)
    assert "Mätningen är stängd" in looked.text
    assert stored == (False, [])
    assert (received.status_code, box.answered(link)) == (303, True)
