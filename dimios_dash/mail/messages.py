"""What a respondent is written: the invitation and the reminder, as plain text and as simple HTML.

Subject and opening are the organisation's own where it has any. The rest stands in every mail: how long it takes, the
last day, the link, what protects the respondent, and where to ask.

There is no List-Unsubscribe: nobody has subscribed, it is one invitation a year and few reminders from an employer, and
a click by a mail scanner would take somebody off the list unasked. Whoever wants no more writes to support.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import parseaddr
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from dimios_dash.domain.days import written
from dimios_dash.domain.usual_wording import USUAL, in_words
from dimios_dash.domain.wording import Placeholder, TextKind, filled, paragraphs
from dimios_dash.language import DEFAULT_LANGUAGE, Language

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
    language: Language = DEFAULT_LANGUAGE
    texts: Mapping[TextKind, str] | None = None  # the organisation's own words; None: the usual ones

    def text(self, kind: TextKind) -> str:
        """With everything filled in."""
        return filled((self.texts or USUAL[self.language])[kind], self._values)

    @property
    def _values(self) -> Mapping[Placeholder, str]:
        return {
            Placeholder.ORGANISATION: self.sender_name,
            Placeholder.LAST_DAY: written(self.closes, self.language),
            Placeholder.K: self.k_in_words,
        }

    @property
    def sender_name(self) -> str:
        """The organisation's name as it may stand in a header: the library would decode it, line breaks and all."""
        return " ".join(self.organisation.replace("=?", "= ?").split())

    @property
    def k_in_words(self) -> str:
        return in_words(self.k, self.language)


@dataclass(frozen=True, slots=True)
class Sample:
    """A mail as it is shown to somebody who wants to know what others will get."""

    sender: str
    subject: str
    paragraphs: tuple[str, ...]


def invitation(letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    """The first mail. `now` must know its time zone. The letter's domain is in its ASCII form."""
    return _message(TextKind.INVITATION_SUBJECT, TextKind.INVITATION, letter, sender, now)


def reminder(letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    """The same link again, for somebody who has not answered."""
    return _message(TextKind.REMINDER_SUBJECT, TextKind.REMINDER, letter, sender, now)


def sample(message: EmailMessage) -> Sample:
    """Sender, subject and plain text of a mail."""
    body = message.get_body(("plain",))
    text = "" if body is None else str(body.get_content())
    paragraphs = [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n")]
    return Sample(str(message["From"]), str(message["Subject"]), tuple(filter(None, paragraphs)))


def message_id(outbox_id: UUID, sender: Sender) -> str:
    """The same for every attempt at the same mail, so that a receiver can tell a duplicate."""
    return f"<{outbox_id}@{sender.domain}>"


def _message(subject: TextKind, opening: TextKind, letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP if letter.address.isascii() else SMTPUTF8)
    message["Subject"] = letter.text(subject).replace("=?", "= ?")
    message["From"] = _address(sender.mailbox, f"{letter.sender_name} via Dimios Dash")
    message["To"] = _address(letter.address)
    message["Reply-To"] = _address(sender.support)
    message["Date"] = now
    message["Message-ID"] = message_id(letter.outbox_id, sender)
    message["Auto-Submitted"] = "auto-generated"  # out-of-office replies stay away
    words = _words(opening, letter, sender)
    plain = _templates.get_template(f"letter/{letter.language}.txt").render(words)
    message.set_content(plain, cte="quoted-printable")
    html = _templates.get_template(f"letter/{letter.language}.html").render(words)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language.value  # last: before, it would become the plain part's
    return message


def _address(bare: str, name: str = "") -> Address:
    """In parts, because whole the library refuses å, ä and ö before the @."""
    local, _at, domain = bare.rpartition("@")
    return Address(name, local, domain)


def _words(opening: TextKind, letter: Letter, sender: Sender) -> dict[str, object]:
    return {
        "organisation": letter.sender_name,
        "opening": paragraphs(letter.text(opening)),
        "last_day": written(letter.closes, letter.language),
        "k": letter.k_in_words,
        "link": letter.link,
        "support": sender.support,
    }
