"""Numbers in what is shown: read out of texts, and held against those that were computed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(r"(?<![\w,])([+−]?)(\d{1,3}(?:\u00a0\d{3})+|\d+)(?:,(\d+))?(?![\w])")
_SLACK: Final = 0.006  # spreads are released with two decimals


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it is written: its value, and how many decimals it has."""

    value: float
    decimals: int

    def is_(self, computed: float) -> bool:
        """Whether it is this one, rounded."""
        return abs(self.value - computed) <= 0.5 / 10.0**self.decimals + (_SLACK if self.decimals else 1e-9)

    def is_one_of(self, computed: Iterable[float]) -> bool:
        """Words say "2,3 lägre" for −2.3."""
        return any(self.is_(each) or self.is_(-each) for each in computed)


def numbers_in(text: str) -> list[Written]:
    """ "−0,6 till 4,8": two. A range's dash is no minus, and digits within words are no numbers."""
    return [_written(*match.groups()) for match in _NUMBER.finditer(text)]


def _written(sign: str, whole: str, decimals: str | None) -> Written:
    digits = whole.replace("\u00a0", "")
    value = float(f"{digits}.{decimals or 0}")
    return Written(-value if sign == "−" else value, len(decimals or ""))
