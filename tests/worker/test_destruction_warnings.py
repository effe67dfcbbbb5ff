"""Key users are warned by mail before the answers of a closed measurement are destroyed, each time once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.models import DestructionWarning
from dimios_dash.domain.permissions import Role
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import destruction_warnings
from tests.smtp_server import SmtpServer
from tests.worker.waiting import NOW, Waiting

CLOSED = NOW.date() - timedelta(days=31)


@pytest.fixture
def forgotten(waiting: Waiting) -> Waiting:
    """Closed 31 days ago, with two key users and others."""
    waiting.change(state="closed", closed_on=CLOSED)
    for address in ("eva@ekhamn.example", "bo@ekhamn.example"):
        waiting.make.account(waiting.organisation_id, Role.KEY_USER, address)
    waiting.make.account(waiting.organisation_id, Role.LEADER, "chef@ekhamn.example")
    waiting.make.session.commit()
    return waiting


def kept(waiting: Waiting) -> list[tuple[date, int]]:
    rows = waiting.make.session.execute(select(DestructionWarning.closed_on, DestructionWarning.number)).all()
    waiting.make.session.rollback()
    return [(row.closed_on, row.number) for row in rows]


def test_every_key_user_gets_the_first_warning_once(here: Surroundings, server: SmtpServer, forgotten: Waiting) -> None:
    nights = [destruction_warnings.give(here, NOW + timedelta(days=day)) for day in (0, 0, 1)]

    assert nights == [1, 0, 0]
    assert sorted(server.receivers) == ["bo@ekhamn.example", "eva@ekhamn.example"]
    assert kept(forgotten) == [(CLOSED, 1)]


@pytest.mark.usefixtures("forgotten")
def test_the_warning_says_the_last_day_and_where_to_publish(here: Surroundings, server: SmtpServer) -> None:
    destruction_warnings.give(here, NOW)

    mail = server.mails[0]
    text = mail.get_content()
    assert mail["Subject"] == "Svaren i mätningen för 2026 förstörs den 14 juli 2026"
    assert "https://svar.example/matning/avsluta?ar=2026" in text
    assert "varning 1 av 3" in text


def test_a_measurement_that_is_opened_or_released_is_not_warned_of(
    here: Surroundings, server: SmtpServer, forgotten: Waiting
) -> None:
    for state in ("open", "released", "destroyed", "cancelled"):
        forgotten.change(state=state)
        assert destruction_warnings.give(here, NOW) == 0

    assert server.receivers == []


def test_a_warning_that_our_server_could_not_take_is_given_the_next_night(
    here: Surroundings, server: SmtpServer, forgotten: Waiting
) -> None:
    nobody = Surroundings(here.settings.model_copy(update={"smtp_port": 1}), here.engine, here.keys)

    assert destruction_warnings.give(nobody, NOW) == 0
    assert kept(forgotten) == []
    assert destruction_warnings.give(here, NOW + timedelta(days=1)) == 1
    assert len(server.receivers) == 2
