"""Rows of own values beside those of a pool: what the categories, capabilities and areas of the page have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dimios_dash.analyses.everyone.own_place import detail, numbers_of_others, own_cell, row_of_others
from dimios_dash.analyses.table import Column, Row, Table
from dimios_dash.domain.benchmark import Benchmark
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.placing import Placing, placings
from dimios_dash.translations import _


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing that is compared; `note` explains it in the table."""

    name: str
    own: float | None
    end: str
    others: Benchmark | None
    note: str = ""

    @property
    def difference(self) -> float | None:
        """How far above the mean of the others."""
        return None if self.own is None or self.others is None else round(self.own - self.others.mean, 1)


def compared(rows: Sequence[Beside]) -> list[tuple[float, Beside]]:
    """Those with both values, the farthest above first."""
    both = [(row.difference, row) for row in rows if row.difference is not None]
    return sorted(((difference, row) for difference, row in both), key=lambda pair: -pair[0])


def ends(rows: Sequence[Beside], at_each: int) -> list[Beside]:
    """Those with both values that lie farthest above and farthest below, so many at each end; all where few."""
    ranked = [row for _difference, row in compared(rows)]
    return ranked if len(ranked) <= 2 * at_each else [*ranked[:at_each], *ranked[-at_each:]]


def ordered(rows: Sequence[Beside]) -> list[Beside]:
    """The farthest above first, and those that cannot be compared last."""
    ranked = [row for _difference, row in compared(rows)]
    return [*ranked, *(row for row in rows if row not in ranked)]


def draw(rows: Sequence[Beside]) -> Drawing | None:
    """None where the others tell nothing of any row."""
    if not any(row.others for row in rows):
        return None
    return placings([_placing(row) for row in rows], _("Ni"), _("Mittersta hälften"))


def _placing(row: Beside) -> Placing:
    if row.others is None:
        return Placing(row.name, _("för få för att visas"), row.own, None)
    others = row.others
    return Placing(row.name, detail(others), row.own, others.mean, others.lower_quartile, others.upper_quartile)


def table(rows: Sequence[Beside], caption: str, head: str) -> Table:
    """One row for each, in their order."""
    return Table(
        caption,
        (Column(head, numeric=False), *numbers_of_others()),
        tuple(_row(row) for row in rows),
    )


def _row(row: Beside) -> Row:
    return row_of_others(row.name, own_cell(row.own, row.end), row.others, _("för få för att visas"), row.note)
