"""Rows of the heat map as they are read: each value with its sign, or with the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from db.queries.releases import ReleasedMean, ReleasedUnit
from dimios_dash.analyses import blunted, hiding
from dimios_dash.analyses.basis import level_means
from dimios_dash.analyses.hiding import Hiding
from dimios_dash.analyses.internal.cells import HeatCells
from dimios_dash.analyses.internal.choices import Shown
from dimios_dash.analyses.table import RowKind
from dimios_dash.domain.benchmark import FEWEST_FOR_MEAN
from dimios_dash.domain.scoring import LevelMean
from dimios_dash.ids import StatementKey, UnitId
from dimios_dash.translations import _


@dataclass(frozen=True, slots=True)
class HeatCell:
    """`value` is a score, or points of difference; `why` says why it is None."""

    value: float | None
    end: int  # 1: or higher, -1: or lower
    certain: bool  # a difference that is more than chance
    why: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`remark`: partly lifted, hidden or outside; `above`: where in the tree, where rows do not stand in its order."""

    unit_id: UnitId | None  # None: it leads nowhere
    name: str
    above: str
    answered: int | None  # None: not people of one organisation
    depth: int
    kind: RowKind
    score: bool  # its values are scores of 0-100, not differences
    lifted: bool
    remark: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class _Own:
    """What a unit itself shows on each level."""

    unit: ReleasedUnit
    statements: dict[StatementKey, ReleasedMean]
    levels: dict[str, LevelMean]
    at_an_end: bool  # some statement is: looked for once, for it is seldom so

    @classmethod
    def of(cls, version: str, unit: ReleasedUnit) -> _Own:
        statements = {cell.statement: cell for cell in unit.cells}
        levels = dict(level_means(version, unit.means))
        return cls(unit, statements, levels, any(cell.bound for cell in unit.cells))

    def mean(self, key: str) -> float | None:
        found = self.statements.get(StatementKey(key)) or self.levels[key]
        return found.mean

    def end(self, key: str) -> int:
        return blunted.end(self.unit, key) if self.at_an_end else 0

    def why(self, key: str) -> str:
        """Empty where it is shown."""
        if (cell := self.statements.get(StatementKey(key))) is not None:
            return "" if cell.mean is not None else cell.hidden.explanation
        level = self.levels[key]
        return level.hidden.explanation if level.hidden else ""


def rows_above(cells: HeatCells) -> list[HeatRow]:
    """What units stand beside, in scores, and then the unit one looks at, each where it says something of its own."""
    own = _row(cells, cells.own, 0, 0, RowKind.TOTAL)
    if cells.chosen.shown is Shown.LAST or (cells.is_whole and cells.chosen.shown is Shown.VALUE):
        return [own]
    if cells.chosen.shown is Shown.OTHERS:
        return [*_others(cells), own]
    return [_whole(cells)] if cells.is_whole else [_whole(cells), own]


def _whole(cells: HeatCells) -> HeatRow:
    own = _Own.of(cells.results.instrument_version, cells.whole)
    row = tuple(
        HeatCell(own.mean(column.key), own.end(column.key), certain=False, why=own.why(column.key))
        for column in cells.columns
    )
    return _total(_("Hela organisationen"), cells.whole.answered, row, lifted=_lifted(cells.whole))


def _others(cells: HeatCells) -> list[HeatRow]:
    if cells.benchmark is None or not cells.benchmark.values:
        return []
    means = {key: found.mean for key, found in cells.benchmark.values.items()}
    few = _("Färre än %(few)s andra har ett värde.", few=FEWEST_FOR_MEAN)
    row = tuple(
        HeatCell(means.get(column.key), 0, certain=False, why="" if column.key in means else few)
        for column in cells.columns
    )
    return [_total(f"{cells.others[0].upper()}{cells.others[1:]}", None, row, lifted=False)]


def _total(name: str, answered: int | None, row: tuple[HeatCell, ...], *, lifted: bool) -> HeatRow:
    return HeatRow(None, name, "", answered, 0, RowKind.TOTAL, score=True, lifted=lifted, remark="", cells=row)


def rows_below(cells: HeatCells, first: int = 0, last: int | None = None) -> Iterator[HeatRow]:
    """Units below it from the `first` place to before the `last`."""
    asked = list(enumerate(cells.below))[first:last]
    cells.results.look_at([placed.unit.unit_id for _place, placed in asked])
    for place, placed in asked:
        yield _row(cells, placed.unit, 1 + place, placed.depth, RowKind.ORDINARY)


def _row(cells: HeatCells, unit: ReleasedUnit, place: int, depth: int, kind: RowKind) -> HeatRow:
    hidden, own = hiding.of_unit(cells.results, unit), _Own.of(cells.results.instrument_version, unit)
    values, certain = cells.values[place], cells.certain[place].tolist()
    return HeatRow(
        unit_id=unit.unit_id if depth else None,
        name=unit.name,
        above=_above(cells, unit) if depth else "",
        answered=unit.answered,
        depth=depth,
        kind=RowKind.OUTSIDE if not unit.takes_part and hidden else kind,
        score=cells.chosen.shown is Shown.VALUE,
        lifted=_lifted(unit),
        remark=_remark(hidden),
        cells=tuple(_cells(cells, own, values, certain)),
    )


def _above(cells: HeatCells, unit: ReleasedUnit) -> str:
    """The name of the unit above, where the order does not tell it."""
    if not (cells.chosen.sort or cells.chosen.search) or unit.parent_id in {None, cells.own.unit_id}:
        return ""
    return next((each.name for each in cells.results.path(unit.unit_id)[-2:-1]), "")


def _remark(hidden: Hiding | None) -> str:
    return f"{hidden.reason} {hidden.counted}".strip() if hidden else ""


def _lifted(unit: ReleasedUnit) -> bool:
    return any(cell.lifted for cell in unit.cells)


def _cells(cells: HeatCells, own: _Own, values: NDArray[np.float64], certain: list[bool]) -> Iterator[HeatCell]:
    for column, value, sure in zip(cells.columns, values.tolist(), certain, strict=True):
        why = own.why(column.key)
        if cells.chosen.shown is Shown.VALUE:  # the same number as on every other page, to the last decimal
            yield HeatCell(own.mean(column.key), own.end(column.key), certain=False, why=why)
        elif np.isnan(value):
            yield HeatCell(None, 0, certain=False, why=why or _incomparable(cells))
        else:
            yield HeatCell(round(value, 1) + 0.0, _end(cells, own, column.key), certain=sure, why="")


def _end(cells: HeatCells, own: _Own, key: str) -> int:
    """Of a difference: towards which side it may be larger; 0 too where both ends are blunted alike."""
    against = cells.ends_of_whole.get(key, 0) if cells.chosen.shown is Shown.WHOLE else 0
    return (own.end(key) > against) - (own.end(key) < against)


def _incomparable(cells: HeatCells) -> str:
    if cells.chosen.shown is Shown.WHOLE:
        return _("Visas inte, eftersom för få påståenden visas på båda sidor.")
    if cells.chosen.shown is Shown.OTHERS:
        return _("Visas inte, eftersom det saknas jämförelsevärden.")
    return _("Visas inte, eftersom enheten inte går att jämföra med förra gången.")
