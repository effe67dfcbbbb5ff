"""What becomes of a mail when the way it goes fails."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from db.commands.sending import LEASE
from db.commands.settling import MOST_ATTEMPTS
from db.models import Invitation, Outbox
from dimios_dash.mail.delivery import Delivery
from dimios_dash.surroundings import Surroundings
from tests.smtp_server import BREAK, SmtpServer, free_port
from tests.worker.sending import send_all
from tests.worker.waiting import NOW, Waiting


def test_a_permanent_refusal_bounces_and_is_not_tried_again(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    outbox_id = waiting.invite("fel@ekhamn.example")
    server.to_receiver = lambda _address: "550 <fel@ekhamn.example> is unknown"

    assert send_all(here) == [Delivery.REFUSED]
    assert send_all(here, NOW + timedelta(days=1)) == []

    assert waiting.state(outbox_id) == ("failed", "bounced")


def test_a_mail_that_a_filter_stops_says_nothing_against_the_address(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")
    server.to_mail = lambda _address: "554 Looks like spam"

    assert send_all(here) == [Delivery.UNWELCOME]
    assert send_all(here, NOW + timedelta(days=1)) == []

    assert waiting.state(outbox_id) == ("failed", "not_sent")


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
