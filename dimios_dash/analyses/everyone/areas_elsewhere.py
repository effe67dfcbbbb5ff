"""Our social services and those of others: the own activity areas beside the same areas elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from db.queries.shared_results import SharedResult
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis, level_means
from dimios_dash.analyses.everyone import beside, chosen, pool_words
from dimios_dash.analyses.everyone.beside import Beside
from dimios_dash.analyses.everyone.chosen import LevelChoice
from dimios_dash.analyses.table import Table
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.benchmark import FEWEST_FOR_MEAN, Benchmark, benchmark
from dimios_dash.domain.comparing.areas import areas
from dimios_dash.domain.scoring import Means
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, signed
from dimios_dash.translations import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class AreaCells:
    level: LevelChoice
    rows: tuple[Beside, ...]
    others: int  # organisations that show at least one area
    synthetic: bool  # at least one of them is made up


def read(basis: Basis) -> AreaCells:
    level, elsewhere = chosen.level(basis), basis.others.areas
    own = areas(basis.results.units, basis.whole.unit_id)  # of what this user sees
    rows = tuple(
        Beside(area.label, _level(basis, own[area], level), "", _others(elsewhere.get(area, ()), level))
        for area in Activity
        if area in own
    )
    synthetic = any(each.synthetic for shared in elsewhere.values() for each in shared)
    return AreaCells(level, rows, max(map(len, elsewhere.values()), default=0), synthetic)


def _level(basis: Basis, means: Means, level: LevelChoice) -> float | None:
    return level_means(basis.instrument.version, means)[level.key].mean


def _others(shared: tuple[SharedResult, ...], level: LevelChoice) -> Benchmark | None:
    return benchmark([mean for each in shared if (mean := each.values.get(level.key)) is not None])


def headline(cells: AreaCells) -> str:
    ranked = beside.compared(cells.rows)
    if not ranked:
        return _("Ingen verksamhet kan jämföras än")
    (most, first), (least, last) = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return _("%(area)s %(difference)s mot andras", area=first.name, difference=signed(most))
    return _(
        "%(first)s %(most)s, %(last)s %(least)s mot andras",
        first=first.name,
        most=signed(most),
        last=last.name,
        least=signed(least),
    )


def reading(cells: AreaCells) -> str:
    ranked = beside.compared(cells.rows)
    if not ranked:
        return _(
            "En verksamhet visas när minst %(n)s andra i sektorn har samtyckt till att jämföra den.", n=FEWEST_FOR_MEAN
        )
    return _(
        "%(above)s av %(all)s verksamheter ligger över medel för samma verksamhet hos andra.",
        above=count(sum(difference > 0 for difference, _row in ranked)),
        all=count(len(ranked)),
    )


def draw(cells: AreaCells) -> Drawing | None:
    return beside.draw(cells.rows)


def table(cells: AreaCells) -> Table:
    caption = _("%(level)s per verksamhet, 0–100", level=cells.level.label)
    return beside.table(cells.rows, caption, _("Verksamhet"))


def notes(cells: AreaCells) -> tuple[str, ...]:
    if not cells.others:
        return ()
    who = ngettext(
        "Bara organisationer i sektorn som har samtyckt räknas, ni själva borträknade: %(n)s organisation.",
        "Bara organisationer i sektorn som har samtyckt räknas, ni själva borträknade: %(n)s organisationer.",
        cells.others,
        n=count(cells.others),
    )
    how = _("En verksamhet är dess översta enheter tillsammans, vägda efter hur många som har svarat.")
    made_up = [_(pool_words.MADE_UP)] if cells.synthetic else []
    return (who, how, *made_up)


AREAS = Analysis(
    slug="verksamheter",
    title=N_("Verksamheter"),
    question=N_("Hur ligger våra verksamheter mot andras?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
    of_whole=True,
)
