"""w3m, at a terminal of its own: it shows text alone, knows neither styles nor scripts, and is steered by keys."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from tests.browser.conftest import PATIENCE

W3M = shutil.which("w3m")
ROWS, COLUMNS = 50, 120
OPTIONS = ("-no-cookie", "-o", "accept_language=sv")
Stop = tuple[str, dict[str, str | None]]


@dataclass
class TextBrowser:
    """One that has opened a page. `written` is everything that its terminal got since the last wait."""

    terminal: int
    written: bytes = field(default=b"", repr=False)

    def wait_for(self, word: str) -> None:
        """Until the screen has shown it. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE
        while word.encode() not in self.written:
            if time.monotonic() > deadline:
                raise TimeoutError(self.written[-2000:].decode(errors="replace"))
            if select.select([self.terminal], [], [], 0.2)[0]:
                self.written += os.read(self.terminal, 2**16)
        self.written = b""

    def choose(self, stops: Sequence[int]) -> None:
        """Go to each stop of the page, counted from 1, and press Enter there."""
        os.write(self.terminal, "".join(f"{stop}[\r" for stop in stops).encode())


@contextmanager
def opened(address: str, home: Path) -> Iterator[TextBrowser]:
    """The browser at an address, gone with the block; it keeps its own files in `home`."""
    mine, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    process = subprocess.Popen(
        ["w3m", *OPTIONS, address],
        stdin=its,
        stdout=its,
        stderr=its,
        env=_surroundings(home),
        start_new_session=True,
    )
    os.close(its)
    try:
        yield TextBrowser(mine)
    finally:
        process.kill()
        process.wait()
        os.close(mine)


def shown(address: str, home: Path) -> str:
    """All of a page as text, in lines that nothing breaks but the page."""
    command = ["w3m", *OPTIONS, "-dump", "-cols", "10000", address]
    return subprocess.run(command, capture_output=True, check=True, text=True, env=_surroundings(home)).stdout


def stops(page: str) -> list[Stop]:
    """Tags and attributes of what w3m stops at, in its order: links, and fields, hidden ones too."""
    parser = _Stops()
    parser.feed(page)
    return parser.found


class _Stops(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Stop] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"input", "textarea", "select", "button"} or (tag == "a" and "href" in dict(attrs)):
            self.found.append((tag, dict(attrs)))


def _surroundings(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8"}
