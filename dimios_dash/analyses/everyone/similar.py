"""How do we stand against organisations like ourselves, by weights of our own?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from db.queries.organisation_facts import OrganisationFacts
from db.queries.shared_results import SharedResult
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import beside, chosen, pool_words
from dimios_dash.analyses.everyone.beside import Beside
from dimios_dash.analyses.table import Table
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.benchmark import FEWEST_FOR_MEAN, benchmark
from dimios_dash.domain.comparing.similar import Weights, most_similar
from dimios_dash.domain.days import written
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number
from dimios_dash.translations import N_, _, ngettext

WANTED: Final = FEWEST_FOR_MEAN  # the nearest; more where several are as near
SIZE, SECTOR, COUNTY = "vikt_storlek", "vikt_sektor", "vikt_lan"  # parameters of the address


class Weight(StrEnum):
    """How much a likeness counts; the values stand in the address."""

    NONE = "inget"
    SOME = "lite"
    MUCH = "mycket"

    @property
    def label(self) -> str:
        """In the language being spoken."""
        return _(_LABELS[self])


_LABELS: Final = {Weight.NONE: N_("inget"), Weight.SOME: N_("lite"), Weight.MUCH: N_("mycket")}
_COUNTED: Final = {Weight.NONE: 0, Weight.SOME: 1, Weight.MUCH: 3}
USUAL: Final = {SIZE: Weight.MUCH, SECTOR: Weight.MUCH, COUNTY: Weight.SOME}


@dataclass(frozen=True, slots=True)
class SimilarCells:
    """`rows` hold the index first, then the categories."""

    own: OrganisationFacts
    asked: int  # how many others have agreed to be compared
    similar: tuple[SharedResult, ...]
    rows: tuple[Beside, ...]


def read(basis: Basis) -> SimilarCells:
    own, others = basis.others.own, basis.others.comparable
    similar = tuple(most_similar(own, others, _weights(basis), WANTED))
    values = basis.whole_values
    names = {INDEX_KEY: _("Index")} | {each.key: each.name.spoken for each in basis.instrument.categories}
    rows = tuple(
        Beside(name, values[key], chosen.end(basis, key), benchmark(_values(similar, key)))
        for key, name in names.items()
    )
    return SimilarCells(own, len(others), similar, rows)


def weight(basis: Basis, name: str) -> Weight:
    """What was chosen on the page, or the usual one."""
    return basis.choice(name, USUAL[name])


def _weights(basis: Basis) -> Weights:
    size, sector, county = (_COUNTED[weight(basis, name)] for name in (SIZE, SECTOR, COUNTY))
    return Weights(size, sector, county)


def _values(similar: tuple[SharedResult, ...], key: str) -> list[float]:
    return [mean for each in similar if (mean := each.values.get(key)) is not None]


def headline(cells: SimilarCells) -> str:
    difference = cells.rows[0].difference
    if difference is None:
        return _("För få har samtyckt till att jämföras")
    if difference == 0:
        return _("Lika med dem som liknar oss")
    return _("Högre än de som liknar oss") if difference > 0 else _("Lägre än de som liknar oss")


def reading(cells: SimilarCells) -> str:
    index = cells.rows[0]
    if index.others is None:
        return _(
            "Minst %(n)s andra måste ha samtyckt till att jämföras som liknande; nu är de %(asked)s.",
            n=FEWEST_FOR_MEAN,
            asked=count(cells.asked),
        )
    return _(
        "Index är %(own)s; medel för de %(n)s mest lika är %(mean)s.",
        own=number(index.own),
        n=count(len(cells.similar)),
        mean=number(index.others.mean),
    )


def draw(cells: SimilarCells) -> Drawing | None:
    return beside.draw(cells.rows)


def table(cells: SimilarCells) -> Table:
    return beside.table(cells.rows, _("Ni och de som liknar er, 0–100"), _("Nivå"))


def notes(cells: SimilarCells) -> tuple[str, ...]:
    if cells.rows[0].others is None:
        return ()
    alike = [
        _("%(n)s i er sektor", n=count(sum(each.sector is cells.own.sector for each in cells.similar))),
        _("%(n)s av er storlek", n=count(sum(each.size is cells.own.size for each in cells.similar))),
        _("%(n)s i ert län", n=count(sum(each.county is cells.own.county for each in cells.similar))),
    ]
    who = ngettext(
        "Av dem är %(alike)s. De väljs bland %(n)s organisation som har samtyckt; ni själva är inte med.",
        "Av dem är %(alike)s. De väljs bland %(n)s organisationer som har samtyckt; ni själva är inte med.",
        cells.asked,
        alike=listed(alike),
        n=count(cells.asked),
    )
    when = _("Hela organisationer, räknade %(day)s.", day=written(cells.similar[0].computed_on))
    made_up = any(each.synthetic for each in cells.similar)
    return (who, when, *([_(pool_words.MADE_UP)] if made_up else []))


SIMILAR = Analysis(
    slug="liknande",
    title=N_("Liknande organisationer"),
    question=N_("Hur står vi oss mot dem som liknar oss?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
    of_whole=True,
)
