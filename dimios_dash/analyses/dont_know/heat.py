"""Where do people not know? A heat map of units by statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from db.queries.releases import ReleasedUnit
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.dont_know.cells import DontKnowCells, read
from dimios_dash.analyses.table import Cell, Column, Row, RowKind, Table
from dimios_dash.domain.statistics.interval import Interval
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.heat_map import HeatKind, HeatLine, heat_map
from dimios_dash.figures.numbers import count, number, percent
from dimios_dash.ids import UnitId
from dimios_dash.translations import N_, _

MOST_DRAWN: Final = 40  # rows of the picture


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One unit. `why` says why it shows nothing; else every share is there."""

    unit_id: UnitId | None  # None: the unit one looks at
    name: str
    answered: int
    depth: int
    outside: bool
    why: str
    shares: tuple[float | None, ...]


def rows(cells: DontKnowCells, first: int = 0, last: int | None = None) -> list[ShareRow]:
    """The unit one looks at, and then units below it from the `first` place to before the `last`."""
    below = list(enumerate(cells.below, start=1))[first:last]
    cells.results.look_at([placed.unit.unit_id for _place, placed in below])
    return [
        _row(cells, cells.own, 0, 0),
        *(_row(cells, placed.unit, place, placed.depth) for place, placed in below),
    ]


def _row(cells: DontKnowCells, unit: ReleasedUnit, place: int, depth: int) -> ShareRow:
    shares = tuple(None if np.isnan(share) else share for share in cells.shares[place].tolist())
    shown = any(share is not None for share in shares)
    return ShareRow(
        unit_id=unit.unit_id if depth else None,
        name=unit.name,
        answered=unit.answered,
        depth=depth,
        outside=not unit.takes_part and not shown,
        why="" if shown else cells.why(unit),
        shares=shares,
    )


def between(interval: Interval | None) -> str:
    """ "26–37 %"; empty where it is not known."""
    if interval is None:
        return ""
    low = number(100 * interval.low, 0)
    return f"{low}–{percent(interval.high)}"


def headline(cells: DontKnowCells) -> str:
    most = cells.most
    if most is None:
        return _("Andelen Vet ej kan inte visas")
    said = {"what": most.capability, "share": percent(most.share)}
    if not most.where:
        return _("Flest Vet ej om %(what)s: %(share)s", **said)
    return _("Flest Vet ej om %(what)s: %(share)s – mest i %(unit)s", unit=most.where, **said)


def reading(cells: DontKnowCells) -> str:
    if cells.most is None:
        return cells.why(cells.own)
    average = _("I genomsnitt är %(share)s av svaren Vet ej.", share=percent(float(cells.shares[0, 0])))
    sure = _("Med osäkerheten räknad ligger det högsta på %(between)s.", between=between(cells.most.interval))
    if not cells.below:
        return f"{average} {sure}"
    shown = _(
        "%(shown)s av %(all)s enheter under kan visas.", shown=count(cells.shown_below), all=count(len(cells.below))
    )
    return f"{average} {sure} {shown}"


def draw(cells: DontKnowCells) -> Drawing | None:
    """The unit itself and the first units below that show anything."""
    units = [(cells.own, 0), *((placed.unit, placed.depth) for placed in cells.below)]
    places = np.flatnonzero(~np.isnan(cells.shares).all(axis=1))[:MOST_DRAWN].tolist()
    if not places:
        return None
    shown = [_row(cells, unit, place, depth) for place in places for unit, depth in (units[place],)]
    lines = [HeatLine(row.name, row.shares, [percent(share) for share in row.shares], row.unit_id) for row in shown]
    return heat_map([column.name for column in cells.columns], lines, HeatKind.SHARE)


def table(cells: DontKnowCells) -> Table:
    columns = (Column(_("Enhet"), numeric=False), Column(_("Svarande")), *(Column(each.name) for each in cells.columns))
    return Table(_("Andel Vet ej, procent"), columns, tuple(_table_row(row) for row in rows(cells)))


def _table_row(row: ShareRow) -> Row:
    kind = RowKind.OUTSIDE if row.outside else RowKind.ORDINARY if row.depth else RowKind.TOTAL
    shares = (Cell(None if share is None else round(100 * share, 1)) for share in row.shares)
    return Row((Cell(row.name, row.why, row.unit_id), Cell(row.answered), *shares), kind)


def notes(cells: DontKnowCells) -> tuple[str, ...]:
    useful = _("Vet ej är ett användbart svar: det säger vad som behöver pratas om, inte att någon har svarat fel.")
    few = _("Andelen visas där minst tio har svarat i varje grupp som går att räkna fram.")
    return (useful, few) if np.isnan(cells.shares).all(axis=1).any() else (useful,)


DONT_KNOW = Analysis(
    slug="vet-ej",
    title=N_("Vet ej"),
    question=N_("Vad vet vi inte, och var?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
