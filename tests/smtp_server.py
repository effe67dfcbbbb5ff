"""A real SMTP server for tests, which keeps what it is given and can be told to misbehave."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

BREAK = "break"  # instead of an answer: close the connection


@dataclass
class SmtpServer:
    """`to_receiver` and `to_mail` say what is answered to an address: "250 OK", another line, or BREAK."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)  # of the mails, in the same order
    senders: list[str] = field(default_factory=list)  # where each would come back to
    contents: list[bytes] = field(default_factory=list)  # each as it came
    connections: int = 0
    to_receiver: Callable[[str], str] = lambda _address: "250 OK"
    to_mail: Callable[[str], str] = lambda _address: "250 OK"

    async def handle_EHLO(  # noqa: N802, the library's name
        self, _server: Any, session: Any, _envelope: Any, hostname: str, lines: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return lines

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        answer = self.to_receiver(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self._said(server, answer)

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        receiver = envelope.rcpt_tos[0]
        self.receivers.append(receiver)
        self.senders.append(envelope.mail_from)
        self.contents.append(envelope.content)
        self.mails.append(BytesParser(EmailMessage, policy=default).parsebytes(envelope.content))
        return self._said(server, self.to_mail(receiver))

    def _said(self, server: Any, answer: str) -> str:
        if answer == BREAK:
            server.transport.abort()
        return answer


@contextmanager
def smtp_server() -> Iterator[SmtpServer]:
    """A server on a free port of this machine, until the end of the block."""
    server = SmtpServer(free_port())
    controller = Controller(server, "127.0.0.1", server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
