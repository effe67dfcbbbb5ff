"""What do people suggest, in their own words? Reviewed texts only, without what is masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from dimios_dash.analyses import branch_texts
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.domain.moderation.shown import Gathered, ShownText
from dimios_dash.figures.numbers import count
from dimios_dash.ids import UnitId
from dimios_dash.translations import N_, _, ngettext


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
    texts: tuple[Told, ...]
    narrowed: bool  # by what is chosen on the page

    @property
    def count(self) -> int:
        """Every text, gathered ones too."""
        return sum(text.count for text in self.texts)


def read(basis: Basis) -> ToldCells:
    names, questions = {unit.unit_id: unit.name for unit in basis.results.units}, branch_texts.questions(basis)
    told = tuple(_told(names, questions, group) for group in branch_texts.chosen(basis))
    return ToldCells(told, branch_texts.is_narrowed(basis))


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
    return ngettext("%(n)s text", "%(n)s texter", cells.count, n=count(cells.count))


def reading(cells: ToldCells) -> str:
    if not cells.texts:
        return _("Ändra det du söker efter, eller välj en annan enhet eller ett annat år.")
    if any(text.alike for text in cells.texts):
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
    masked = any(text.is_masked for told in cells.texts for text in (told.head, *(each for each, _unit in told.alike)))
    return (
        (_("Där det står [maskerat] har den som granskar tagit bort något som kan peka ut en person."),)
        if masked
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
