"""How do the units directly below compare? Each leads on to its own overview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash.analyses import blunted, hiding
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import CAPABILITY, HERITAGE, Basis, level_means
from dimios_dash.analyses.table import Cell, Column, Row, RowKind, Table
from dimios_dash.domain.scoring import INDEX_KEY, LevelMean
from dimios_dash.figures.bars import Bar, BarKind, bars
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number
from dimios_dash.ids import UnitId
from dimios_dash.translations import N_, _, ngettext

LIFTED = N_("Delvis lyft: några av svaren räknas bara högre upp.")
_LEVELS = (INDEX_KEY, CAPABILITY, HERITAGE)


class Standing(StrEnum):
    """Whether a unit shows anything. The three kinds are never mixed up."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    OUTSIDE = "outside"  # not in this year's measurement


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit; a mean is 0-100, None where hidden. `remark` says why, or that some answers are counted above."""

    unit_id: UnitId
    name: str
    answered: int
    invited: int | None
    index: float | None
    capability: float | None
    heritage: float | None
    standing: Standing
    remark: str
    words: Mapping[str, str]  # of index and dimensions by key: "eller högre", or why that one is hidden


@dataclass(frozen=True, slots=True)
class UnitCells:
    whole: UnitRow
    below: tuple[UnitRow, ...]  # highest index first, then hidden ones, then those outside the measurement


def read(basis: Basis) -> UnitCells:
    below = [_row(basis.results, unit) for unit in basis.results.children(basis.unit_id)]
    return UnitCells(_row(basis.results, basis.unit), tuple(sorted(below, key=_highest_first)))


def _row(results: ReleasedResults, unit: ReleasedUnit) -> UnitRow:
    levels = level_means(results.instrument_version, unit.means)
    index = levels[INDEX_KEY]
    standing, remark = _standing(results, unit)
    return UnitRow(
        unit.unit_id,
        unit.name,
        unit.answered,
        unit.invited,
        index.mean,
        levels[CAPABILITY].mean,
        levels[HERITAGE].mean,
        standing,
        remark,
        {} if standing is not Standing.SHOWN else {key: _words(unit, levels[key]) for key in _LEVELS},
    )


def _words(unit: ReleasedUnit, level: LevelMean) -> str:
    return level.hidden.explanation if level.hidden else blunted.level(unit, level.key)


def _standing(results: ReleasedResults, unit: ReleasedUnit) -> tuple[Standing, str]:
    hidden = hiding.of_unit(results, unit)
    if hidden is None:
        return Standing.SHOWN, _(LIFTED) if any(cell.lifted for cell in unit.cells) else ""
    if not unit.takes_part:
        return Standing.OUTSIDE, hidden.reason
    return Standing.HIDDEN, f"{hidden.reason} {hidden.counted}".strip()


def _highest_first(row: UnitRow) -> tuple[int, float]:
    """Sorting is stable: hidden ones keep the organisation's order."""
    return list(Standing).index(row.standing), -(row.index or 0)


def headline(cells: UnitCells) -> str:
    shown = _shown(cells)
    if not cells.below:
        return _("Inga enheter under den här")
    if not shown:
        return _("Ingen enhet kan visas för sig")
    if len(shown) == 1:
        return _("%(unit)s är den enda som kan visas", unit=shown[0].name)
    return _("%(first)s högst, %(last)s lägst", first=shown[0].name, last=shown[-1].name)


def reading(cells: UnitCells) -> str:
    shown = _shown(cells)
    if not cells.below:
        return _("Enheten har inga enheter under sig. Gå uppåt för att jämföra den med andra.")
    if not shown:
        return _("Orsaken står vid varje enhet i tabellen.")
    many = {"shown": count(len(shown)), "all": count(len(cells.below))}
    if len(shown) == 1:
        return _("Index är %(index)s; %(shown)s av %(all)s enheter kan visas.", index=number(shown[0].index), **many)
    return _(
        "Index går från %(lowest)s till %(highest)s; %(shown)s av %(all)s enheter kan visas.",
        lowest=number(shown[-1].index),
        highest=number(shown[0].index),
        **many,
    )


def _shown(cells: UnitCells) -> list[UnitRow]:
    return [row for row in cells.below if row.index is not None]


def draw(cells: UnitCells) -> Drawing | None:
    return bars([_bar(row) for row in cells.below], "") if cells.below else None


def _bar(row: UnitRow) -> Bar:
    detail = _detail(row)
    return Bar(row.name, row.index, detail, BarKind.WHOLE, leads_to=row.unit_id)


def _detail(row: UnitRow) -> str:
    """How many answered, or why there is no bar."""
    said = row.words.get(INDEX_KEY, "")
    if row.index is None:
        return said or row.remark
    answered = ngettext("%(n)s svarande", "%(n)s svarande", row.answered, n=count(row.answered))
    return f"{answered}; {number(row.index)} {said}" if said else answered


def table(cells: UnitCells) -> Table:
    whole = _table_row(cells.whole, RowKind.TOTAL)
    return Table(
        _("Index och dimensioner, 0–100"),
        (
            Column(_("Enhet"), numeric=False),
            Column(_("Index")),
            Column(_("Digital förmåga"), bar=BarKind.CAPABILITY),
            Column(_("Digitalt arv"), bar=BarKind.HERITAGE),
            Column(_("Svarande")),
            Column(_("Inbjudna")),
        ),
        (whole, *(_table_row(row, _KINDS[row.standing]) for row in cells.below)),
    )


_KINDS = {
    Standing.SHOWN: RowKind.ORDINARY,
    Standing.HIDDEN: RowKind.ORDINARY,
    Standing.OUTSIDE: RowKind.OUTSIDE,
}


def _table_row(row: UnitRow, kind: RowKind) -> Row:
    leads_to = None if kind is RowKind.TOTAL else row.unit_id
    return Row(
        (
            Cell(row.name, row.remark, leads_to),
            Cell(row.index, row.words.get(INDEX_KEY, "")),
            Cell(row.capability, row.words.get(CAPABILITY, "")),
            Cell(row.heritage, row.words.get(HERITAGE, "")),
            Cell(row.answered),
            Cell(row.invited, "" if row.invited is not None else _("Inte känt för den här mätningen.")),
        ),
        kind,
    )


def notes(cells: UnitCells) -> tuple[str, ...]:
    everybody = (*cells.below, cells.whole)
    lifted = _("Delvis lyft: för få svar skulle bli kvar för att ingen ska kunna kännas igen, så de räknas högre upp.")
    ends = {blunted.words(bound) for bound in (1, -1)}
    chance = _("Ju färre som har svarat i en enhet, desto mer av skillnaden kan vara slump.")
    said = (
        (len(_shown(cells)) > 1, chance),
        (any(row.remark == _(LIFTED) for row in everybody), lifted),
        (any(ends & set(row.words.values()) for row in everybody), _(blunted.WHY)),
    )
    return tuple(words for holds, words in said if holds)


UNITS = Analysis(
    slug="enheter",
    title=N_("Enheter"),
    question=N_("Hur ligger enheterna närmast under?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
