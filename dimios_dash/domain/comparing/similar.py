"""Organisations like one's own, by weights of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.size_class import SizeClass
from dimios_dash.domain.sector import Sector

_WIDEST: Final = max(SizeClass) - min(SizeClass)


class Described(Protocol):
    """Whatever has a sector, and perhaps a size and a county."""

    @property
    def sector(self) -> Sector:
        """Which of the four kinds."""

    @property
    def size(self) -> SizeClass | None:
        """None where nobody has said."""

    @property
    def county(self) -> County | None:
        """None where nobody has said."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each likeness counts beside the others; 0: not at all."""

    size: int
    sector: int
    county: int


Other = TypeVar("Other", bound=Described)


def most_similar(own: Described, others: Sequence[Other], weights: Weights, wanted: int) -> list[Other]:
    """The `wanted` nearest and all that are as near as the last of them, in the order of `others`."""
    ranked = sorted(distance(own, each, weights) for each in others)
    if len(ranked) <= wanted:
        return list(others)
    farthest = ranked[wanted - 1]
    return [each for each in others if distance(own, each, weights) <= farthest]


def distance(own: Described, other: Described, weights: Weights) -> float:
    """0 where all that counts is alike. A size that is not known is as far away as can be."""
    apart = 1.0 if own.size is None or other.size is None else abs(own.size - other.size) / _WIDEST
    elsewhere = own.county is None or own.county is not other.county
    return weights.size * apart + weights.sector * (own.sector is not other.sector) + weights.county * elsewhere
