"""Other organisations of the sector on the map: those that agreed to be seen, by name where they agreed to that too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.queries.shared_results import SharedResult
from dimios_dash.analyses.basis import CAPABILITY, HERITAGE, Basis
from dimios_dash.analyses.table import Cell, Row
from dimios_dash.domain.positions import positions_within
from dimios_dash.figures.numbers import count
from dimios_dash.figures.quadrant import Position, PositionKind
from dimios_dash.translations import _


@dataclass(frozen=True, slots=True)
class OtherOnMap:
    """A whole organisation; `name` None: it has not agreed to being named."""

    name: str | None
    capability: float
    heritage: float
    synthetic: bool

    @property
    def called(self) -> str:
        """The name, or words in its place."""
        return self.name or _("En annan organisation")


def read(basis: Basis) -> tuple[OtherOnMap, ...]:
    """The named ones first."""
    return tuple(other for each in basis.points if (other := _other(each)) is not None)


def _other(each: SharedResult) -> OtherOnMap | None:
    """None where it does not show both dimensions."""
    capability, heritage = each.values.get(CAPABILITY), each.values.get(HERITAGE)
    if capability is None or heritage is None:
        return None
    return OtherOnMap(each.name, capability, heritage, each.synthetic)


def point(other: OtherOnMap) -> Position:
    """A quiet point of the map."""
    return Position(other.called, other.capability, other.heritage, PositionKind.OTHER)


def row(other: OtherOnMap) -> Row:
    """Name, capability, heritage, position."""
    at = positions_within(other.capability, other.heritage, margin=0)[0].texts.name.spoken
    return Row((Cell(other.called), Cell(other.capability), Cell(other.heritage), Cell(at)))


def about(others: Sequence[OtherOnMap]) -> str:
    """What the quiet points are; empty without any."""
    if not others:
        return ""
    many = _(
        "Små romber är %(n)s andra i sektorn som har sagt ja till att synas, hela organisationer; %(named)s med namn.",
        n=count(len(others)),
        named=count(sum(each.name is not None for each in others)),
    )
    made_up = _("Några av dem är påhittade.") if any(each.synthetic for each in others) else ""
    return f"{many} {made_up}".strip()
