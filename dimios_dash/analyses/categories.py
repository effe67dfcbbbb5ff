"""Which categories are strong and which are weak, against last time and against others?"""

from __future__ import annotations

from dataclasses import dataclass

from db.queries.benchmarks import PoolBenchmark
from dimios_dash.analyses import blunted, scale
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis, level_means
from dimios_dash.analyses.scale import Scale
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.benchmark import FEWEST_FOR_MEAN
from dimios_dash.domain.days import written
from dimios_dash.domain.scoring import LevelMean
from dimios_dash.domain.sector import Sector
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number
from dimios_dash.figures.spider import WHOLE, SeriesKind, Span, SpiderSeries, around, spider
from dimios_dash.translations import N_, _


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category; `last_time` and `others` are None where there is nothing to compare with."""

    name: str
    level: LevelMean
    end: str  # "eller högre", "eller lägre"
    last_time: LevelMean | None
    others: float | None
    target: float | None

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
    scale: Scale

    @property
    def shown(self) -> list[tuple[float, CategoryRow]]:
        """Shown categories, the highest first; equal ones in the order of the instrument."""
        shown = [(row.level.mean, row) for row in self.rows if row.level.mean is not None]
        return sorted(shown, key=lambda pair: -pair[0])


def read(basis: Basis) -> CategoryCells:
    last = basis.last_time
    before = level_means(last.instrument_version, last.means) if last else {}
    others = _means_of_others(basis.benchmark)
    targets = {key: target.value for key, target in basis.targets.items()}
    rows = tuple(
        CategoryRow(
            category.name.spoken,
            basis.levels[category.key],
            blunted.level(basis.unit, category.key),
            before.get(category.key),
            others.get(category.key),
            targets.get(category.key),
        )
        for category in basis.instrument.categories
    )
    return CategoryCells(
        basis.year, last.year if last else None, basis.benchmark, rows, basis.choice("skala", Scale.WHOLE)
    )


def _means_of_others(benchmark: PoolBenchmark | None) -> dict[str, float]:
    return {key: value.mean for key, value in benchmark.values.items()} if benchmark else {}


def headline(cells: CategoryCells) -> str:
    if not cells.shown:
        return _("Kategorierna kan inte visas")
    highest, lowest = cells.shown[0], cells.shown[-1]
    if highest[0] == lowest[0]:
        return _("%(names)s ligger lika", names=listed([row.name for _mean, row in cells.shown]))
    return _("Starkast i %(first)s, svagast i %(last)s", first=highest[1].name, last=lowest[1].name)


def reading(cells: CategoryCells) -> str:
    if not cells.shown:
        return _("En kategori visas när minst tre av dess fem påståenden kan visas.")
    (highest, first), (lowest, last) = cells.shown[0], cells.shown[-1]
    ends = _(
        "%(first)s ligger på %(highest)s och %(last)s på %(lowest)s av 100.",
        first=first.name,
        highest=number(highest),
        last=last.name,
        lowest=number(lowest),
    )
    return f"{ends} {_beside_others(cells)}".strip()


def _beside_others(cells: CategoryCells) -> str:
    """How many categories lie above the others' mean; empty where there is none."""
    compared = [(mean, row.others) for mean, row in cells.shown if row.others is not None]
    if cells.benchmark is None or not compared:
        return ""
    return _(
        "%(above)s av %(all)s kategorier ligger över %(mean)s.",
        above=count(sum(mean > others for mean, others in compared)),
        all=count(len(compared)),
        mean=_sector(cells.benchmark).mean_of_others,
    )


def _sector(benchmark: PoolBenchmark) -> Sector:
    """Pools are named "sector:kommun"."""
    return Sector(benchmark.pool.partition(":")[2])


def draw(cells: CategoryCells) -> Drawing | None:
    if not cells.shown:
        return None
    return spider([row.name for row in cells.rows], _series(cells), "", span=_span(cells))


def _span(cells: CategoryCells) -> Span:
    return around(_series(cells)) if cells.scale is Scale.NEAR else WHOLE


def _series(cells: CategoryCells) -> list[SpiderSeries]:
    series = [SpiderSeries(str(cells.year), [row.level.mean for row in cells.rows], SeriesKind.THIS)]
    if any(row.before is not None for row in cells.rows):
        last = [row.before for row in cells.rows]
        series.append(SpiderSeries(str(cells.last_year), last, SeriesKind.EARLIER))
    if cells.benchmark and any(row.others is not None for row in cells.rows):
        name = _capital(_sector(cells.benchmark).others)
        series.append(SpiderSeries(name, [row.others for row in cells.rows], SeriesKind.BENCHMARK))
    if any(row.target is not None for row in cells.rows):
        series.append(SpiderSeries(_("Mål"), [row.target for row in cells.rows], SeriesKind.TARGET))
    return series


def table(cells: CategoryCells) -> Table:
    compared = [Column(str(cells.last_year))] if cells.last_year else []
    benchmark = cells.benchmark
    others = [Column(_capital(_sector(benchmark).mean_of_others))] if benchmark and benchmark.values else []
    aims = [Column(_("Mål"))] if any(row.target is not None for row in cells.rows) else []
    columns = (Column(_("Kategori"), numeric=False), Column(str(cells.year)), *compared, *others, *aims)
    return Table(
        _("Medelvärde per kategori, 0–100"),
        columns,
        tuple(_row(row, compared=bool(compared), others=bool(others), aims=bool(aims)) for row in cells.rows),
    )


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _row(row: CategoryRow, *, compared: bool, others: bool, aims: bool) -> Row:
    own = Cell(row.level.mean, row.level.hidden.explanation if row.level.hidden else row.end)
    last = Cell(row.before, _why_not_before(row.last_time))
    other = Cell(row.others, "" if row.others is not None else _too_few_others())
    target = Cell(row.target, "" if row.target is not None else _("inget mål"))
    more = ((compared, last), (others, other), (aims, target))
    return Row((Cell(row.name), own, *(cell for wanted, cell in more if wanted)))


def _too_few_others() -> str:
    return _("Färre än %(few)s andra har ett värde.", few=FEWEST_FOR_MEAN)


def _why_not_before(level: LevelMean | None) -> str:
    if level is None:
        return _("Kategorin fanns inte då.")
    return level.hidden.explanation if level.hidden else ""


def notes(cells: CategoryCells) -> tuple[str, ...]:
    hidden = [row.name for row in cells.rows if row.level.hidden]
    few = _("%(names)s visas inte, eftersom färre än tre av de fem påståendena kan visas.", names=listed(hidden))
    ends = listed([f"{row.name} ({number(row.level.mean)} {row.end})" for row in cells.rows if row.end])
    at_the_ends = f"{ends}. {_(blunted.WHY)}" if ends else ""
    span = _span(cells)
    part = "" if span is WHOLE else scale.said((span.low, span.high))
    return tuple(filter(None, (few if hidden else "", at_the_ends, _about_others(cells), part)))


def _about_others(cells: CategoryCells) -> str:
    """What the others are: how many, which year, computed when; or why there is nothing to compare with."""
    benchmark = cells.benchmark
    if benchmark is None:
        return _("Det finns inga jämförelsevärden för %(year)s ännu.", year=cells.year)
    facts = {
        "others": _sector(benchmark).others,
        "n": count(benchmark.organisations),
        "year": benchmark.year,
        "day": written(benchmark.computed_on),
    }
    if not benchmark.values:
        return _(
            "Jämförelsen visas när minst %(few)s %(others)s har publicerat %(year)s års resultat;"
            " den %(day)s var de %(n)s.",
            few=FEWEST_FOR_MEAN,
            **facts,
        )
    made_up = _("Det är syntetiska jämförelsevärden, inte verkliga resultat.") if benchmark.synthetic else ""
    mean = _(
        "Jämförelsen är medel för %(n)s %(others)s, hela organisationer, mätår %(year)s, beräknat %(day)s.", **facts
    )
    return f"{mean} {made_up}".strip()


CATEGORIES = Analysis(
    slug="kategorier",
    title=N_("Kategorier"),
    question=N_("Vad är starkt och vad är svagt?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
