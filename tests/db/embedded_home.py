"""Data folders with a real embedded server, for tests."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from db import embedded
from db.embedded import Server


@dataclass(frozen=True)
class Home:
    """A data folder and its keys."""

    data: Path
    keys: Path

    @property
    def cluster(self) -> Path:
        return self.data / "database" / "cluster"

    def start(self) -> Server:
        return embedded.start(self.data, self.keys)

    def processes(self) -> list[int]:
        """Every process of this server: they all work in the cluster's folder."""
        return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if self._works_here(entry)]

    def _works_here(self, process: Path) -> bool:
        with suppress(OSError):
            return (process / "cwd").samefile(self.cluster)
        return False


@contextmanager
def home_at(folder: Path) -> Iterator[Home]:
    """A home in the folder; its server ends with the block."""
    home = Home(folder / "data", folder / "keys")
    try:
        yield home
    finally:
        embedded.stop(home.data)


def query(server: Server, statement: str) -> list[object]:
    """The rows' first column, read with the address that the server gave."""
    engine = create_engine(server.url)
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return list(result.scalars()) if result.returns_rows else []
    finally:
        engine.dispose()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
