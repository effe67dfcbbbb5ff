"""Do large organisations of our sector reach farther than small ones?"""

from __future__ import annotations

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import pool_rows
from dimios_dash.analyses.everyone.pool_rows import KindCells
from dimios_dash.domain.comparing.pools import Pool, PoolKind
from dimios_dash.domain.comparing.size_class import SizeClass
from dimios_dash.translations import N_


def read(basis: Basis) -> KindCells:
    sector = basis.others.own.sector
    pools = [Pool(PoolKind.SIZE, sector, size) for size in SizeClass]
    return pool_rows.read(basis, pools, N_("%(level)s per storlek, 0–100"))


SIZES = Analysis(
    slug="storlekar",
    title=N_("Storlekar"),
    question=N_("Spelar storleken någon roll?"),
    read=read,
    headline=pool_rows.headline,
    reading=pool_rows.reading,
    draw=pool_rows.draw,
    table=pool_rows.table,
    notes=pool_rows.notes,
    of_whole=True,
)
