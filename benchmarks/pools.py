"""How long the counting of pools takes: as many organisations as there may ever be, over four fixed dates.

python -m benchmarks.pools
"""

from __future__ import annotations

from time import perf_counter
from uuid import UUID

import numpy as np

from dimios_dash.domain.comparing.choosing_pools import choose, readers
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.pools import Pool, pools_of
from dimios_dash.domain.comparing.singling_out import Members
from dimios_dash.domain.comparing.size_class import SizeClass
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId

SECTORS = {Sector.KOMMUN: 290, Sector.REGION: 21, Sector.MYNDIGHET: 250, Sector.OVRIG: 900}
DATES = (0.1, 0.6, 0.9, 1.0)  # share of all that has published by each


def main() -> None:
    """A fifth agree to be known by name, a fifth to be a point, and two groups know their own."""
    chance = np.random.default_rng(1)
    facts = [(sector, *_place(chance)) for sector, many in SECTORS.items() for _ in range(many)]
    ids = [OrganisationId(UUID(int=number + 1)) for number in range(len(facts))]
    order = chance.permutation(len(facts)).tolist()
    who = readers(frozenset(ids[::5]), frozenset(ids[1::5]), [frozenset(ids[:10]), frozenset(ids[50:80])])
    told: dict[Pool, list[Members]] = {}
    for share in DATES:
        pools: dict[Pool, Members] = {}
        for number in order[: int(share * len(facts))]:
            for pool in pools_of(*facts[number]):
                pools[pool] = pools.get(pool, frozenset()) | {ids[number]}
        begun = perf_counter()
        chosen = choose(pools, told, who)
        seconds = perf_counter() - begun
        for pool, members in chosen.items():
            told.setdefault(pool, []).append(members)
        print(f"{int(share * len(facts)):5} organisations: {len(chosen)} of {len(pools)} pools told, {seconds:.2f} s")


def _place(chance: np.random.Generator) -> tuple[SizeClass, County]:
    size = SizeClass(int(chance.choice(4, p=(0.5, 0.3, 0.15, 0.05))) + 1)
    return size, list(County)[int(chance.integers(len(County)))]


if __name__ == "__main__":
    main()
