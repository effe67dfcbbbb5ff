"""What a respondent is written: the invitation and the reminder, as plain text and as simple HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import parseaddr
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from dimios_dash.domain.days import written

K_IN_WORDS = {3: "tre", 5: "fem", 7: "sju", 10: "tio"}
_SUBJECTS = {
    "invitation": "{organisation} ber om din bild av den digitala mognaden",
    "reminder": "Påminnelse: svara gärna senast den {last_day}",
}
_templates = Environment(
    loader=PackageLoader("dimios_dash.mail"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who mails come from. `address` may carry a name, which the organisation's takes the place of."""

    address: str
    support: str

    @property
    def mailbox(self) -> str:
        """The bare address."""
        return parseaddr(self.address)[1]

    @property
    def domain(self) -> str:
        """What stands after its @."""
        return self.mailbox.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Letter:
    """One respondent's mail. Address and link identify a person: they are in no log and no repr."""

    outbox_id: UUID
    organisation: str
    closes: date  # the last day on which one can answer
    k: int  # 3, 5, 7 or 10
    address: str = field(repr=False)
    link: str = field(repr=False)


def invitation(letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    """The first mail. `now` must know its time zone. The letter's domain is in its ASCII form."""
    return _message("invitation", letter, sender, now)


def reminder(letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    """The same link again, for somebody who has not answered."""
    return _message("reminder", letter, sender, now)


def message_id(outbox_id: UUID, sender: Sender) -> str:
    """The same for every attempt at the same mail, so that a receiver can tell a duplicate."""
    return f"<{outbox_id}@{sender.domain}>"


def _message(kind: str, letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    words = _words(letter, sender)
    message = EmailMessage(policy=SMTP if letter.address.isascii() else SMTPUTF8)
    message["Subject"] = _SUBJECTS[kind].format_map(words)
    message["From"] = _address(sender.mailbox, f"{words['organisation']} via Dimios Dash")
    message["To"] = _address(letter.address)
    message["Reply-To"] = _address(sender.support)
    message["Date"] = now
    message["Message-ID"] = message_id(letter.outbox_id, sender)
    message["Auto-Submitted"] = "auto-generated"  # out-of-office replies stay away
    message.set_content(_templates.get_template(f"{kind}.txt").render(words), cte="quoted-printable")
    html = _templates.get_template(f"{kind}.html").render(words)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def _address(bare: str, name: str = "") -> Address:
    """In parts, because whole the library refuses å, ä and ö before the @."""
    local, _at, domain = bare.rpartition("@")
    return Address(name, local, domain)


def _words(letter: Letter, sender: Sender) -> dict[str, str]:
    name = letter.organisation.replace("=?", "= ?")  # the library would decode it, line breaks and all
    return {
        "organisation": " ".join(name.split()),  # a line break would end a header
        "last_day": written(letter.closes),
        "k": K_IN_WORDS[letter.k],
        "link": letter.link,
        "support": sender.support,
    }
