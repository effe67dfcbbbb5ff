"""Pools of one kind beside each other: sectors, and sizes within the own sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.queries.benchmarks import PoolBenchmark
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import chosen, pool_words
from dimios_dash.analyses.everyone.chosen import LevelChoice
from dimios_dash.analyses.everyone.own_place import detail, numbers_of_others, own_cell, row_of_others
from dimios_dash.analyses.table import Cell, Column, Table
from dimios_dash.domain.benchmark import Benchmark
from dimios_dash.domain.comparing.pools import Pool
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import number
from dimios_dash.figures.placing import Placing, placings
from dimios_dash.translations import _


@dataclass(frozen=True, slots=True)
class KindRow:
    """One pool; `own` only where the own organisation belongs to it."""

    pool: Pool
    found: PoolBenchmark | None
    others: Benchmark | None
    own: float | None
    end: str
    mine: bool


@dataclass(frozen=True, slots=True)
class KindCells:
    level: LevelChoice
    caption: str  # of the table
    rows: tuple[KindRow, ...]

    @property
    def told(self) -> list[tuple[float, KindRow]]:
        """Those with a mean, the highest first."""
        told = [(row.others.mean, row) for row in self.rows if row.others is not None]
        return sorted(told, key=lambda pair: -pair[0])


def read(basis: Basis, pools: Sequence[Pool], caption: str) -> KindCells:
    """`caption` of the table, with the %(level)s that is chosen."""
    level = chosen.level(basis)
    own_pools, own = chosen.own_pools(basis).values(), basis.whole_values[level.key]
    end = chosen.end(basis, level.key)

    def row(pool: Pool) -> KindRow:
        found = chosen.benchmark(basis, pool)
        mine = pool in own_pools
        others = None if found is None else found.values.get(level.key)
        return KindRow(pool, found, others, own if mine else None, end if mine else "", mine)

    return KindCells(level, _(caption, level=level.label), tuple(map(row, pools)))


def headline(cells: KindCells) -> str:
    told = cells.told
    if not told:
        return _("Inget urval är stort nog att visas")
    if len(told) == 1:
        return f"{pool_words.title(told[0][1].pool)} {number(told[0][0])}"
    return _(
        "%(first)s högst, %(last)s lägst",
        first=pool_words.title(told[0][1].pool),
        last=pool_words.title(told[-1][1].pool),
    )


def reading(cells: KindCells) -> str:
    told = cells.told
    if not told:
        return _("Varje urval visas när minst fem andra organisationer är räknade i det.")
    return _(
        "%(level)s går från %(lowest)s till %(highest)s i medel.",
        level=cells.level.label,
        lowest=number(told[-1][0]),
        highest=number(told[0][0]),
    )


def draw(cells: KindCells) -> Drawing | None:
    if not cells.told:
        return None
    return placings([_placing(row) for row in cells.rows], _("Ni"), _("Mittersta hälften"))


def _placing(row: KindRow) -> Placing:
    if row.others is None:
        return Placing(pool_words.title(row.pool), _("för få för att visas"), row.own, None)
    others = row.others
    title = pool_words.title(row.pool)
    return Placing(title, detail(others), row.own, others.mean, others.lower_quartile, others.upper_quartile)


def table(cells: KindCells) -> Table:
    return Table(
        cells.caption,
        (Column(_("Urval"), numeric=False), *numbers_of_others()),
        tuple(
            row_of_others(pool_words.title(row.pool), _own(row), row.others, pool_words.too_few(row.found))
            for row in cells.rows
        ),
    )


def _own(row: KindRow) -> Cell:
    """Where the own organisation does not belong there is nothing to hide."""
    return own_cell(row.own, row.end) if row.mine else Cell("")


def notes(cells: KindCells) -> tuple[str, ...]:
    told = pool_words.composition([row.found for row in cells.rows if row.found and row.others])
    return (*told, *(pool_words.missing(row.found, row.pool) for row in cells.rows if row.others is None))
