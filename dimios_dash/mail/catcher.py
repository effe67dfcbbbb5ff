"""A mail server for the demo: takes every mail and keeps it in a folder. Never started where real people answer."""

from __future__ import annotations

import re
import secrets
import socket
import time
from asyncio import AbstractServer
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from dimios_dash.settings import Settings

_NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}")  # nanoseconds since 1970, so that names sort by time
_LARGEST = 2**20


def folder(settings: Settings) -> Path:
    """Where caught mails lie."""
    return settings.data / "mailbox"


@contextmanager
def catcher(settings: Settings) -> Iterator[int]:
    """A server on this machine only, for as long as the block lasts; gives its port.

    Raises ValueError in production.
    """
    if settings.production:
        raise ValueError("the mail catcher is for development only")
    controller = _OnFreePort(_Keeper(folder(settings)))
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def caught(settings: Settings) -> list[str]:
    """Ids of the mails, newest first."""
    names = [path.stem for path in folder(settings).glob("*.eml")]
    return sorted(filter(_NAME.fullmatch, names), reverse=True)


def content(settings: Settings, mail_id: str) -> bytes | None:
    """A caught mail as it came; None when there is none of that id."""
    path = folder(settings) / f"{mail_id}.eml"
    return path.read_bytes() if _NAME.fullmatch(mail_id) and path.is_file() else None


class _OnFreePort(Controller):
    """Listens where the system found room: the library expects to know its port beforehand."""

    def __init__(self, keeper: _Keeper) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        super().__init__(keeper, "127.0.0.1", self._listener.getsockname()[1], data_size_limit=_LARGEST)

    def _create_server(self) -> Awaitable[AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._listener)


class _Keeper:
    """Answers the SMTP server's events."""

    def __init__(self, place: Path) -> None:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._place = place

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802, its name
        content: Any = envelope.content
        _keep(self._place, bytes(content))
        return "250 Kept"


def _keep(place: Path, mail: bytes) -> None:
    """Whole or not at all."""
    name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
    unfinished = place / f".{name}"
    unfinished.write_bytes(mail)
    unfinished.rename(place / f"{name}.eml")
