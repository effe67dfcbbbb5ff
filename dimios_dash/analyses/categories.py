"""Which categories are strong and which are weak, against last time and against others?"""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from db.queries.benchmarks import PoolBenchmark
from dimios_dash.analyses import blunted
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis, level_means
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.benchmark import FEWEST_FOR_MEAN
from dimios_dash.domain.days import written
from dimios_dash.domain.scoring import LevelMean
from dimios_dash.domain.sector import Sector
from dimios_dash.figures.numbers import count, number
from dimios_dash.figures.spider import SeriesKind, SpiderSeries, spider

_TOO_FEW_OTHERS = f"Färre än {FEWEST_FOR_MEAN} andra har ett värde."


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category; `last_time` and `others` are None where there is nothing to compare with."""

    name: str
    level: LevelMean
    end: str  # "eller högre", "eller lägre"
    last_time: LevelMean | None
    others: float | None

    @property
    def before(self) -> float | None:
        """Last time's mean where it is shown."""
        return None if self.last_time is None else self.last_time.mean


@dataclass(frozen=True, slots=True)
class CategoryCells:
    year: int
    last_year: int | None
    benchmark: PoolBenchmark | None
    rows: tuple[CategoryRow, ...]

    @property
    def shown(self) -> list[tuple[float, CategoryRow]]:
        """Shown categories, the highest first; equal ones in the order of the instrument."""
        shown = [(row.level.mean, row) for row in self.rows if row.level.mean is not None]
        return sorted(shown, key=lambda pair: -pair[0])


def read(basis: Basis) -> CategoryCells:
    last = basis.last_time
    before = level_means(last.instrument_version, last.means) if last else {}
    others = _means_of_others(basis.benchmark)
    rows = tuple(
        CategoryRow(
            category.name.sv,
            basis.levels[category.key],
            blunted.level(basis.unit, category.key),
            before.get(category.key),
            others.get(category.key),
        )
        for category in basis.instrument.categories
    )
    return CategoryCells(basis.year, last.year if last else None, basis.benchmark, rows)


def _means_of_others(benchmark: PoolBenchmark | None) -> dict[str, float]:
    return {key: value.mean for key, value in benchmark.values.items()} if benchmark else {}


def headline(cells: CategoryCells) -> str:
    if not cells.shown:
        return "Kategorierna kan inte visas"
    highest, lowest = cells.shown[0], cells.shown[-1]
    if highest[0] == lowest[0]:
        return f"{listed([row.name for _, row in cells.shown])} ligger lika"
    return f"Starkast i {highest[1].name}, svagast i {lowest[1].name}"


def reading(cells: CategoryCells) -> str:
    if not cells.shown:
        return "En kategori visas när minst tre av dess fem påståenden kan visas."
    (highest, first), (lowest, last) = cells.shown[0], cells.shown[-1]
    ends = f"{first.name} ligger på {number(highest)} och {last.name} på {number(lowest)} av 100"
    compared = [(mean, row.others) for mean, row in cells.shown if row.others is not None]
    if not compared:
        return f"{ends}."
    above = sum(mean > others for mean, others in compared)
    return f"{ends}; {_number_of(above)} av {_number_of(len(compared))} kategorier ligger över {_others(cells)}."


def _number_of(few: int) -> str:
    return ("ingen", "en", "två", "tre", "fyra", "fem", "sex")[few]


def _others(cells: CategoryCells) -> str:
    """ "medel för andra kommuner"."""
    return f"medel för andra {_kind_of_others(cells.benchmark)}"


def _kind_of_others(benchmark: PoolBenchmark | None) -> str:
    """Pools are named "sector:kommun"."""
    return Sector(benchmark.pool.partition(":")[2]).plural if benchmark else "organisationer"


def draw(cells: CategoryCells) -> go.Figure | None:
    if not cells.shown:
        return None
    series = [SpiderSeries(str(cells.year), [row.level.mean for row in cells.rows], SeriesKind.THIS)]
    if any(row.before is not None for row in cells.rows):
        last = [row.before for row in cells.rows]
        series.append(SpiderSeries(str(cells.last_year), last, SeriesKind.EARLIER))
    if any(row.others is not None for row in cells.rows):
        name = f"Andra {_kind_of_others(cells.benchmark)}"
        series.append(SpiderSeries(name, [row.others for row in cells.rows], SeriesKind.BENCHMARK))
    return spider([row.name for row in cells.rows], series, "")


def table(cells: CategoryCells) -> Table:
    compared = [Column(str(cells.last_year))] if cells.last_year else []
    others = [Column(_others(cells).capitalize())] if _enough(cells.benchmark) else []
    columns = (Column("Kategori", numeric=False), Column(str(cells.year)), *compared, *others)
    return Table(
        "Medelvärde per kategori, 0–100",
        columns,
        tuple(_row(row, compared=bool(compared), others=bool(others)) for row in cells.rows),
    )


def _row(row: CategoryRow, *, compared: bool, others: bool) -> Row:
    own = Cell(row.level.mean, row.level.hidden.explanation if row.level.hidden else row.end)
    last = Cell(row.before, _why_not_before(row.last_time))
    other = Cell(row.others, "" if row.others is not None else _TOO_FEW_OTHERS)
    return Row((Cell(row.name), own, *([last] if compared else []), *([other] if others else [])))


def _why_not_before(level: LevelMean | None) -> str:
    if level is None:
        return "Kategorin fanns inte då."
    return level.hidden.explanation if level.hidden else ""


def notes(cells: CategoryCells) -> tuple[str, ...]:
    hidden = [row.name for row in cells.rows if row.level.hidden]
    why = f"{listed(hidden)}: visas inte, eftersom färre än tre av de fem påståendena kan visas." if hidden else ""
    ends = listed([f"{row.name} ({number(row.level.mean)} {row.end})" for row in cells.rows if row.end])
    return tuple(filter(None, (why, f"{ends}. {blunted.WHY}" if ends else "", _about_others(cells))))


def _about_others(cells: CategoryCells) -> str:
    """What the others are: how many, which year, computed when; or why there is nothing to compare with."""
    benchmark, kind = cells.benchmark, _kind_of_others(cells.benchmark)
    if benchmark is None:
        return f"Det finns inga jämförelsevärden för {cells.year} ännu."
    if not _enough(benchmark):
        return (
            f"Jämförelsen visas när minst {FEWEST_FOR_MEAN} andra {kind} har publicerat {benchmark.year} års resultat;"
            f" den {written(benchmark.computed_on)} var de {count(benchmark.organisations)}."
        )
    made_up = " Det är syntetiska jämförelsevärden, inte verkliga resultat." if benchmark.synthetic else ""
    return (
        f"Jämförelsen är medel för {count(benchmark.organisations)} andra {kind}, hela organisationer,"
        f" mätår {benchmark.year}, beräknat {written(benchmark.computed_on)}.{made_up}"
    )


def _enough(benchmark: PoolBenchmark | None) -> bool:
    return benchmark is not None and bool(benchmark.values)


CATEGORIES = Analysis(
    slug="kategorier",
    title="Kategorier",
    question="Vad är starkt och vad är svagt?",
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
