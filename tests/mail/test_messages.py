"""What a respondent is written, and what the mail says about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html import unescape
from uuid import UUID

import pytest

from dimios_dash import instruments
from dimios_dash.domain.days import written
from dimios_dash.domain.usual_wording import in_words
from dimios_dash.language import Language
from dimios_dash.mail.messages import Letter, Sender, invitation, message_id, reminder

SENDER = Sender("Dimios <noreply@dimios.example>", "hjalp@dimios.example")
NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
LINK = "https://dimios.example/svara/" + "a" * 54


def letter(organisation: str = "Ekhamns kommun", k: int = 3, address: str = "eva@ekhamn.example") -> Letter:
    return Letter(UUID(int=7), organisation, date(2026, 12, 1), k, address, LINK)


def text(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return " ".join(str(body.get_content()).split())


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize("write", [invitation, reminder])
@pytest.mark.parametrize(
    "said",
    [
        "Ekhamns kommun",
        "5–10 minuter",
        "1 december 2026",
        LINK,
        "minst fem personer har svarat",
        "anonymt",
        "Vet ej",
        "Länken är personlig: skicka den inte vidare.",
        "hjalp@dimios.example",
    ],
)
def test_both_mails_say_it_in_plain_text_and_in_html(write: object, kind: str, said: str) -> None:
    assert callable(write)

    message = write(letter(k=5), SENDER, NOW)

    assert said in text(message, kind)


def test_an_invitation_says_who_sends_it_and_that_no_human_wrote_it() -> None:
    message = invitation(letter(), SENDER, NOW)

    assert message["From"].addresses[0].addr_spec == "noreply@dimios.example"
    assert message["From"].addresses[0].display_name == "Ekhamns kommun via Dimios Dash"
    assert message["To"] == "eva@ekhamn.example"
    assert message["Reply-To"] == "hjalp@dimios.example"
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"] == "Ekhamns kommun ber om din bild av den digitala mognaden"


def test_a_reminder_says_so_and_until_when() -> None:
    message = reminder(letter(), SENDER, NOW)

    assert message["Subject"] == "Påminnelse: svara gärna senast den 1 december 2026"


def test_every_attempt_at_the_same_mail_has_the_same_message_id() -> None:
    first = invitation(letter(), SENDER, NOW)
    again = invitation(letter(), SENDER, datetime(2026, 3, 3, tzinfo=UTC))

    assert first["Message-ID"] == again["Message-ID"] == message_id(UUID(int=7), SENDER)
    assert first["Message-ID"] == "<00000000-0000-0000-0000-000000000007@dimios.example>"


def test_a_name_can_neither_add_a_header_nor_html() -> None:
    message = invitation(letter(organisation="Ek\r\nBcc: alla@ekhamn.example <b>&"), SENDER, NOW)

    assert message["Bcc"] is None
    assert "<b>" not in text(message, "html")
    assert "&lt;b&gt;&amp;" in text(message, "html")


def test_an_address_with_swedish_letters_can_be_written_to() -> None:
    message = invitation(letter(address="åsa@ekhamn.example"), SENDER, NOW)

    assert "To: åsa@ekhamn.example\r\n".encode() in message.as_bytes()


def test_neither_address_nor_link_shows_when_a_letter_is_logged() -> None:
    shown = repr(letter())

    assert "eva@" not in shown
    assert LINK not in shown


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("write", [invitation, reminder])
def test_a_mail_is_whole_in_every_language_and_calls_things_as_the_form_does(
    write: Callable[..., EmailMessage], language: Language
) -> None:
    message = write(replace(letter(), language=language), SENDER, NOW)

    assert message["Content-Language"] == language
    assert f'<html lang="{language}">' in text(message, "html")
    for kind in ("plain", "html"):
        said = unescape(text(message, kind))
        assert instruments.load().scale.dont_know[language] in said
        assert written(date(2026, 12, 1), language) in said
        assert in_words(3, language) in said
        assert LINK in said
