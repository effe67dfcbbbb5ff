"""How do municipalities, agencies, regions and others compare?"""

from __future__ import annotations

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import pool_rows
from dimios_dash.analyses.everyone.pool_rows import KindCells
from dimios_dash.domain.comparing.pools import Pool, PoolKind
from dimios_dash.domain.sector import Sector
from dimios_dash.translations import N_


def read(basis: Basis) -> KindCells:
    pools = [Pool(PoolKind.SECTOR, sector) for sector in Sector]
    return pool_rows.read(basis, pools, N_("%(level)s per sektor, 0–100"))


SECTORS = Analysis(
    slug="sektorer",
    title=N_("Sektorer"),
    question=N_("Hur ligger sektorerna?"),
    read=read,
    headline=pool_rows.headline,
    reading=pool_rows.reading,
    draw=pool_rows.draw,
    table=pool_rows.table,
    notes=pool_rows.notes,
    of_whole=True,
)
