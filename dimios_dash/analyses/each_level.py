"""What does each dimension, category or capability say, and how sure is it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from db.queries.released_details import ReleasedDetail
from dimios_dash.analyses import blunted
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.depth import Depth, Order, chosen_categories, chosen_statements, dimension_of, ordered
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.instrument import Category, Dimension, Statement
from dimios_dash.domain.statistics.interval import Interval
from dimios_dash.figures.dots import Dot, DotRow, Series, dots
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number, percent
from dimios_dash.figures.theme import Colour
from dimios_dash.ids import StatementKey
from dimios_dash.translations import N_, _, ngettext

MOST_NAMED: Final = 3
_NO_SHARE: Final = N_("Visas inte, eftersom andelen inte kan visas för alla påståenden i den.")


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One dimension, category or capability. Of each value and its reason exactly one is there."""

    key: str
    name: str
    within: str  # the level above
    statement: str  # as it was put; empty above the statements
    mean: float | None
    hidden: str
    end: str  # "eller högre", "eller lägre"
    interval: Interval | None
    answers: str  # how many, in words
    dont_know: float | None  # share, 0-1
    dont_know_hidden: str


@dataclass(frozen=True, slots=True)
class LevelCells:
    depth: Depth
    rows: tuple[LevelRow, ...]

    @property
    def shown(self) -> list[LevelRow]:
        """With a mean, the highest first."""
        return ordered([row for row in self.rows if row.mean is not None], Order.HIGHEST)


def read(basis: Basis) -> LevelCells:
    depth = basis.choice("niva", Depth.CATEGORY)
    rows = tuple(_ROWS[depth](basis))
    return LevelCells(depth, tuple(ordered(rows, basis.choice("ordning", Order.GIVEN))))


def _dimensions(basis: Basis) -> Iterator[LevelRow]:
    for dimension in basis.instrument.dimensions:
        statements = [each for category in dimension.categories for each in category.statements]
        yield _above(basis, dimension, statements, "")


def _categories(basis: Basis) -> Iterator[LevelRow]:
    for category in chosen_categories(basis):
        yield _above(basis, category, category.statements, dimension_of(basis.instrument, category.key))


def _statements(basis: Basis) -> Iterator[LevelRow]:
    details = {detail.statement: detail for detail in basis.unit_details}
    for statement in chosen_statements(basis):
        yield _statement(basis, statement, details[statement.key])


_ROWS: Final = {Depth.DIMENSION: _dimensions, Depth.CATEGORY: _categories, Depth.STATEMENT: _statements}


def _above(basis: Basis, part: Dimension | Category, statements: Iterable[Statement], within: str) -> LevelRow:
    """A level above the statements: everybody who answered stands behind it."""
    level = basis.levels[part.key]
    share = _share(basis, {statement.key for statement in statements})
    return LevelRow(
        part.key,
        part.name.spoken,
        within,
        "",
        level.mean,
        level.hidden.explanation if level.hidden else "",
        blunted.level(basis.unit, part.key),
        basis.interval(level.mean, part.key),
        _of_everybody(basis),
        share,
        _(_NO_SHARE) if share is None else "",
    )


def _share(basis: Basis, keys: set[StatementKey]) -> float | None:
    """Of everything that was asked: every respondent met every statement, so it is the mean of their shares."""
    shares = [detail.dont_know for detail in basis.unit_details if detail.statement in keys]
    known = [share for share in shares if share is not None]
    return fmean(known) if known and len(known) == len(shares) else None


def _statement(basis: Basis, statement: Statement, detail: ReleasedDetail) -> LevelRow:
    cell = next(cell for cell in basis.unit.cells if cell.statement == statement.key)
    return LevelRow(
        statement.key,
        statement.capability.spoken,
        basis.instrument.category_of(statement.key).name.spoken,
        statement.text.spoken,
        cell.mean,
        "" if cell.mean is not None else cell.hidden.explanation,
        blunted.words(cell.bound),
        basis.interval(cell.mean, statement.key, detail.counts),
        _of_everybody(basis) if detail.counts is None else _exactly(sum(detail.counts)),
        detail.dont_know,
        detail.dont_know_hidden.explanation if detail.dont_know_hidden else "",
    )


def _exactly(answers: int) -> str:
    return ngettext("%(n)s svar", "%(n)s svar", answers, n=count(answers))


def _of_everybody(basis: Basis) -> str:
    """Where the number of answers is not shown: how many it could be at most."""
    return _("av %(n)s svarande", n=count(basis.unit.answered))


def headline(cells: LevelCells) -> str:
    shown = cells.shown
    if not shown:
        return _("Inget här kan visas") if cells.rows else _("Ingen förmåga har de orden")
    if len(shown) == 1:
        return _("%(name)s ligger på %(mean)s av 100", name=shown[0].name, mean=number(shown[0].mean))
    return _("%(highest)s högst, %(lowest)s lägst", highest=shown[0].name, lowest=shown[-1].name)


def reading(cells: LevelCells) -> str:
    """Whether the lowest is certainly the lowest."""
    shown = cells.shown
    if not cells.rows:
        return _("Sök på något annat, eller välj en annan kategori.")
    if len(shown) < 2:  # noqa: PLR2004, nothing to compare
        return _("Det finns inget att jämföra med.")
    lowest = shown[-1]
    rivals = [row.name for row in shown[:-1] if _overlap(row.interval, lowest.interval)]
    values = _("%(name)s ligger lägst med %(mean)s av 100.", name=lowest.name, mean=number(lowest.mean))
    return f"{values} {_certainty(rivals)}"


def _overlap(one: Interval | None, other: Interval | None) -> bool:
    """Also where nobody knows."""
    return one is None or other is None or one.low <= other.high


def _certainty(rivals: list[str]) -> str:
    if not rivals:
        return _("Det är säkert lägst: felmarginalen skiljer det från alla andra.")
    if len(rivals) > MOST_NAMED:
        return _("Felmarginalen överlappar %(n)s andra, så det är inte säkert lägst.", n=count(len(rivals)))
    return _("Felmarginalen överlappar %(names)s, så det är inte säkert lägst.", names=listed(rivals))


def draw(cells: LevelCells) -> Drawing | None:
    if not cells.shown:
        return None
    return dots([_dots(row) for row in cells.rows], [Series("", "circle", Colour.ACCENT)])


def _dots(row: LevelRow) -> DotRow:
    if row.mean is None:
        return DotRow(row.name, row.hidden, (None,), None)
    ends = (row.interval.low, row.interval.high) if row.interval else (None, None)
    detail = f"{row.answers}; {number(row.mean)} {row.end}" if row.end else row.answers
    return DotRow(row.name, detail, (Dot(row.mean, row.name, *ends),), number(row.mean))


def table(cells: LevelCells) -> Table:
    return Table(
        _("Medel 0–100 med 95 % intervall, och andelen Vet ej"),
        (
            Column(cells.depth.label, numeric=False),
            Column(_("Medel")),
            Column(_("Intervall")),
            Column(_("Svar"), numeric=False),
            Column(_("Vet ej")),
        ),
        tuple(
            Row(
                (
                    Cell(row.name, row.statement or row.within),
                    Cell(row.mean, row.hidden or row.end),
                    _interval_cell(row),
                    Cell(row.answers),
                    Cell(percent(row.dont_know) if row.dont_know is not None else None, row.dont_know_hidden),
                )
            )
            for row in cells.rows
        ),
    )


def _interval_cell(row: LevelRow) -> Cell:
    if row.interval:
        return Cell(f"{number(row.interval.low)}–{number(row.interval.high)}")
    return Cell(None, row.hidden or _("Kan inte räknas, eftersom för få har svarat i hela organisationen."))


def notes(cells: LevelCells) -> tuple[str, ...]:
    if not cells.shown:
        return ()
    about = _(
        "Strecket visar felmarginalen: om andra i samma grupp hade svarat skulle medelvärdet troligen ändå ligga där."
    )
    n = _("”Av … svarande” står där det exakta antalet svar inte kan visas.")
    ends = blunted.WHY if any(row.end for row in cells.rows) else ""
    return tuple(filter(None, (about, n if any(_hides_number(row) for row in cells.rows) else "", ends and _(ends))))


def _hides_number(row: LevelRow) -> bool:
    return bool(row.statement) and row.mean is not None and not row.answers[:1].isdigit()


LEVELS = Analysis(
    slug="nivaer",
    title=N_("Nivåer"),
    question=N_("Vad säger varje nivå, och hur säkert är det?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
