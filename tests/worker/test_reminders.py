"""Rounds of reminders, from the key user's plan to each person's mailbox at a real SMTP server."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from db.commands import reminders
from db.engine import Role, connect, transaction
from db.models import Invitation, ReminderRound
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import MeasurementId, UnitId, new_id
from dimios_dash.mail.delivery import Postman
from dimios_dash.preparation import role_url
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import invitations
from tests.smtp_server import SmtpServer
from tests.worker.waiting import NOW, Waiting

TODAY = NOW.date()


def work(here: Surroundings, now: datetime) -> None:
    """A round of the worker."""
    invitations.tidy(here, now)
    with Postman(here.settings) as postman:
        list(invitations.send_due(here, postman, lambda: now))


def morning(days: int) -> datetime:
    """Seven o'clock in Sweden, so many days from today."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, 5, tzinfo=UTC) + timedelta(days=days)


def as_key_user(here: Surroundings, waiting: Waiting, deed: str, *arguments: object) -> object:
    """A deed of the key user's, done with the rights of the web process."""
    engine = connect(role_url(here.settings, here.keys, Role.WEB))
    desk = waiting.make.desk(waiting.organisation_id)
    try:
        with transaction(engine, waiting.organisation_id) as session:
            return getattr(reminders, deed)(session, desk, waiting.measurement_id, *arguments)
    finally:
        engine.dispose()


def answer(waiting: Waiting, address: str) -> None:
    """Somebody answers."""
    index = AddressVault.open(waiting.make.keys, waiting.organisation_id).index(address)
    waiting.make.session.execute(update(Invitation).where(Invitation.address_index == index).values(answered=True))
    waiting.make.session.commit()


def subjects(server: SmtpServer) -> Counter[tuple[str, str]]:
    """How many invitations and reminders each person got."""
    kinds = ("reminder" if str(mail["Subject"]).startswith("Påminnelse") else "invitation" for mail in server.mails)
    return Counter(zip(server.receivers, kinds, strict=True))


def test_each_person_is_reminded_on_the_planned_days_until_they_answer(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    for name in ("eva", "bo", "siv"):
        waiting.invite(f"{name}@ekhamn.example")
    work(here, NOW)
    as_key_user(here, waiting, "plan", [TODAY + timedelta(days=7), TODAY + timedelta(days=14)], TODAY)

    for day in range(1, 20):
        if day == 5:
            answer(waiting, "eva@ekhamn.example")
        if day == 10:
            answer(waiting, "bo@ekhamn.example")
        work(here, morning(day) - timedelta(minutes=1))
        assert len(server.mails) == 3 + 2 * (day > 7) + (day > 14)  # nothing before seven o'clock
        work(here, morning(day))
        work(here, morning(day) + timedelta(hours=3))

    assert subjects(server) == Counter(
        {
            **{(f"{name}@ekhamn.example", "invitation"): 1 for name in ("eva", "bo", "siv")},
            ("bo@ekhamn.example", "reminder"): 1,
            ("siv@ekhamn.example", "reminder"): 2,
        }
    )


def test_two_workers_send_a_round_once(here: Surroundings, waiting: Waiting) -> None:
    waiting.invite("eva@ekhamn.example")
    work(here, NOW)
    as_key_user(here, waiting, "plan", [TODAY + timedelta(days=1)], TODAY)

    with transaction(here.engine, None) as first, transaction(here.engine, None) as second:
        queued = [reminders.queue_planned(each, access.system(), morning(1)) for each in (first, second)]

    assert queued == [1, 0]
    assert reminders_left(waiting) == []


def test_a_reminder_sent_now_goes_to_those_who_have_not_answered(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    for name in ("eva", "bo"):
        waiting.invite(f"{name}@ekhamn.example")
    waiting.invite("borta@ekhamn.example", removed=True)
    work(here, NOW)
    answer(waiting, "eva@ekhamn.example")

    count = as_key_user(here, waiting, "remind_now", NOW)
    work(here, NOW + timedelta(minutes=1))

    assert count == 1
    assert subjects(server)["bo@ekhamn.example", "reminder"] == 1
    assert len(server.mails) == 3


def test_whoever_answers_while_the_reminder_waits_gets_nothing(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    waiting.invite("eva@ekhamn.example")
    work(here, NOW)
    as_key_user(here, waiting, "remind_now", NOW)
    answer(waiting, "eva@ekhamn.example")

    work(here, NOW + timedelta(minutes=1))

    assert len(server.mails) == 1
    assert waiting.states() == ["dropped", "sent"]


def test_a_paused_measurement_misses_its_rounds_and_never_sends_two_at_once(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    waiting.invite("eva@ekhamn.example")
    work(here, NOW)
    as_key_user(here, waiting, "plan", [TODAY + timedelta(days=day) for day in (3, 9, 10)], TODAY)
    as_key_user(here, waiting, "pause")
    for day in range(1, 11):
        work(here, morning(day))
    paused = len(server.mails)

    as_key_user(here, waiting, "resume")
    for day in range(10, 20):
        work(here, morning(day) + timedelta(hours=1))

    assert paused == 1
    assert subjects(server)["eva@ekhamn.example", "reminder"] == 1


def test_what_was_called_off_is_not_sent_though_the_pause_is_over(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    waiting.invite("eva@ekhamn.example")
    work(here, NOW)
    as_key_user(here, waiting, "remind_now", NOW)
    as_key_user(here, waiting, "pause")

    assert as_key_user(here, waiting, "call_off") == 1
    as_key_user(here, waiting, "resume")
    work(here, NOW + timedelta(minutes=1))

    assert len(server.mails) == 1


def test_a_round_on_the_last_day_of_the_year_is_not_sent_in_the_new_one(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    waiting.invite("eva@ekhamn.example")
    work(here, NOW)
    as_key_user(here, waiting, "plan", [date(TODAY.year, 12, 31)], TODAY)

    for hour in range(60):  # the worker was away all day, and comes back after midnight
        work(here, datetime(TODAY.year, 12, 31, 23, tzinfo=UTC) + timedelta(hours=hour))

    assert len(server.mails) == 1


def test_a_reminder_for_the_second_of_january_cannot_be_planned(here: Surroundings, waiting: Waiting) -> None:
    with pytest.raises(Invalid, match="kan inte förlängas över nyår"):
        as_key_user(here, waiting, "plan", [date(TODAY.year + 1, 1, 2)], TODAY)


def test_one_that_stands_in_january_all_the_same_is_never_sent(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    waiting.invite("eva@ekhamn.example")
    work(here, NOW)
    row = {"organisation_id": waiting.organisation_id, "measurement_id": waiting.measurement_id}
    waiting.make.session.add(ReminderRound(**row, day=date(TODAY.year + 1, 1, 2)))
    waiting.make.session.commit()

    for hour in range(0, 96, 3):
        work(here, datetime(TODAY.year, 12, 31, 23, tzinfo=UTC) + timedelta(hours=hour))

    assert len(server.mails) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"state": "closed", "closed_on": TODAY}, "gör det inte"),
        ({"closes": TODAY - timedelta(days=1)}, "kan ingen svara"),
        ({"mail_paused": True}, "Återuppta dem först"),
        ({}, "ingen att påminna"),
    ],
    ids=["closed", "over", "paused", "nobody left"],
)
def test_no_reminder_is_sent_now_where_it_would_be_wrong(
    here: Surroundings, waiting: Waiting, change: dict[str, object], sentence: str
) -> None:
    waiting.invite("eva@ekhamn.example", "reminder1", answered=not change)
    if change:
        waiting.change(**change)

    with pytest.raises(Invalid, match=sentence):
        as_key_user(here, waiting, "remind_now", NOW)


def test_one_reminder_a_day_and_four_in_all(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    waiting.invite("eva@ekhamn.example")
    work(here, NOW)
    for day in range(4):
        as_key_user(here, waiting, "remind_now", NOW + timedelta(days=day))
        work(here, NOW + timedelta(days=day, minutes=1))

    with pytest.raises(Invalid, match="redan skickats i dag"):
        as_key_user(here, waiting, "remind_now", NOW + timedelta(days=3, hours=1))
    with pytest.raises(Invalid, match="redan haft 4"):
        as_key_user(here, waiting, "remind_now", NOW + timedelta(days=4))
    assert subjects(server)["eva@ekhamn.example", "reminder"] == 4


def test_a_branch_or_another_organisation_can_neither_remind_nor_pause(waiting: Waiting) -> None:
    session, own = waiting.make.session, waiting.organisation_id
    stranger = waiting.make.desk(waiting.make.organisation())
    for deed in (reminders.pause, reminders.resume, reminders.call_off):
        with pytest.raises(Forbidden):
            deed(session, DeskScope(own, None, UnitId("K")), waiting.measurement_id)
        with pytest.raises(NotFound):
            deed(session, stranger, waiting.measurement_id)
        with pytest.raises(NotFound):
            deed(session, waiting.make.desk(own), MeasurementId(new_id()))
    with pytest.raises(NotFound):
        reminders.remind_now(session, stranger, waiting.measurement_id, NOW)
    with pytest.raises(NotFound):
        reminders.plan(session, stranger, waiting.measurement_id, [], TODAY)


def reminders_left(waiting: Waiting) -> list[date]:
    """Rounds that are still to come."""
    found = waiting.make.session.scalars(select(ReminderRound.day).where(ReminderRound.number.is_(None)))
    return sorted(found)
