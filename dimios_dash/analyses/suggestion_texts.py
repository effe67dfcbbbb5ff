"""What do people suggest, in their own words? Reviewed texts only, without what is masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import plotly.graph_objects as go

from db.queries.listed_texts import Listed
from dimios_dash.analyses import branch_texts
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.domain.moderation.shown import Gathered, ShownText, gathered
from dimios_dash.figures.numbers import count
from dimios_dash.ids import UnitId
from dimios_dash.translations import N_, _, ngettext

PAGE: Final = 20  # texts


@dataclass(frozen=True, slots=True)
class Told:
    """A text with the words for what it is about and where it is shown, and those alike gathered under it."""

    head: ShownText
    question: str
    unit: str
    alike: tuple[tuple[ShownText, str], ...]  # each with its unit's name

    @property
    def count(self) -> int:
        """How many have written it."""
        return 1 + len(self.alike)


@dataclass(frozen=True, slots=True)
class ToldCells:
    """`texts` are those of one page, or all that are chosen; `listed` tells of all."""

    texts: tuple[Told, ...]
    listed: Listed
    narrowed: bool  # by what is chosen on the page

    @property
    def pages(self) -> int:
        """How many there are, one at least."""
        return max(1, -(-self.listed.groups // PAGE))


def read(basis: Basis) -> ToldCells:
    """All of them, for files."""
    return _cells(basis, branch_texts.chosen(basis, 1, None))


def read_page(basis: Basis) -> ToldCells:
    """The page that is chosen in the address ("sida"); the last where there are fewer."""
    return _cells(basis, branch_texts.chosen(basis, basis.choice("sida", 1), PAGE))


def _cells(basis: Basis, listed: Listed) -> ToldCells:
    names, questions = {unit.unit_id: unit.name for unit in basis.results.units}, branch_texts.questions(basis)
    told = tuple(_told(names, questions, group) for group in gathered(basis.texts(listed.ids)))
    return ToldCells(told, listed, branch_texts.is_narrowed(basis))


def _told(names: Mapping[UnitId, str], questions: Mapping[str | None, str], group: Gathered) -> Told:
    return Told(
        group.head,
        questions[group.head.category],
        names[group.head.unit_id],
        tuple((each, names[each.unit_id]) for each in group.alike),
    )


def headline(cells: ToldCells) -> str:
    if not cells.texts:
        return _("Inga texter passar valet") if cells.narrowed else _("Inga texter att läsa")
    return ngettext("%(n)s text", "%(n)s texter", cells.listed.texts, n=count(cells.listed.texts))


def reading(cells: ToldCells) -> str:
    if not cells.texts:
        return _("Ändra det du söker efter, eller välj en annan enhet eller ett annat år.")
    if cells.listed.any_alike:
        return _("Det som flest har skrivit står först.")
    return _("Texterna står i slumpad ordning.")


def draw(cells: ToldCells) -> go.Figure | None:  # noqa: ARG001, words have no picture
    return None


def table(cells: ToldCells) -> Table:
    columns = (
        *(Column(name, numeric=False) for name in (_("Text"), _("Fråga"), _("Enhet"), _("Status"), _("Etiketter"))),
        Column(_("Antal som har skrivit det")),
    )
    return Table(_("Texter som är granskade och visas"), columns, tuple(map(_row, cells.texts)))


def _row(told: Told) -> Row:
    head = told.head
    return Row(
        (
            Cell(head.text),
            Cell(told.question),
            Cell(told.unit, unit_id=head.unit_id),
            Cell(head.status.label),
            Cell(", ".join(head.tags)),
            Cell(told.count),
        )
    )


def notes(cells: ToldCells) -> tuple[str, ...]:
    return (
        (_("Där det står [maskerat] har den som granskar tagit bort något som kan peka ut en person."),)
        if cells.listed.any_masked
        else ()
    )


SUGGESTION_TEXTS = Analysis(
    slug="forslag",
    title=N_("Förbättringsförslag"),
    question=N_("Vad föreslår de som har svarat?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
SUGGESTION_PAGE = replace(SUGGESTION_TEXTS, read=read_page)
