"""How do the counties compare? A tile for each, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass

from db.queries.benchmarks import PoolBenchmark
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import chosen, pool_words
from dimios_dash.analyses.everyone.chosen import LevelChoice
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.pools import Pool, PoolKind
from dimios_dash.figures.counties import counties
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number
from dimios_dash.translations import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class CountyCells:
    """`found` by county; those that nobody is counted in are missing."""

    level: LevelChoice
    own: County | None
    found: dict[County, PoolBenchmark]

    @property
    def means(self) -> dict[County, float]:
        """Of those that are told, the highest first."""
        told = {county: found.values.get(self.level.key) for county, found in self.found.items()}
        means = {county: value.mean for county, value in told.items() if value is not None}
        return dict(sorted(means.items(), key=lambda pair: -pair[1]))


def read(basis: Basis) -> CountyCells:
    found = {county: chosen.benchmark(basis, Pool(PoolKind.COUNTY, county=county)) for county in County}
    present = {county: pool for county, pool in found.items() if pool is not None}
    return CountyCells(chosen.level(basis), basis.others.own.county, present)


def headline(cells: CountyCells) -> str:
    told = list(cells.means)
    if not told:
        return _("Inget län kan visas än")
    if len(told) == 1:
        return f"{told[0].label} {number(cells.means[told[0]])}"
    return _("%(first)s högst, %(last)s lägst", first=told[0].label, last=told[-1].label)


def reading(cells: CountyCells) -> str:
    if not cells.means:
        return _("Ett län visas när minst fem andra organisationer i det är räknade.")
    shown = ngettext(
        "%(n)s av 21 län kan visas.", "%(n)s av 21 län kan visas.", len(cells.means), n=count(len(cells.means))
    )
    if cells.own not in cells.means:
        return shown
    own = _("Medel för de andra i %(county)s är %(mean)s.", county=cells.own.label, mean=number(cells.means[cells.own]))
    return f"{shown} {own}"


def draw(cells: CountyCells) -> Drawing | None:
    return counties(cells.means, cells.own) if cells.means else None


def table(cells: CountyCells) -> Table:
    told = list(cells.means)
    rest = [county for county in County if county not in told]
    return Table(
        _("%(level)s per län, 0–100", level=cells.level.label),
        (Column(_("Län"), numeric=False), Column(_("Medel")), Column(_("Andra"))),
        tuple(_row(cells, county) for county in (*told, *rest)),
    )


def _row(cells: CountyCells, county: County) -> Row:
    found = cells.found.get(county)
    others = 0 if found is None else found.organisations
    mean = cells.means.get(county)
    why = "" if mean is not None else pool_words.too_few(found)
    return Row((Cell(county.label, _("ert län") if county is cells.own else ""), Cell(mean, why), Cell(others)))


def notes(cells: CountyCells) -> tuple[str, ...]:
    if not cells.means:
        return ()
    colours = _("Det lägsta länet är ljusast, det högsta mörkast. Ert län har en ram. Streck: för få organisationer.")
    every = _("I ett län räknas alla sektorer.")
    told = [found for county, found in cells.found.items() if county in cells.means]
    return (colours, every, *pool_words.composition(told))


COUNTIES = Analysis(
    slug="lan",
    title=N_("Län"),
    question=N_("Hur ligger länen?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
    of_whole=True,
)
