"""Mails to those who work with the product: plain text, a few paragraphs, no link that is anybody's own."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from uuid import UUID

from dimios_dash.mail.messages import Sender, message_id

WIDTH = 72


@dataclass(frozen=True, slots=True)
class StaffMail:
    """One mail to one person. The same `id` is the same mail: a receiver can tell a duplicate."""

    id: UUID
    subject: str
    paragraphs: tuple[str, ...]
    address: str = field(repr=False)  # its domain in ASCII


def write(mail: StaffMail, sender: Sender, now: datetime) -> EmailMessage:
    """The mail as it is handed over. `now` must know its time zone."""
    message = EmailMessage(policy=SMTP if mail.address.isascii() else SMTPUTF8)
    message["Subject"] = " ".join(mail.subject.split())  # a line break would end the header
    message["From"] = _mailbox(sender.mailbox, "Dimios Dash")
    message["To"] = _mailbox(mail.address)
    message["Reply-To"] = _mailbox(sender.support)
    message["Date"] = now
    message["Message-ID"] = message_id(mail.id, sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join(map(_folded, mail.paragraphs)) + "\n", cte="quoted-printable")
    return message


def _folded(paragraph: str) -> str:
    return textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)


def _mailbox(address: str, name: str = "") -> Address:
    """In parts, because whole the library refuses å, ä and ö before the @."""
    local, _at, domain = address.rpartition("@")
    return Address(name, local, domain)
