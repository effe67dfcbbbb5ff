"""Every invitation exactly once, to the right person, at the right time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import delete, select, text, update

from db.models import Invitation, MailPace, Outbox, Wording
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.wording import TextKind
from dimios_dash.ids import PLATFORM, InvitationId, new_id
from dimios_dash.mail.delivery import Postman
from dimios_dash.mail.messages import Sender, message_id
from dimios_dash.preparation import worker_engine
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import invitations
from tests.smtp_server import SmtpServer
from tests.worker.sending import send_all
from tests.worker.waiting import NOW, Waiting


def test_an_invitation_is_sent_and_its_link_opens(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")

    send_all(here)

    assert server.receivers == ["eva@ekhamn.example"]
    assert waiting.state(outbox_id) == ("sent", "sent")
    body = server.mails[0].get_body(("plain",))
    assert body is not None
    token = str(body.get_content()).partition("https://svar.example/svara/")[2].split()[0]
    assert waiting.make.session.scalars(select(Invitation.token_hash)).all() == [token_hash(token)]


def test_mails_are_written_in_the_organisations_own_words(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    waiting.invite("eva@ekhamn.example", "reminder1")
    waiting.make.session.add(
        Wording(
            organisation_id=waiting.organisation_id,
            language="sv",
            kind=TextKind.REMINDER_SUBJECT,
            text="Hej igen från {organisation}",
            version=1,
        )
    )
    waiting.make.session.commit()

    send_all(here)

    assert server.mails[0]["Subject"] == "Hej igen från Ekhamns kommun"


def test_each_is_written_to_in_their_language(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    waiting.invite("eva@ekhamn.example")
    waiting.make.session.execute(update(Invitation).values(language="fi"))
    waiting.make.session.commit()

    send_all(here)

    assert server.mails[0]["Content-Language"] == "fi"


def test_the_message_id_is_made_from_the_outbox_rows(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")

    send_all(here)

    assert server.mails[0]["Message-ID"] == message_id(outbox_id, Sender(here.settings.mail_from, ""))


def test_two_workers_together_send_every_invitation_once(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    addresses = [f"nr{number:02}@ekhamn.example" for number in range(40)]
    for address in addresses:
        waiting.invite(address)
    other = Surroundings(here.settings, worker_engine(here.settings), here.keys)
    workers = [Thread(target=send_all, args=(place,)) for place in (here, other)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    other.engine.dispose()

    assert sorted(server.receivers) == addresses
    assert server.connections == 2
    assert waiting.states() == ["sent"] * 40


def test_a_reminder_carries_the_link_of_the_invitation(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    waiting.invite("eva@ekhamn.example")
    send_all(here)
    row = waiting.make.session.execute(select(Outbox)).scalar_one()
    waiting.make.session.add(waiting._row(new_id(), InvitationId(row.invitation_id), "reminder1"))
    waiting.make.session.commit()

    send_all(here)

    first, second = (str(mail.get_body(("plain",))).partition("/svara/")[2][:40] for mail in server.mails)
    assert first == second
    assert server.mails[1]["Subject"].startswith("Påminnelse")


def test_whoever_has_answered_gets_no_mail(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    answered = waiting.invite("klar@ekhamn.example", "reminder1", answered=True)
    silent = waiting.invite("tyst@ekhamn.example", "reminder1")

    send_all(here)

    assert server.receivers == ["tyst@ekhamn.example"]
    assert waiting.state(answered)[0] == "dropped"
    assert waiting.state(silent)[0] == "sent"


@pytest.mark.parametrize(
    ("mail", "became"), [("sent", "sent"), ("uncertain", "sent"), ("bounced", "dropped"), ("not_sent", "dropped")]
)
def test_only_those_whose_invitation_may_have_arrived_are_reminded(
    here: Surroundings, server: SmtpServer, waiting: Waiting, mail: str, became: str
) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example", "reminder1")
    waiting.make.session.execute(update(Invitation).values(mail=mail))
    waiting.make.session.commit()

    send_all(here)

    assert waiting.state(outbox_id)[0] == became
    assert len(server.mails) == (became == "sent")


def test_a_removed_respondents_reminder_is_dropped(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    outbox_id = waiting.invite("borta@ekhamn.example", "reminder1", removed=True)

    send_all(here)

    assert server.receivers == []
    assert waiting.state(outbox_id)[0] == "dropped"


def test_an_answer_that_comes_between_two_mails_is_respected_at_once(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    first, second = (waiting.invite(f"nr{number}@ekhamn.example", "reminder1") for number in (1, 2))

    with Postman(here.settings) as postman:
        for _ in invitations.send_due(here, postman, lambda: NOW):
            waiting.make.session.execute(update(Invitation).values(answered=True))
            waiting.make.session.commit()

    assert len(server.mails) == 1
    assert sorted(waiting.state(each)[0] for each in (first, second)) == ["dropped", "sent"]


def test_a_pause_holds_from_the_very_next_mail_until_it_is_lifted(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    for number in range(3):
        waiting.invite(f"nr{number}@ekhamn.example")

    with Postman(here.settings) as postman:
        for _ in invitations.send_due(here, postman, lambda: NOW):
            waiting.change(mail_paused=True)
    paused = len(server.mails), send_all(here)
    waiting.change(mail_paused=False)
    send_all(here)

    assert paused == (1, [])
    assert sorted(server.receivers) == [f"nr{number}@ekhamn.example" for number in range(3)]


@pytest.mark.parametrize(
    "change", [{"state": "closed", "closed_on": NOW.date()}, {"closes": NOW.date() - timedelta(days=1)}]
)
def test_reminders_that_come_too_late_are_never_sent_even_if_the_measurement_opens_again(
    here: Surroundings, server: SmtpServer, waiting: Waiting, change: dict[str, object]
) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example", "reminder1")
    waiting.change(**change)

    send_all(here)
    waiting.change(state="open", closed_on=None, closes=date(NOW.year, 12, 31))
    send_all(here)

    assert server.receivers == []
    assert waiting.state(outbox_id)[0] == "dropped"


def test_a_reminder_queued_on_the_last_night_of_the_year_is_not_sent_in_the_new_one(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example", "reminder1")
    before_midnight = datetime(NOW.year, 12, 31, 22, 59, tzinfo=UTC)  # 23.59 in Sweden
    waiting.make.session.execute(update(Outbox).values(due_at=before_midnight))
    waiting.make.session.commit()

    send_all(here, before_midnight + timedelta(minutes=1))

    assert server.receivers == []
    assert waiting.state(outbox_id)[0] == "dropped"


@pytest.mark.parametrize("whose", ["organisation", "place"])
def test_no_more_go_out_than_the_pace_allows(here: Surroundings, waiting: Waiting, whose: str) -> None:
    for number in range(9):
        waiting.invite(f"nr{number}@ekhamn.example")
    owner = waiting.organisation_id if whose == "organisation" else PLATFORM
    waiting.make.session.merge(MailPace(organisation_id=owner, per_minute=60))
    waiting.make.session.commit()

    sent = [len(send_all(here, NOW + timedelta(seconds=second))) for second in (0, 1, 2, 3, 60)]
    waiting.make.session.execute(delete(MailPace))
    waiting.make.session.commit()

    assert sent == [2, 1, 1, 1, 2]


def test_a_slow_organisation_does_not_hold_up_another(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    waiting.make.session.add(MailPace(organisation_id=waiting.organisation_id, per_minute=1))
    for number in range(5):
        waiting.invite(f"nr{number}@ekhamn.example")
    other = waiting.make.organisation()
    waiting.make.units(other, {"K": None})
    second = Waiting(waiting.make, other, waiting.make.measurement(other, year=NOW.year))
    second.invite("eva@granvik.example")

    send_all(here)

    assert "eva@granvik.example" in server.receivers
    assert len(server.receivers) < 4


def test_a_removed_respondent_gets_nothing(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    outbox_id = waiting.invite("borta@ekhamn.example", removed=True)

    assert send_all(here) == []

    assert server.receivers == []
    assert waiting.state(outbox_id) == ("waiting", "not_sent")


@pytest.mark.parametrize(
    "change",
    [
        {"opens": NOW.date() + timedelta(days=1)},
        {"closes": NOW.date() - timedelta(days=1)},
        {"state": "closed", "closed_on": NOW.date()},
        {"box_public_key": None},
    ],
    ids=["before the period", "after the period", "closed", "without a ballot box"],
)
def test_nothing_is_sent_when_no_answer_could_be_received(
    here: Surroundings, server: SmtpServer, waiting: Waiting, change: dict[str, object]
) -> None:
    waiting.invite("eva@ekhamn.example")
    waiting.change(**change)

    assert send_all(here) == []

    assert server.receivers == []


def test_the_outbox_holds_neither_address_nor_link(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    waiting.invite("fel@ekhamn.example")
    waiting.invite("eva@ekhamn.example")
    server.to_receiver = lambda address: f"550 <{address}> is unknown" if address.startswith("fel") else "250 OK"
    send_all(here)

    rows = waiting.make.session.scalars(text("select outbox::text from outbox")).all()

    assert len(rows) == 2
    assert not [row for row in rows if "ekhamn.example" in row or "/svara/" in row]


def test_an_invitation_that_waits_goes_in_the_last_minute_of_the_year_and_not_in_the_next(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    waiting.invite("sen@ekhamn.example")
    midnight = datetime(NOW.year, 12, 31, 23, tzinfo=UTC)  # in Sweden

    send_all(here, midnight)
    after = list(server.receivers)
    send_all(here, midnight - timedelta(minutes=1))

    assert after == []
    assert server.receivers == ["sen@ekhamn.example"]
