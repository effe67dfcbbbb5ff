"""Key users are told on Mondays how an open measurement goes, unless they do not want to know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from db.models import Account
from dimios_dash.domain.permissions import Role
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import upkeep, weekly_mail
from tests.smtp_server import SmtpServer
from tests.worker.waiting import NOW, Waiting


@pytest.fixture
def followed(waiting: Waiting) -> Waiting:
    """With two key users, one of whom wants no mail, and a leader."""
    for address in ("eva@ekhamn.example", "bo@ekhamn.example"):
        account_id = waiting.make.account(waiting.organisation_id, Role.KEY_USER, address)
        if address.startswith("bo"):
            waiting.make.session.execute(update(Account).where(Account.id == account_id).values(weekly_mail=False))
    waiting.make.account(waiting.organisation_id, Role.LEADER, "chef@ekhamn.example")
    waiting.invite("svar@ekhamn.example", answered=True)
    waiting.invite("tyst@ekhamn.example")
    waiting.make.session.commit()
    return waiting


@pytest.mark.usefixtures("followed")
def test_those_who_want_it_are_told_how_it_goes(here: Surroundings, server: SmtpServer) -> None:
    sent = weekly_mail.send(here, NOW)

    assert sent == 1
    assert server.receivers == ["eva@ekhamn.example"]
    text = server.mails[0].get_content()
    assert "har 1 av 2 svarat, 50 %." in " ".join(text.split())
    assert "https://svar.example/matning/folj?ar=2026" in text


@pytest.mark.parametrize("state", ["draft", "closed", "released", "cancelled"])
def test_only_an_open_measurement_is_told_of(
    here: Surroundings, server: SmtpServer, followed: Waiting, state: str
) -> None:
    followed.change(state=state, closed_on=None if state in {"draft", "cancelled"} else NOW.date())

    assert weekly_mail.send(here, NOW) == 0
    assert server.mails == []


def test_after_the_last_day_nobody_is_written_to(here: Surroundings, server: SmtpServer, followed: Waiting) -> None:
    followed.change(closes=NOW.date() - timedelta(days=1))

    assert weekly_mail.send(here, NOW) == 0
    assert server.mails == []


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 23, 5, 59, tzinfo=UTC), False),  # Monday 6:59 in Sweden
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), False),  # Tuesday
        (datetime(2026, 6, 1, 4, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 1, 5, 0, tzinfo=UTC), True),
    ],
)
def test_the_week_begins_on_monday_at_seven_in_sweden(now: datetime, due: bool) -> None:
    assert upkeep.is_monday_morning(now) is due
