"""The fixed pools that an organisation is counted in, and by what names they are stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.size_class import SizeClass
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.sector import Sector


class PoolKind(StrEnum):
    """In the order in which they are chosen: what most compare themselves with goes first."""

    SECTOR = "sector"
    NATION = "nation"
    SIZE = "size"  # within a sector
    COUNTY = "county"
    FOCUS = "focus"  # what the strategy says of digitalisation


@dataclass(frozen=True, slots=True)
class Pool:
    """Which organisations: all of a kind, in a sector, of a size in a sector, or in a county."""

    kind: PoolKind
    sector: Sector | None = None
    size: SizeClass | None = None
    county: County | None = None
    focus: StrategyFocus | None = None

    @property
    def key(self) -> str:
        """As it is stored: "nation", "sector:kommun", "size:kommun:2", "county:14", "focus:main"."""
        parts = (self.kind.value, self.sector, self.size and str(int(self.size)), self.county, self.focus)
        return ":".join(part for part in parts if part)

    @classmethod
    def of(cls, key: str) -> Self:
        """The other way round. Raises ValueError for anything that is no key of a pool."""
        kind, *parts = key.split(":")
        match PoolKind(kind), parts:
            case PoolKind.NATION, []:
                return cls(PoolKind.NATION)
            case PoolKind.SECTOR, [sector]:
                return cls(PoolKind.SECTOR, Sector(sector))
            case PoolKind.SIZE, [sector, size]:
                return cls(PoolKind.SIZE, Sector(sector), SizeClass(int(size)))
            case PoolKind.COUNTY, [county]:
                return cls(PoolKind.COUNTY, county=County(county))
            case PoolKind.FOCUS, [focus]:
                return cls(PoolKind.FOCUS, focus=StrategyFocus(focus))
        raise ValueError(f"{key} is no pool")


NATION: Final = Pool(PoolKind.NATION)


def pools_of(
    sector: Sector, size: SizeClass | None, county: County | None, focus: StrategyFocus | None = None
) -> Iterator[Pool]:
    """Every pool that such an organisation is counted in; of what nobody has told, in none."""
    yield Pool(PoolKind.SECTOR, sector)
    yield NATION
    if size is not None:
        yield Pool(PoolKind.SIZE, sector, size)
    if county is not None:
        yield Pool(PoolKind.COUNTY, county=county)
    if focus is not None:
        yield Pool(PoolKind.FOCUS, focus=focus)
