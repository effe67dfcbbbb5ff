"""Which texts say nearly the same? A proposal for somebody who has read both.

Measured by the Sørensen–Dice coefficient of their three-letter pieces, which forgives endings ("system", "systemen"):
0 for nothing in common, 1 for the same text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

Key = TypeVar("Key", bound=Hashable)

ALIKE: Final = 0.4
_PIECE: Final = 3  # letters
_LETTERS: Final = re.compile(r"\w+")


def likeness(one: str, other: str) -> float:
    """From 0 to 1; 0 where one of them has no letters."""
    return _likeness(_pieces(one), _pieces(other))


def alike(text: str, others: Mapping[Key, str], most: int) -> tuple[Key, ...]:
    """Those at least ALIKE, at most `most` of them, the most alike first."""
    own = _pieces(text)
    found = {key: _likeness(own, _pieces(other)) for key, other in others.items()}
    near = (key for key, measure in found.items() if measure >= ALIKE)
    return tuple(sorted(near, key=lambda key: -found[key])[:most])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0


def _pieces(text: str) -> Counter[str]:
    """With the edges of words, so that short words count too."""
    padded = (f" {word} " for word in _LETTERS.findall(text.casefold()))
    return Counter(word[at : at + _PIECE] for word in padded for at in range(len(word) - _PIECE + 1))
