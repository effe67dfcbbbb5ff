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


def _to(port: int) -> Serve:
    width = asyncio.Lock()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * ONE_WAY)  # to open a connection takes there and back
        from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_carry(reader, to_server, None), _carry(from_server, writer, width))

    return serve


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter, width: asyncio.Lock | None) -> None:
    """Each packet leaves when the one before it has, and is on its way for so long; `width` None: it is wide enough."""
    under_way: set[asyncio.Task[None]] = set()
    while packet := await source.read(_PACKET):
        if width is not None:
            async with width:
                await asyncio.sleep(len(packet) / DOWN)
        under_way.add(asyncio.create_task(_arrive(target, packet)))
    await asyncio.gather(*under_way)
    target.close()


async def _arrive(target: asyncio.StreamWriter, packet: bytes) -> None:
    await asyncio.sleep(ONE_WAY)
    target.write(packet)
