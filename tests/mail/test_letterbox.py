"""Emptying the mailbox that undeliverable mails come back to, over real connections."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from dimios_dash.mail.letterbox import UNREACHABLE, Letterbox, letters
from tests.mail.letterbox_server import PASSWORD, letterbox_server
from tests.smtp_server import free_port

MESSAGES = [f"Subject: {number}\r\n\r\nHej {number}!\r\n".encode() for number in range(3)]
each_kind = pytest.mark.parametrize("scheme", ["pop3", "imap"])


def box(scheme: str, port: int, password: str = PASSWORD) -> Letterbox:
    return Letterbox.at(f"{scheme}://studs%40dimios.example:{quote(password)}@127.0.0.1:{port}/INBOX")


@each_kind
def test_every_message_is_read_and_then_gone(scheme: str) -> None:
    with letterbox_server(scheme, MESSAGES) as mailbox:
        found = list(letters(box(scheme, mailbox.port), 10))

    assert [each.strip() for each in found] == [each.strip() for each in MESSAGES]
    assert mailbox.messages == []


@each_kind
def test_what_there_was_no_time_for_stays(scheme: str) -> None:
    with letterbox_server(scheme, MESSAGES) as mailbox:
        assert len(list(letters(box(scheme, mailbox.port), 2))) == 2

    assert mailbox.messages == MESSAGES[2:]


@each_kind
def test_a_message_that_could_not_be_dealt_with_stays(scheme: str) -> None:
    with letterbox_server(scheme, MESSAGES) as mailbox:
        reading = letters(box(scheme, mailbox.port), 10)
        next(reading)
        reading.close()

    assert mailbox.messages == MESSAGES


@each_kind
def test_a_wrong_password_and_a_server_that_is_away_are_told(scheme: str) -> None:
    with letterbox_server(scheme, MESSAGES) as mailbox, pytest.raises(UNREACHABLE):
        list(letters(box(scheme, mailbox.port, "fel"), 10))
    with pytest.raises(UNREACHABLE):
        list(letters(box(scheme, free_port()), 10))
    assert mailbox.messages == MESSAGES


@pytest.mark.parametrize("address", ["http://x.example", "imaps://", "studs@dimios.example", ""])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="imaps:// or pop3s://"):
        Letterbox.at(address)


def test_the_password_is_in_no_log() -> None:
    assert PASSWORD not in repr(box("imaps", 993))
