"""What do most suggestions want to improve?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from dimios_dash.analyses import branch_texts
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.table import Cell, Column, Row, RowKind, Table
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.moderation.review import ReviewState, Status
from dimios_dash.figures.bars import Bar, BarKind, bars
from dimios_dash.figures.numbers import count
from dimios_dash.translations import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class CategoryTexts:
    """Texts of one category, or of what worked."""

    name: str
    is_suggestion: bool
    by_status: Mapping[Status, int]

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.by_status.values())


@dataclass(frozen=True, slots=True)
class TextCells:
    rows: tuple[CategoryTexts, ...]  # most texts first, then what worked
    withheld: tuple[str, ...]

    @property
    def suggestions(self) -> int:
        """Without those that tell what worked."""
        return sum(row.count for row in self.rows if row.is_suggestion)

    @property
    def learnings(self) -> int:
        """Those that tell what worked."""
        return sum(row.count for row in self.rows if not row.is_suggestion)

    @property
    def total(self) -> int:
        """Every text."""
        return self.suggestions + self.learnings


def read(basis: Basis) -> TextCells:
    found = branch_texts.of_unit(basis)
    counted: Counter[tuple[str | None, Status]] = Counter()
    for each in found:
        if each.state is ReviewState.SHOWN:
            counted[each.category, each.status] += each.count
    rows = [
        CategoryTexts(
            name,
            category is not None,
            {status: counted[category, status] for status in Status},
        )
        for category, name in branch_texts.questions(basis).items()
    ]
    rows.sort(key=lambda row: (not row.is_suggestion, -row.count))
    return TextCells(tuple(rows), branch_texts.withheld(found))


def headline(cells: TextCells) -> str:
    if not cells.suggestions:
        return _("Inga förslag att läsa")
    most = cells.rows[0].count
    first = [row.name for row in cells.rows if row.is_suggestion and row.count == most]
    if len(first) > 1:
        return _("Flest förslag gäller %(names)s: %(n)s var av %(all)s", **_counts(first, most, cells))
    return _("Flest förslag gäller %(names)s: %(n)s av %(all)s", **_counts(first, most, cells))


def _counts(names: list[str], most: int, cells: TextCells) -> dict[str, str]:
    return {"names": listed(names), "n": count(most), "all": count(cells.suggestions)}


def summary(cells: TextCells) -> str:
    """How many there are, in one sentence."""
    if not cells.total:
        return _("Texter visas när någon har skrivit dem och de är granskade.")
    suggestions = ngettext("%(n)s förslag", "%(n)s förslag", cells.suggestions, n=count(cells.suggestions))
    if not cells.learnings:
        return _("%(suggestions)s att läsa.", suggestions=suggestions)
    learnings = ngettext(
        "%(n)s text om vad som har fungerat",
        "%(n)s texter om vad som har fungerat",
        cells.learnings,
        n=count(cells.learnings),
    )
    return _("%(suggestions)s och %(learnings)s.", suggestions=suggestions, learnings=learnings)


def reading(cells: TextCells) -> str:
    if not cells.total:
        return _("Välj en annan enhet eller ett annat år.")
    statuses = {status: sum(row.by_status[status] for row in cells.rows) for status in Status}
    return _(
        "Av alla texter är %(done)s klara och %(planned)s planerade; om %(new)s är inget bestämt.",
        done=count(statuses[Status.DONE]),
        planned=count(statuses[Status.PLANNED]),
        new=count(statuses[Status.NEW]),
    )


def draw(cells: TextCells) -> go.Figure | None:
    return bars([_bar(row, cells) for row in cells.rows], "") if cells.total else None


def _bar(row: CategoryTexts, cells: TextCells) -> Bar:
    done = row.by_status[Status.DONE], row.by_status[Status.PLANNED]
    detail = [
        ngettext("%(n)s klart", "%(n)s klara", done[0], n=count(done[0])) if done[0] else "",
        ngettext("%(n)s planerat", "%(n)s planerade", done[1], n=count(done[1])) if done[1] else "",
    ]
    share = 100 * row.count / cells.total
    return Bar(row.name, share, ", ".join(filter(None, detail)), BarKind.WHOLE, said=count(row.count))


def table(cells: TextCells) -> Table:
    columns = (
        Column(_("Fråga"), numeric=False),
        Column(_("Texter")),
        *(Column(status.label) for status in Status),
    )
    rows = [_row(row.name, row.by_status) for row in cells.rows]
    everything = {status: sum(row.by_status[status] for row in cells.rows) for status in Status}
    return Table(
        _("Antal texter som visas, per kategori"), columns, (*rows, _row(_("Alla"), everything, RowKind.TOTAL))
    )


def _row(name: str, by_status: Mapping[Status, int], kind: RowKind = RowKind.ORDINARY) -> Row:
    return Row((Cell(name), Cell(sum(by_status.values())), *(Cell(by_status[status]) for status in Status)), kind)


def notes(cells: TextCells) -> tuple[str, ...]:
    return cells.withheld


SUGGESTIONS_BY_CATEGORY = Analysis(
    slug="forslag-per-kategori",
    title=N_("Förslag per kategori"),
    question=N_("Vad gäller förslagen?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
