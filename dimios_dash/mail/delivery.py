"""Hands mails to an SMTP server, and says for certain what became of each: sent, refused, not now, or unknown."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum, auto
from types import TracebackType
from typing import Self

from dimios_dash.settings import Settings

Sign = Callable[[bytes], bytes]
TIMEOUT = 30.0  # seconds for each answer of the server
TLS_FROM_THE_START = 465
_SUCCESS, _LATER, _NEVER, _BEYOND = 200, 400, 500, 600


class Delivery(Enum):
    """What became of a mail."""

    SENT = auto()
    REFUSED = auto()  # for good: this receiver cannot be reached
    UNWELCOME = auto()  # for good, after a look at the mail: as a rule a filter, and no fault of the address
    POSTPONED = auto()  # not now; the server has not taken it
    UNREACHABLE = auto()  # nobody got so far as to speak of this mail
    UNCERTAIN = auto()  # the connection broke while the server had it in its hands
    UNWRITABLE = auto()  # there is no such mail: what belongs in it could not be read


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a mail; `code` is the server's, None where it gave none. Its words may hold an address."""

    delivery: Delivery
    code: int | None = None


class Postman:
    """One connection to the SMTP server of the settings, opened when the first mail needs it.

    `sign` is what is done to each mail's bytes before they are handed over. Used with `with`; not by two threads at
    once.
    """

    def __init__(self, settings: Settings, sign: Sign = bytes) -> None:
        self._settings, self._sign = settings, sign
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._part()

    def deliver(self, message: EmailMessage, returns_to: str | None = None) -> Answer:
        """Send to the message's one receiver. Never raises for what a server or network does.

        What cannot be delivered comes back to `returns_to`; None: to the sender the message names.
        """
        content = self._sign(message.as_bytes())  # first: nothing may go wrong between the server's yes and the mail
        try:
            client, refusal = self._announced(message, returns_to)
        except OSError:  # smtplib's errors are among them
            self._drop()
            return Answer(Delivery.UNREACHABLE)
        answer = refusal or _hand_over(client, content)
        if answer.delivery is not Delivery.SENT:
            self._drop()
        return answer

    def _announced(self, message: EmailMessage, returns_to: str | None) -> tuple[smtplib.SMTP, Answer | None]:
        """Over the last connection, or a new one where the server has closed it meanwhile. Raises OSError."""
        if self._client is not None:
            with suppress(OSError):
                return self._client, _announce(self._client, message, returns_to)
            self._drop()
        self._client = _connected(self._settings)
        return self._client, _announce(self._client, message, returns_to)

    def _part(self) -> None:
        if self._client is not None:
            with suppress(OSError):
                self._client.quit()
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def _connected(settings: Settings) -> smtplib.SMTP:
    """Raises OSError; also where TLS is demanded and the server has none."""
    name = settings.mail_from.rpartition("@")[2].rstrip(">")  # looking up our own may take seconds
    secure = settings.smtp_port == TLS_FROM_THE_START
    kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
    client = kind(settings.smtp_host, settings.smtp_port, local_hostname=name, timeout=TIMEOUT)
    try:
        if settings.smtp_starttls and not secure:
            client.starttls(context=ssl.create_default_context())
        if settings.smtp_user is not None:
            client.login(settings.smtp_user, settings.smtp_password or "")
        client.ehlo_or_helo_if_needed()
    except OSError:
        client.close()
        raise
    return client


def _announce(client: smtplib.SMTP, message: EmailMessage, returns_to: str | None) -> Answer | None:
    """Name sender and receiver; None where both are welcome. Raises OSError when the connection breaks."""
    receiver, sender = message["To"].addresses[0].addr_spec, message["From"].addresses[0].addr_spec
    options = () if receiver.isascii() else ("SMTPUTF8",)
    try:
        code, _words = client.mail(returns_to or sender, options)
    except smtplib.SMTPNotSupportedError:  # å, ä or ö before the @, and a server that cannot
        return Answer(Delivery.REFUSED)
    if code // 100 != 2:  # noqa: PLR2004 - our own address displeases: no fault of the receiver's
        return Answer(Delivery.POSTPONED, code)
    code, _words = client.rcpt(receiver)
    return None if code // 100 == 2 else Answer(_meaning(code, Delivery.POSTPONED), code)  # noqa: PLR2004


def _hand_over(client: smtplib.SMTP, content: bytes) -> Answer:
    """The mail itself. From here on a broken connection leaves us in doubt."""
    try:
        code, _words = client.data(content)
    except smtplib.SMTPDataError as refusal:  # it did not even want to see the mail
        return Answer(_of_the_mail(refusal.smtp_code, Delivery.POSTPONED), refusal.smtp_code)
    except OSError:
        return Answer(Delivery.UNCERTAIN)
    return Answer(_of_the_mail(code, Delivery.UNCERTAIN), code)


def _of_the_mail(code: int, otherwise: Delivery) -> Delivery:
    meaning = _meaning(code, otherwise)
    return Delivery.UNWELCOME if meaning is Delivery.REFUSED else meaning


def _meaning(code: int, otherwise: Delivery) -> Delivery:
    """SMTP's own classes of answers; `otherwise` for what is no answer."""
    if _SUCCESS <= code < _SUCCESS + 100:
        return Delivery.SENT
    if _LATER <= code < _NEVER:
        return Delivery.POSTPONED
    return Delivery.REFUSED if _NEVER <= code < _BEYOND else otherwise
