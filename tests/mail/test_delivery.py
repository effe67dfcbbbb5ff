"""What the postman says became of a mail, against a real SMTP server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from uuid import UUID

import pytest

from dimios_dash.mail.delivery import Answer, Delivery, Postman
from dimios_dash.mail.messages import Letter, Sender, invitation
from dimios_dash.settings import Settings
from tests.smtp_server import BREAK, SmtpServer, free_port, smtp_server


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as server:
        yield server


def settings(port: int, *, starttls: bool = False) -> Settings:
    return Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_starttls=starttls)


def mail(address: str = "eva@ekhamn.example") -> EmailMessage:
    letter = Letter(UUID(int=7), "Ekhamns kommun", date(2026, 12, 1), 3, address, "http://x.example/svara/a")
    return invitation(
        letter, Sender("noreply@dimios.example", "hjalp@dimios.example"), datetime(2026, 3, 2, tzinfo=UTC)
    )


def test_a_mail_arrives_as_it_was_written(server: SmtpServer) -> None:
    with Postman(settings(server.port)) as postman:
        answer = postman.deliver(mail())

    assert answer == Answer(Delivery.SENT, 250)
    assert server.receivers == ["eva@ekhamn.example"]
    assert server.mails[0]["Subject"] == "Ekhamns kommun ber om din bild av den digitala mognaden"
    assert server.mails[0]["Message-ID"] == mail()["Message-ID"]


def test_many_mails_share_one_connection(server: SmtpServer) -> None:
    with Postman(settings(server.port)) as postman:
        answers = [postman.deliver(mail(f"nr{number}@ekhamn.example")).delivery for number in range(3)]

    assert answers == [Delivery.SENT] * 3
    assert server.connections == 1


@pytest.mark.parametrize(
    ("line", "became"),
    [
        ("550 No such user", Answer(Delivery.REFUSED, 550)),
        ("450 Come back later", Answer(Delivery.POSTPONED, 450)),
        ("421 Too many", Answer(Delivery.POSTPONED, 421)),
        (BREAK, Answer(Delivery.UNREACHABLE)),
    ],
)
def test_what_the_server_says_of_the_receiver(server: SmtpServer, line: str, became: Answer) -> None:
    server.to_receiver = lambda _address: line

    with Postman(settings(server.port)) as postman:
        answer = postman.deliver(mail())

    assert answer == became
    assert server.mails == []


@pytest.mark.parametrize(
    ("line", "became"),
    [
        ("554 Looks like spam", Answer(Delivery.UNWELCOME, 554)),
        ("451 Disk full", Answer(Delivery.POSTPONED, 451)),
        (BREAK, Answer(Delivery.UNCERTAIN)),
    ],
)
def test_what_the_server_says_of_the_mail(server: SmtpServer, line: str, became: Answer) -> None:
    server.to_mail = lambda _address: line

    with Postman(settings(server.port)) as postman:
        answer = postman.deliver(mail())

    assert answer == became


def test_after_a_refusal_the_next_mail_is_sent(server: SmtpServer) -> None:
    server.to_receiver = lambda address: "550 No" if address.startswith("fel") else "250 OK"

    with Postman(settings(server.port)) as postman:
        answers = [postman.deliver(mail(address)).delivery for address in ("fel@ek.example", "eva@ek.example")]

    assert answers == [Delivery.REFUSED, Delivery.SENT]


def test_without_a_server_nothing_is_known_to_be_wrong_with_the_mail() -> None:
    with Postman(settings(free_port())) as postman:
        answer = postman.deliver(mail())

    assert answer == Answer(Delivery.UNREACHABLE)


def test_a_server_without_tls_gets_nothing_where_tls_is_demanded(server: SmtpServer) -> None:
    with Postman(settings(server.port, starttls=True)) as postman:
        answer = postman.deliver(mail())

    assert answer == Answer(Delivery.UNREACHABLE)
    assert server.mails == []


def test_a_wrong_password_is_our_fault_and_not_the_receivers(server: SmtpServer) -> None:
    wrong = settings(server.port).model_copy(update={"smtp_user": "eva", "smtp_password": "fel"})

    with Postman(wrong) as postman:
        answer = postman.deliver(mail())

    assert answer == Answer(Delivery.UNREACHABLE)


def test_an_address_with_swedish_letters_reaches_its_receiver(server: SmtpServer) -> None:
    with Postman(settings(server.port)) as postman:
        answer = postman.deliver(mail("åsa@ekhamn.example"))

    assert answer.delivery is Delivery.SENT
    assert server.receivers == ["åsa@ekhamn.example"]
    assert server.mails[0]["To"] == "åsa@ekhamn.example"
