"""In which categories are we ahead of the others, in which behind?"""

from __future__ import annotations

from dataclasses import dataclass

from db.queries.benchmarks import PoolBenchmark
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import beside, chosen, pool_words
from dimios_dash.analyses.everyone.beside import Beside
from dimios_dash.analyses.table import Table
from dimios_dash.domain.comparing.pools import Pool
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, signed
from dimios_dash.translations import N_, _


@dataclass(frozen=True, slots=True)
class PlaceCells:
    """Rows in the order of the instrument."""

    pool: Pool
    found: PoolBenchmark | None
    rows: tuple[Beside, ...]


def read(basis: Basis) -> PlaceCells:
    pool = chosen.pool(basis)
    found, own = chosen.benchmark(basis, pool), basis.whole_values
    values = {} if found is None else found.values
    rows = tuple(
        Beside(each.name.spoken, own[each.key], chosen.end(basis, each.key), values.get(each.key))
        for each in basis.instrument.categories
    )
    return PlaceCells(pool, found, rows)


def headline(cells: PlaceCells) -> str:
    ranked = beside.compared(cells.rows)
    if not ranked:
        return _("Inget att jämföra i det här urvalet")
    (most, first), (least, last) = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return f"{first.name} {signed(most)}"
    return _(
        "%(first)s %(most)s, %(last)s %(least)s mot de andra",
        first=first.name,
        most=signed(most),
        last=last.name,
        least=signed(least),
    )


def reading(cells: PlaceCells) -> str:
    ranked = beside.compared(cells.rows)
    if not ranked:
        return pool_words.missing(cells.found, cells.pool)
    return _(
        "%(above)s av %(all)s ligger över medel för de andra (%(pool)s).",
        above=count(sum(difference > 0 for difference, _row in ranked)),
        all=count(len(ranked)),
        pool=pool_words.inside(cells.pool),
    )


def draw(cells: PlaceCells) -> Drawing | None:
    return beside.draw(cells.rows)


def table(cells: PlaceCells) -> Table:
    caption = _("Kategorier bland andra (%(pool)s), 0–100", pool=pool_words.inside(cells.pool))
    return beside.table(cells.rows, caption, _("Kategori"))


def notes(cells: PlaceCells) -> tuple[str, ...]:
    return pool_words.composition([cells.found] if cells.found and cells.found.values else [])


CATEGORY_PLACES = Analysis(
    slug="alla-kategorier",
    title=N_("Kategorier bland andra"),
    question=N_("Var är vi före och var är vi efter?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
    of_whole=True,
)
