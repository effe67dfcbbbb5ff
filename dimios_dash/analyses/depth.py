"""What is chosen on "Data och diagram": how deep, which category, which words, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from dimios_dash.analyses.basis import Basis
from dimios_dash.domain.instrument import Category, Instrument, Statement
from dimios_dash.errors import NotFound
from dimios_dash.translations import N_, _

ALL: Final = "alla"


class Depth(StrEnum):
    DIMENSION = "dimension"
    CATEGORY = "kategori"
    STATEMENT = "formaga"

    @property
    def label(self) -> str:
        """In the plural, for a switch."""
        return _(_DEPTHS[self])


class Order(StrEnum):
    GIVEN = "given"
    HIGHEST = "hogst"
    LOWEST = "lagst"
    DONT_KNOW = "vetej"

    @property
    def label(self) -> str:
        """For a list."""
        return _(_ORDERS[self])


_DEPTHS: Final = {
    Depth.DIMENSION: N_("Dimensioner"),
    Depth.CATEGORY: N_("Kategorier"),
    Depth.STATEMENT: N_("Förmågor"),
}
_ORDERS: Final = {
    Order.GIVEN: N_("Frågebatteriets ordning"),
    Order.HIGHEST: N_("Högst medel först"),
    Order.LOWEST: N_("Lägst medel först"),
    Order.DONT_KNOW: N_("Mest Vet ej först"),
}


class Ranked(Protocol):
    """A row that can be put in order; None comes last."""

    @property
    def mean(self) -> float | None: ...

    @property
    def dont_know(self) -> float | None: ...


Row = TypeVar("Row", bound=Ranked)
_RANKS: Final[Mapping[Order, Callable[[Ranked], tuple[bool, float]]]] = {
    Order.GIVEN: lambda _row: (False, 0.0),
    Order.HIGHEST: lambda row: (row.mean is None, -(row.mean or 0.0)),
    Order.LOWEST: lambda row: (row.mean is None, row.mean or 0.0),
    Order.DONT_KNOW: lambda row: (row.dont_know is None, -(row.dont_know or 0.0)),
}


def ordered(rows: Sequence[Row], order: Order) -> list[Row]:
    """Equal ones keep the order of the instrument."""
    return sorted(rows, key=_RANKS[order])


def chosen_categories(basis: Basis) -> tuple[Category, ...]:
    """All, or the one that is chosen. Raises NotFound for one that the instrument does not have."""
    wanted = basis.choice("kategori", ALL)
    found = tuple(each for each in basis.instrument.categories if wanted in {ALL, each.key})
    if not found:
        raise NotFound(_("Kategorin finns inte i frågebatteriet. Välj en i listan."))
    return found


def chosen_statements(basis: Basis) -> list[Statement]:
    """Those of the chosen categories that have the chosen words in them."""
    words = basis.choice("sok", "").casefold().strip()
    every = [statement for category in chosen_categories(basis) for statement in category.statements]
    return [each for each in every if words in f"{each.capability.spoken} {each.text.spoken}".casefold()]


def dimension_of(instrument: Instrument, key: str) -> str:
    """Name of the dimension of a key ("F1.2", "F1")."""
    return next(each.name.spoken for each in instrument.dimensions if key.startswith(each.key))
