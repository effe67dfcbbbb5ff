"""What is chosen on the page: which pool, which level; and what the own organisation reached there."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from db.queries.benchmarks import PoolBenchmark
from dimios_dash.analyses import blunted
from dimios_dash.analyses.basis import CAPABILITY, HERITAGE, Basis
from dimios_dash.domain.comparing.pools import NATION, Pool, PoolKind
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.translations import N_, _

POOL, LEVEL = "urval", "niva"  # parameters of the address


class PoolChoice(StrEnum):
    """Which of the own pools; the values stand in the address."""

    SECTOR = "sektor"
    SIZE = "storlek"
    COUNTY = "lan"
    NATION = "landet"


class LevelChoice(StrEnum):
    """Which value is compared over sectors, sizes and counties; the values stand in the address."""

    INDEX = "index"
    CAPABILITY = "formaga"
    HERITAGE = "arv"

    @property
    def key(self) -> str:
        """Of the level: "index", "F", "A"."""
        return _KEYS[self]

    @property
    def label(self) -> str:
        """In the language being spoken."""
        return _(_LEVELS[self])


_KEYS: Final = {
    LevelChoice.INDEX: INDEX_KEY,
    LevelChoice.CAPABILITY: CAPABILITY,
    LevelChoice.HERITAGE: HERITAGE,
}
_LEVELS: Final = {
    LevelChoice.INDEX: N_("Index"),
    LevelChoice.CAPABILITY: N_("Digital förmåga"),
    LevelChoice.HERITAGE: N_("Digitalt arv"),
}


def own_pools(basis: Basis) -> dict[PoolChoice, Pool]:
    """The pools that the own organisation belongs to by what it is; without a size or county fewer."""
    facts = basis.others.own
    found = {PoolChoice.SECTOR: Pool(PoolKind.SECTOR, facts.sector)}
    if facts.size is not None:
        found[PoolChoice.SIZE] = Pool(PoolKind.SIZE, facts.sector, facts.size)
    if facts.county is not None:
        found[PoolChoice.COUNTY] = Pool(PoolKind.COUNTY, county=facts.county)
    return found | {PoolChoice.NATION: NATION}


def pool(basis: Basis) -> Pool:
    """The chosen one; the sector where the own organisation has no size or county."""
    own = own_pools(basis)
    return own.get(basis.choice(POOL, PoolChoice.SECTOR), own[PoolChoice.SECTOR])


def benchmark(basis: Basis, wanted: Pool) -> PoolBenchmark | None:
    """What is told of a pool."""
    return next((found for found in basis.pools if found.pool == wanted.key), None)


def level(basis: Basis) -> LevelChoice:
    """Which value is compared."""
    return basis.choice(LEVEL, LevelChoice.INDEX)


def end(basis: Basis, key: str) -> str:
    """ "eller högre" where the own value stands at the end of what may be shown."""
    return blunted.level(basis.whole, key)
