"""Reads what came back: delivery reports (RFC 3464) and automatic replies. Only what `Returned` says is kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from uuid import UUID

from dimios_dash.domain.returned import Outcome, Returned, status_in
from dimios_dash.mail import returns

_CAME_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_SAYS_IT_IS_AUTOMATIC = ("X-Autoreply", "X-Autorespond", "X-Autoresponder")
_AWAY = re.compile(
    r"\s*(autosvar|automatiskt svar|automatisk svar|frånvar|ej på plats|semester|out of (the )?office|automatic reply"
    r"|auto[- ]?reply|auto[- ]?response|fravær|poissa|automaattinen vastaus)",
    re.IGNORECASE,
)
_LANGUAGE_OF_MACHINES = {"auto_reply", "autoreply"}


def read(content: bytes, key: bytes, domain: str) -> Returned:
    """What a message says of one of our mails. `key` marks return addresses, `domain` is that of our Message-IDs.

    A mail is known by the address it came back to, or by its Message-ID in what was returned of it: both hold what
    nobody can guess, so that what is forged is not placed. Any bytes are read.
    """
    message = message_from_bytes(content)
    if not _is_report(message):
        return Returned(Outcome.AUTOMATIC if _is_automatic(message) else Outcome.UNPLACED)
    mail = _mail_of(message, key, domain)
    if mail is None:
        return Returned(Outcome.UNPLACED)
    fields = [(_field(part, "Action").lower(), status_in(_field(part, "Status"))) for part in _of_receivers(message)]
    failed = [status for action, status in fields if action == "failed"]
    return Returned(Outcome.FAILED, mail, failed[0]) if failed else Returned(Outcome.DELAYED, mail)


def _is_report(message: Message) -> bool:
    kind = str(message.get_param("report-type", "")).lower()
    return message.get_content_type() == "multipart/report" and kind == "delivery-status"


def _is_automatic(message: Message) -> bool:
    submitted = _field(message, "Auto-Submitted").lower()
    return (
        (submitted not in {"", "no"})
        or any(name in message for name in _SAYS_IT_IS_AUTOMATIC)
        or _field(message, "Precedence").lower() in _LANGUAGE_OF_MACHINES
        or _AWAY.match(_subject(message)) is not None
    )


def _mail_of(message: Message, key: bytes, domain: str) -> UUID | None:
    came_to = " ".join(str(value) for name in _CAME_TO for value in message.get_all(name, []))
    marked = returns.mail_of(key, came_to)
    return marked or next(filter(None, (_our_id(found, domain) for found in _returned_ids(message))), None)


def _returned_ids(message: Message) -> Iterator[str]:
    """The Message-ID of each mail that was returned with the report, whole or only its head."""
    for part in _parts(message):
        if part.get_content_type() == "text/rfc822-headers":
            yield _field(message_from_string(_text(part)), "Message-ID")
        elif part.get_content_type() == "message/rfc822" and part.is_multipart():
            yield from (_field(each, "Message-ID") for each in _parts(part))


def _our_id(message_id: str, domain: str) -> UUID | None:
    found = re.fullmatch(rf"<([0-9a-f-]{{36}})@{re.escape(domain)}>", message_id.strip(), re.IGNORECASE)
    try:
        return None if found is None else UUID(found[1])
    except ValueError:
        return None


def _of_receivers(message: Message) -> Iterator[Message]:
    """The report's fields for each receiver, those of the message among them."""
    for part in _parts(message):
        if part.get_content_type() == "message/delivery-status":
            yield from _parts(part)


def _parts(message: Message) -> list[Message]:
    """Directly within; none in what is not made of parts."""
    inside = message.get_payload()
    return [part for part in inside if isinstance(part, Message)] if isinstance(inside, list) else []


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("latin-1") if isinstance(content, bytes) else ""


def _field(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()


def _subject(message: Message) -> str:
    try:
        return str(make_header(decode_header(_field(message, "Subject"))))
    except (HeaderParseError, LookupError, ValueError):
        return ""
