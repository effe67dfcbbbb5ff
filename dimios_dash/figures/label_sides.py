"""On which side of its point each label stands, so that labels cover neither each other, nor points, nor the path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

SIDES: Final = {  # plotly's word, and the way to the label's middle: across and up
    "top center": (0, 1),
    "bottom center": (0, -1),
    "middle left": (-1, 0),
    "middle right": (1, 0),
    "bottom left": (-1, -1),
    "bottom right": (1, -1),
    "top left": (-1, 1),
    "top right": (1, 1),
}
GAP: Final = 4  # pixels between a point and its label
STEPS: Final = 24  # places along each part of the path that a label should not cover
DOT: Final = 60.0  # square pixels that one such place counts for


@dataclass(frozen=True, slots=True)
class Labelled:
    """A point of the path with its label. All in pixels, upwards and to the right."""

    x: float
    y: float
    size: float  # of the point, across
    width: float  # of its label
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    low: float
    right: float
    high: float

    def covers(self, other: Box) -> float:
        """The area they share."""
        across = min(self.right, other.right) - max(self.left, other.left)
        upwards = min(self.high, other.high) - max(self.low, other.low)
        return max(across, 0.0) * max(upwards, 0.0)

    def holds(self, x: float, y: float) -> bool:
        """Whether a place lies within."""
        return self.left < x < self.right and self.low < y < self.high


def sides(path: Sequence[Labelled]) -> list[str]:
    """A side for each point, in their order. The last is the one looked for, and chooses first."""
    taken = [_box(each.x, each.y, each.size, each.size) for each in path]
    line = [place for one, two in pairwise(path) for place in _between(one, two)]
    chosen: list[str] = []
    for each in reversed(path):
        best = min(SIDES, key=lambda side: _covered(label_box(each, side), taken, line))
        taken.append(label_box(each, best))
        chosen.append(best)
    return chosen[::-1]


def label_box(each: Labelled, side: str) -> Box:
    """Where the label stands."""
    across, up = SIDES[side]
    away = each.size / 2 + GAP
    middle = each.x + across * (away + each.width / 2), each.y + up * (away + each.height / 2)
    return _box(*middle, each.width, each.height)


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _between(one: Labelled, two: Labelled) -> list[tuple[float, float]]:
    shares = [step / STEPS for step in range(1, STEPS)]
    return [(one.x + share * (two.x - one.x), one.y + share * (two.y - one.y)) for share in shares]


def _covered(label: Box, taken: Sequence[Box], line: Sequence[tuple[float, float]]) -> float:
    return sum(label.covers(other) for other in taken) + DOT * sum(label.holds(*place) for place in line)
