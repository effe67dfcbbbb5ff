"""What keeps a file that could be read from being imported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`row` is the number seen in Excel, None for the whole file; `message` is whole sentences in Swedish."""

    row: int | None
    message: str
