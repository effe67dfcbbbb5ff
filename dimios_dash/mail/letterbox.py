"""The mailbox that undeliverable mails come back to: emptied over IMAP or POP3."""

from __future__ import annotations

import imaplib
import poplib
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

TIMEOUT = 30.0  # seconds for each answer of the server
UNREACHABLE = (OSError, imaplib.IMAP4.error, poplib.error_proto)  # what `letters` raises when it cannot go on


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Where it is and how to open it."""

    scheme: str
    host: str
    port: int
    user: str = field(repr=False)
    password: str = field(repr=False)
    folder: str

    @classmethod
    def at(cls, address: str) -> Self:
        """From "imaps://user:password@host/folder" or "pop3s://…"; signs like @ in user and password as %40.

        Raises ValueError for another kind of address.
        """
        parts = urlsplit(address)
        if parts.scheme not in _PORTS or parts.hostname is None:
            raise ValueError("DIMIOS_BOUNCE_MAILBOX begins with imaps:// or pop3s:// and names a server")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        port = parts.port or _PORTS[parts.scheme]
        return cls(parts.scheme, parts.hostname, port, user, password, unquote(parts.path.strip("/")) or "INBOX")


_PORTS = {"imaps": 993, "imap": 143, "pop3s": 995, "pop3": 110}


def letters(box: Letterbox, most: int) -> Generator[bytes]:
    """At most so many messages. Each is deleted when the next is asked for: what could not be dealt with stays.

    Raises one of UNREACHABLE.
    """
    yield from (_over_imap if box.scheme.startswith("imap") else _over_pop)(box, most)


def _over_imap(box: Letterbox, most: int) -> Generator[bytes]:
    kind = imaplib.IMAP4_SSL if box.scheme == "imaps" else imaplib.IMAP4
    client = kind(box.host, box.port, timeout=TIMEOUT)
    try:
        client.login(box.user, box.password)
        status, _said = client.select(f'"{box.folder}"')
        if status != "OK":
            raise imaplib.IMAP4.error(f"no folder {box.folder}")
        _status, found = client.search(None, "ALL")
        for number in found[0].decode().split()[:most]:
            _status, parts = client.fetch(number, "(RFC822)")
            yield from (part[1] for part in parts if isinstance(part, tuple))
            client.store(number, "+FLAGS", r"(\Deleted)")
    finally:
        with suppress(*UNREACHABLE):
            client.expunge()
        with suppress(*UNREACHABLE):
            client.logout()


def _over_pop(box: Letterbox, most: int) -> Generator[bytes]:
    kind = poplib.POP3_SSL if box.scheme == "pop3s" else poplib.POP3
    client = kind(box.host, box.port, timeout=TIMEOUT)
    try:
        client.user(box.user)
        client.pass_(box.password)
        for number in range(1, min(client.stat()[0], most) + 1):
            yield b"\r\n".join(client.retr(number)[1])
            client.dele(number)
    finally:
        with suppress(*UNREACHABLE):
            client.quit()  # only now are they gone
