"""An analysis as a table: for a screen reader, for copying, for a sheet. Values, not texts, where they are numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dimios_dash.figures.bars import BarKind
from dimios_dash.ids import UnitId

Value = str | int | float | None
"""A float is a score of 0-100, an int a number of people or things, None is hidden or missing."""


class RowKind(StrEnum):
    ORDINARY = "ordinary"
    TOTAL = "total"  # the whole that the other rows are parts of
    OUTSIDE = "outside"  # not in this measurement


@dataclass(frozen=True, slots=True)
class Column:
    """`bar` puts a bar before each score; `signed` numbers are differences, with a plus where they are above zero."""

    name: str
    numeric: bool = True
    bar: BarKind | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`note` stands beside the value: why it is hidden, "eller högre". `unit_id` is the unit it leads to."""

    value: Value
    note: str = ""
    unit_id: UnitId | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The first cell names the row."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.ORDINARY


@dataclass(frozen=True, slots=True)
class Table:
    """As many cells in each row as there are columns."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
