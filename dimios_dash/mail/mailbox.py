"""/brevlada: the mails of the demo, for anybody. Registered in demo mode only."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from babel.dates import format_datetime
from flask import Blueprint, render_template

from dimios_dash.domain.calendar import STOCKHOLM
from dimios_dash.errors import NotFound
from dimios_dash.mail import catcher
from dimios_dash.web import surroundings

MOST_ROWS = 200

blueprint = Blueprint("mailbox", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Mail:
    """A caught mail's head, as it is shown."""

    id: str
    sender: str
    to: str
    subject: str
    time: str


@blueprint.get("/brevlada")
def mailbox() -> str:
    """All mails, newest first."""
    settings = surroundings().settings
    ids = catcher.caught(settings)
    mails = [_head(mail_id, _parsed(mail_id, headersonly=True)) for mail_id in ids[:MOST_ROWS]]
    return render_template("mailbox.html", mails=mails, count=len(ids), support=settings.support_address)


@blueprint.get("/brevlada/<mail_id>")
def mail(mail_id: str) -> str:
    """One mail: the plain text of it, so that its link can be followed and nothing runs."""
    message = _parsed(mail_id)
    head, support = _head(mail_id, message), surroundings().settings.support_address
    return render_template("mail.html", mail=head, paragraphs=_paragraphs(message), support=support)


def _parsed(mail_id: str, *, headersonly: bool = False) -> EmailMessage:
    content = catcher.content(surroundings().settings, mail_id)
    if content is None:
        raise NotFound("Mejlet finns inte. Gå till /brevlada och välj ett i listan.")
    return BytesParser(EmailMessage, policy=default).parsebytes(content, headersonly=headersonly)


def _head(mail_id: str, message: EmailMessage) -> Mail:
    sender, to, subject = (str(message[name]) for name in ("From", "To", "Subject"))
    return Mail(mail_id, sender, to, subject, _time(message))


def _time(message: EmailMessage) -> str:
    sent = message["Date"]
    if sent is None:
        return "okänd tid"
    return format_datetime(sent.datetime, "d MMMM y 'kl.' HH:mm", tzinfo=STOCKHOLM, locale="sv")


def _paragraphs(message: EmailMessage) -> list[str]:
    body = message.get_body(("plain",))
    text = "" if body is None else str(body.get_content())
    return [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
