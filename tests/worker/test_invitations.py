"""Every invitation exactly once, to the right person, at the right time, and what becomes of it when mail fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select, text, update

from db.commands.outbox import LEASE, MOST_ATTEMPTS
from db.models import Invitation, Outbox
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.ids import InvitationId, new_id
from dimios_dash.mail.delivery import Delivery, Postman
from dimios_dash.mail.messages import Sender, message_id
from dimios_dash.preparation import worker_engine
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import invitations
from tests.smtp_server import BREAK, SmtpServer, free_port
from tests.worker.waiting import NOW, Waiting


def send_all(here: Surroundings, now: datetime = NOW) -> list[Delivery]:
    invitations.tidy(here, now)
    sent = []
    with Postman(here.settings) as postman:
        while (delivery := invitations.send_next(here, postman, now)) is not None:
            sent.append(delivery)
    return sent


def test_an_invitation_is_sent_and_its_link_opens(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")

    send_all(here)

    assert server.receivers == ["eva@ekhamn.example"]
    assert waiting.state(outbox_id) == ("sent", "sent")
    body = server.mails[0].get_body(("plain",))
    assert body is not None
    token = str(body.get_content()).partition("https://svar.example/svara/")[2].split()[0]
    assert waiting.make.session.scalars(select(Invitation.token_hash)).all() == [token_hash(token)]


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
        {"state": "closed"},
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


def test_a_permanent_refusal_bounces_and_is_not_tried_again(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    outbox_id = waiting.invite("fel@ekhamn.example")
    server.to_receiver = lambda _address: "550 <fel@ekhamn.example> is unknown"

    assert send_all(here) == [Delivery.REFUSED]
    assert send_all(here, NOW + timedelta(days=1)) == []

    assert waiting.state(outbox_id) == ("failed", "bounced")


def test_a_temporary_refusal_is_tried_again_later(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")
    server.to_receiver = lambda _address: "450 Come back later"
    assert send_all(here) == [Delivery.POSTPONED]
    server.to_receiver = lambda _address: "250 OK"

    at_once, later = send_all(here), send_all(here, NOW + timedelta(minutes=3))

    assert (at_once, later) == ([], [Delivery.SENT])
    assert waiting.state(outbox_id) == ("sent", "sent")


def test_a_mail_that_is_put_off_for_too_long_fails(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")
    waiting.make.session.execute(update(Outbox).values(attempts=MOST_ATTEMPTS - 1))
    waiting.make.session.commit()
    server.to_mail = lambda _address: "452 Disk full"

    send_all(here)

    assert waiting.state(outbox_id) == ("failed", "not_sent")


def test_an_unreachable_server_costs_no_attempt(here: Surroundings, waiting: Waiting) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")
    away = here.settings.model_copy(update={"smtp_port": free_port()})

    send_all(Surroundings(away, here.engine, here.keys))

    assert waiting.state(outbox_id) == ("waiting", "not_sent")
    assert waiting.make.session.scalars(select(Outbox.attempts)).all() == [0]


def test_a_connection_lost_over_the_mail_leaves_it_uncertain_for_good(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")
    server.to_mail = lambda _address: BREAK

    assert send_all(here) == [Delivery.UNCERTAIN]
    assert send_all(here, NOW + timedelta(days=1)) == []

    assert waiting.state(outbox_id) == ("uncertain", "uncertain")


def test_a_claim_of_a_worker_that_is_gone_becomes_uncertain_and_is_not_sent(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")
    waiting.make.session.execute(update(Outbox).values(state="claimed", lease_until=NOW, attempts=1))
    waiting.make.session.commit()

    before, after = send_all(here, NOW), send_all(here, NOW + LEASE)

    assert (before, after) == ([], [])
    assert server.receivers == []
    assert waiting.state(outbox_id) == ("uncertain", "uncertain")


def test_an_address_that_cannot_be_read_fails_alone(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    damaged = waiting.invite("trasig@ekhamn.example")
    waiting.make.session.execute(update(Invitation).values(address=b"\x01damaged"))
    waiting.invite("eva@ekhamn.example")

    send_all(here)

    assert server.receivers == ["eva@ekhamn.example"]
    assert waiting.state(damaged) == ("failed", "not_sent")


def test_the_outbox_holds_neither_address_nor_link(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    waiting.invite("fel@ekhamn.example")
    waiting.invite("eva@ekhamn.example")
    server.to_receiver = lambda address: f"550 <{address}> is unknown" if address.startswith("fel") else "250 OK"
    send_all(here)

    rows = waiting.make.session.scalars(text("select outbox::text from outbox")).all()

    assert len(rows) == 2
    assert not [row for row in rows if "ekhamn.example" in row or "/svara/" in row]
