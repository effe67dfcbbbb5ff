"""Are we better than others: than all of our kind, of our size, in our county, in the whole country?"""

from __future__ import annotations

from dataclasses import dataclass

from db.queries.benchmarks import PoolBenchmark
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import chosen, pool_words
from dimios_dash.analyses.everyone.chosen import LevelChoice, PoolChoice
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.domain.benchmark import FEWEST_FOR_QUARTILES, Benchmark
from dimios_dash.domain.comparing.pools import Pool
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number
from dimios_dash.figures.placing import Placing, placings
from dimios_dash.translations import N_, _

_PREFERRED = (PoolChoice.SIZE, PoolChoice.SECTOR, PoolChoice.COUNTY, PoolChoice.NATION)  # what the answer is about


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One of the own pools. `others` is None where nothing of it is told."""

    pool: Pool
    found: PoolBenchmark | None
    others: Benchmark | None


@dataclass(frozen=True, slots=True)
class OwnPlaceCells:
    level: LevelChoice
    own: float | None
    end: str  # "eller högre"
    rows: dict[PoolChoice, PoolRow]

    @property
    def answering(self) -> PoolRow | None:
        """The pool that the answer speaks of: those of our size where they are told, else a wider one."""
        told = (self.rows[choice] for choice in _PREFERRED if choice in self.rows)
        return next((row for row in told if row.others is not None), None)


def read(basis: Basis) -> OwnPlaceCells:
    level = chosen.level(basis)
    rows = {choice: _row(basis, pool, level) for choice, pool in chosen.own_pools(basis).items()}
    return OwnPlaceCells(level, basis.whole_values[level.key], chosen.end(basis, level.key), rows)


def _row(basis: Basis, pool: Pool, level: LevelChoice) -> PoolRow:
    found = chosen.benchmark(basis, pool)
    return PoolRow(pool, found, None if found is None else found.values.get(level.key))


def headline(cells: OwnPlaceCells) -> str:
    row = cells.answering
    if row is None or row.others is None:
        return _("Det finns ännu inga att jämföra med")
    if cells.own is None:
        return _("Vårt eget värde kan inte visas")
    pool = pool_words.inside(row.pool)
    if cells.own > row.others.mean:
        return _("Ja, högre än medel (%(pool)s)", pool=pool)
    if cells.own < row.others.mean:
        return _("Nej, lägre än medel (%(pool)s)", pool=pool)
    return _("Lika med medel (%(pool)s)", pool=pool)


def reading(cells: OwnPlaceCells) -> str:
    row = cells.answering
    if row is None or row.others is None:
        return _("Jämförelsen visas när minst fem andra av samma slag har publicerat årets resultat.")
    if cells.own is None:
        return _("De andra visas ändå, så att ni ser var de ligger.")
    against = _(
        "%(level)s är %(own)s; medel för %(n)s andra (%(pool)s) är %(mean)s.",
        level=cells.level.label,
        own=f"{number(cells.own)} {cells.end}".strip(),
        n=count(row.others.organisations),
        pool=pool_words.inside(row.pool),
        mean=number(row.others.mean),
    )
    if row.others.place is None:
        return against
    where = _(
        "Ni är på plats %(place)s av %(all)s, %(share)s.",
        place=count(row.others.place),
        all=count(row.others.organisations + 1),
        share=pool_words.share_below(row.others),
    )
    return f"{against} {where}"


def draw(cells: OwnPlaceCells) -> Drawing | None:
    if cells.answering is None:
        return None
    rows = [_placing(row, cells.own) for row in cells.rows.values()]
    return placings(rows, _("Ni"), _("Mittersta hälften"))


def _placing(row: PoolRow, own: float | None) -> Placing:
    if row.others is None:
        return Placing(pool_words.title(row.pool), _("för få för att visas"), own, None)
    return Placing(pool_words.title(row.pool), detail(row.others), own, row.others.mean, *_middle_half(row.others))


def _middle_half(others: Benchmark) -> tuple[float | None, float | None]:
    return others.lower_quartile, others.upper_quartile


def detail(others: Benchmark) -> str:
    """ "medel 48,9 av 16; plats 3 av 17"."""
    mean = _("medel %(mean)s av %(n)s andra", mean=number(others.mean), n=count(others.organisations))
    return "; ".join(filter(None, (mean, pool_words.place(others))))


def table(cells: OwnPlaceCells) -> Table:
    return Table(
        _("%(level)s bland andra, 0–100", level=cells.level.label),
        (Column(_("Urval"), numeric=False), *numbers_of_others()),
        tuple(
            row_of_others(
                *(pool_words.title(row.pool), own_cell(cells.own, cells.end), row.others),
                pool_words.too_few(row.found),
            )
            for row in cells.rows.values()
        ),
    )


def numbers_of_others() -> tuple[Column, ...]:
    """What stands in a table of any comparison with others."""
    return (
        Column(_("Ni")),
        Column(_("Medel")),
        Column(_("Undre kvartil")),
        Column(_("Median")),
        Column(_("Övre kvartil")),
        Column(_("Andra")),
        Column(_("Plats")),
    )


def row_of_others(name: str, own: Cell, others: Benchmark | None, why_not: str, note: str = "") -> Row:
    """Name and the cells of those columns; `why_not` says why nothing is told of the others, if nothing is."""
    if others is None:
        return Row((Cell(name, note or why_not), own, Cell(None, why_not), *[Cell("") for _column in range(5)]))
    fine = (others.lower_quartile, others.median, others.upper_quartile)
    finer = _("Kvartiler och plats visas från %(n)s andra.", n=FEWEST_FOR_QUARTILES) if None in fine else ""
    values = (*(Cell("") if value is None else Cell(value) for value in fine), Cell(others.organisations))
    return Row((Cell(name, note or finer), own, Cell(others.mean), *values, Cell(others.place or "")))


def own_cell(value: float | None, end: str) -> Cell:
    """The own value, or that it is hidden."""
    return Cell(value, end if value is not None else _("Vårt eget värde kan inte visas"))


def notes(cells: OwnPlaceCells) -> tuple[str, ...]:
    told = pool_words.composition([row.found for row in cells.rows.values() if row.found and row.others])
    untold = [pool_words.missing(row.found, row.pool) for row in cells.rows.values() if row.others is None]
    absent = [choice for choice in PoolChoice if choice not in cells.rows]
    unknown = [_("Er storlek eller ert län är inte angivet, så de urvalen saknas.")] if absent else []
    return (*([_(pool_words.CHANCE)] if told else []), *told, *untold, *unknown)


OWN_PLACE = Analysis(
    slug="plats",
    title=N_("Egen plats"),
    question=N_("Är vi bättre än andra av vår storlek?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
    of_whole=True,
)
