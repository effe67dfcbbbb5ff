"""How are the answers spread over the scale, and where do people disagree most?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.depth import ALL, chosen_statements
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.domain.gate.finer_hidden import PROTECTED_PICTURE
from dimios_dash.domain.instrument import Scale
from dimios_dash.figures.distribution import Spread, distribution
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, percent
from dimios_dash.translations import N_, _, ngettext

MOST_DRAWN: Final = 6  # of all thirty; a category has five
LOW, HIGH = 2, 5  # answers up to LOW disagree, from HIGH agree, of 1-6


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One statement; `counts` of answers at 1-6, or the reason why they are not shown."""

    name: str
    statement: str
    counts: tuple[int, ...] | None
    hidden: str

    @property
    def answers(self) -> int:
        """In the distribution; 0 where none is shown."""
        return sum(self.counts or ())

    @property
    def low(self) -> float:
        """Share of answers that disagree."""
        return sum((self.counts or ())[:LOW]) / self.answers

    @property
    def high(self) -> float:
        """Share of answers that agree."""
        return sum((self.counts or ())[HIGH - 1 :]) / self.answers

    @property
    def divided(self) -> float:
        """How much people disagree: the smaller of both camps."""
        return min(self.low, self.high)


@dataclass(frozen=True, slots=True)
class SpreadCells:
    scale: Scale
    rows: tuple[SpreadRow, ...]
    some: bool  # of all: only the most divided are drawn

    @property
    def shown(self) -> list[SpreadRow]:
        """With a distribution, the most divided first."""
        return sorted((row for row in self.rows if row.counts), key=lambda row: -row.divided)


def read(basis: Basis) -> SpreadCells:
    details = {detail.statement: detail for detail in basis.unit_details}
    rows = tuple(
        SpreadRow(
            statement.capability.spoken,
            statement.text.spoken,
            detail.counts,
            detail.counts_hidden.explanation if detail.counts_hidden else "",
        )
        for statement in chosen_statements(basis)
        if (detail := details[statement.key])
    )
    return SpreadCells(basis.instrument.scale, rows, basis.choice("kategori", ALL) == ALL)


def headline(cells: SpreadCells) -> str:
    if not cells.shown:
        return _("Fördelningen kan inte visas")
    return _("Mest delade meningar om %(name)s", name=cells.shown[0].name)


def reading(cells: SpreadCells) -> str:
    if not cells.shown:
        return cells.rows[0].hidden if cells.rows else _("Sök på något annat, eller välj en annan kategori.")
    first = cells.shown[0]
    return _(
        "%(low)s av svaren är 1 eller 2, och %(high)s är 5 eller 6 (%(answers)s).",
        low=percent(first.low),
        high=percent(first.high),
        answers=_answers(first),
    )


def _answers(row: SpreadRow) -> str:
    return ngettext("%(n)s svar", "%(n)s svar", row.answers, n=count(row.answers))


def draw(cells: SpreadCells) -> Drawing | None:
    if not cells.shown:
        return None
    rows = cells.shown[:MOST_DRAWN] if cells.some else cells.rows
    lowest, *_between, highest = cells.scale.labels
    return distribution([_bar(row) for row in rows], (lowest.spoken, highest.spoken))


def _bar(row: SpreadRow) -> Spread:
    return Spread(row.name, _answers(row) if row.counts else row.hidden, row.counts, "")


def table(cells: SpreadCells) -> Table:
    points = [Column(str(point)) for point in range(cells.scale.lowest, cells.scale.highest + 1)]
    return Table(
        _("Andel av svaren vid varje steg på skalan"),
        (Column(_("Förmåga"), numeric=False), *points, Column(_("Svar"))),
        tuple(_row(row, len(points)) for row in cells.rows),
    )


def _row(row: SpreadRow, points: int) -> Row:
    if row.counts is None:
        return Row((Cell(row.name, row.hidden), *[Cell(None) for _point in range(points)], Cell(None)))
    shares = [Cell(percent(each / row.answers)) for each in row.counts]
    return Row((Cell(row.name, row.statement), *shares, Cell(row.answers)))


def notes(cells: SpreadCells) -> tuple[str, ...]:
    if not cells.shown:
        return ()
    hidden = len(cells.rows) - len(cells.shown)
    some = _("De sex med mest delade meningar visas. Välj en kategori för att se alla i den, eller läs tabellen.")
    missing = ngettext(
        "%(n)s förmåga saknas, eftersom dess fördelning inte kan visas; orsaken står i tabellen.",
        "%(n)s förmågor saknas, eftersom deras fördelningar inte kan visas; orsaken står i tabellen.",
        hidden,
        n=count(hidden),
    )
    more = cells.some and len(cells.shown) > MOST_DRAWN
    return tuple(filter(None, (_(PROTECTED_PICTURE), some if more else "", missing if hidden else "")))


SPREADS = Analysis(
    slug="fordelning",
    title=N_("Fördelning"),
    question=N_("Hur är svaren fördelade?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
