"""A slow connection to a server on this machine: browsers that slow themselves down count the first byte too early."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from threading import Thread
from typing import Final

ONE_WAY: Final = 0.075  # seconds
DOWN: Final = 1_600_000 / 8  # bytes a second
_PACKET: Final = 1_400  # bytes

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextmanager
def slow_link(port: int) -> Generator[int]:
    """The port from which the server at `port` seems far away. Everybody who comes shares its width."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = asyncio.run_coroutine_threadsafe(asyncio.start_server(_to(port), "127.0.0.1", 0), loop).result()
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


class _Width:
    """What everything that comes back has to pass, one after the other."""

    def __init__(self) -> None:
        self._free = 0.0

    async def passed(self, size: int) -> None:
        """When so many bytes have; to the clock, since every sleep lasts a little too long."""
        now = asyncio.get_running_loop().time()
        self._free = max(now, self._free) + size / DOWN
        await asyncio.sleep(self._free - now)


def _to(port: int) -> Serve:
    width = _Width()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * ONE_WAY)  # to open a connection takes there and back
        from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_carry(reader, to_server, None), _carry(from_server, writer, width))

    return serve


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter, width: _Width | None) -> None:
    """Each packet arrives so much later than it left; `width` None: there is room for all at once."""
    loop = asyncio.get_running_loop()
    while packet := await source.read(_PACKET):
        if width is not None:
            await width.passed(len(packet))
        loop.call_later(ONE_WAY, target.write, packet)
    loop.call_later(ONE_WAY, target.close)
