"""How do some chosen units differ from each other?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from db.queries.releases import ReleasedUnit
from dimios_dash.analyses import blunted
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis, level_means
from dimios_dash.analyses.internal.choices import Chosen
from dimios_dash.analyses.internal.columns import HeatColumn, columns_of
from dimios_dash.analyses.internal.differences import places
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.domain.statistics import level_columns
from dimios_dash.domain.statistics.unit_differences import errors, more_than_chance
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number
from dimios_dash.figures.side_by_side import Beside, side_by_side
from dimios_dash.ids import StatementKey
from dimios_dash.translations import N_, _


@dataclass(frozen=True, slots=True)
class Apart:
    """How a unit differs from the first one on one row: points, None where too few statements are shown by both."""

    points: float | None
    certain: bool


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One category or capability; a mean and its words for each unit, and the difference of each after the first."""

    column: HeatColumn
    means: tuple[float | None, ...]
    words: tuple[str, ...]  # "eller högre", or why it is hidden
    apart: tuple[Apart, ...]


@dataclass(frozen=True, slots=True)
class BesideCells:
    """`names` of two units or more, the first being the one that the others are compared with; none: nothing chosen."""

    names: tuple[str, ...]
    answered: tuple[int, ...]
    rows: tuple[BesideRow, ...]


def read(basis: Basis) -> BesideCells:
    chosen = Chosen.of(basis)
    if not chosen.compared:
        return BesideCells((), (), ())
    units = [basis.results.unit(unit) for unit in chosen.compared]
    names = [unit.name for unit in units]
    if len(units) == 1:  # beside the whole, until another one is chosen
        units, names = [*units, basis.whole], [*names, _("Hela organisationen")]
    columns = columns_of(basis.instrument, chosen)
    return BesideCells(tuple(names), tuple(unit.answered for unit in units), _rows(basis, columns, units))


def _rows(basis: Basis, columns: Sequence[HeatColumn], units: Sequence[ReleasedUnit]) -> tuple[BesideRow, ...]:
    apart = _apart(basis, columns, units)
    means = [{**unit.means, **_levels(basis, unit)[0]} for unit in units]
    words = [{**_statement_words(unit), **_levels(basis, unit)[1]} for unit in units]
    return tuple(
        BesideRow(
            column,
            tuple(each[StatementKey(column.key)] for each in means),
            tuple(each[column.key] for each in words),
            tuple(others[place] for others in apart),
        )
        for place, column in enumerate(columns)
    )


def _levels(basis: Basis, unit: ReleasedUnit) -> tuple[dict[StatementKey, float | None], dict[str, str]]:
    found = level_means(basis.results.instrument_version, unit.means)
    means = {StatementKey(key): level.mean for key, level in found.items()}
    words = {
        key: level.hidden.explanation if level.hidden else blunted.level(unit, key) for key, level in found.items()
    }
    return means, words


def _statement_words(unit: ReleasedUnit) -> dict[str, str]:
    return {
        cell.statement: blunted.words(cell.bound) if cell.mean is not None else cell.hidden.explanation
        for cell in unit.cells
    }


def _apart(basis: Basis, columns: Sequence[HeatColumn], units: Sequence[ReleasedUnit]) -> list[list[Apart]]:
    """Of each unit after the first, in the order of the columns; over statements that both show."""
    mean = ReleasedUnit.means_of(units)
    taken = places(basis.instrument, [column.key for column in columns])
    points = level_columns.with_levels(np.round(mean[1:] - mean[:1], 1))[:, taken]
    answered = np.array([unit.answered for unit in units], dtype=np.int64)
    found = errors(answered, basis.statistics.spreads, [column.key for column in columns])
    certain = more_than_chance(points, found.of(slice(1, None)).beside(found.of(slice(0, 1))))
    return [
        [Apart(None if np.isnan(each) else round(each, 1) + 0.0, sure) for each, sure in zip(*pair, strict=True)]
        for pair in zip(points.tolist(), certain.tolist(), strict=True)
    ]


def headline(cells: BesideCells) -> str:
    if not cells.names:
        return _("Välj enheter att ställa bredvid varandra")
    found = _most(cells)
    if found is None:
        return _("%(units)s visar inget som kan jämföras", units=listed(cells.names))
    row, apart, name = found
    said = {"unit": name, "first": cells.names[0], "points": number(abs(apart.points or 0)), "what": row.column.name}
    if (apart.points or 0) < 0:
        return _("%(unit)s ligger längst från %(first)s i %(what)s: %(points)s under", **said)
    return _("%(unit)s ligger längst från %(first)s i %(what)s: %(points)s över", **said)


def _most(cells: BesideCells) -> tuple[BesideRow, Apart, str] | None:
    """The largest difference; the index is a mean of the others."""
    found = [
        (row, apart, name)
        for row in cells.rows
        if row.column.key != INDEX_KEY
        for apart, name in zip(row.apart, cells.names[1:], strict=True)
        if apart.points is not None
    ]
    return max(found, key=lambda each: abs(each[1].points or 0), default=None)


def reading(cells: BesideCells) -> str:
    if not cells.names:
        return _("Tryck på Jämför vid två till fyra enheter i kartan.")
    n = _(
        "Svarande: %(answered)s.",
        answered=listed([f"{name} {count(n)}" for name, n in zip(cells.names, cells.answered, strict=True)]),
    )
    return f"{n} {_how_sure(cells)}"


def _how_sure(cells: BesideCells) -> str:
    sure = [row.column.name for row in cells.rows if any(apart.certain for apart in row.apart)]
    if not sure:
        return _("Alla skillnader här kan vara slump.")
    return _("Mer än slump är skillnaden i %(what)s.", what=listed(sure))


def draw(cells: BesideCells) -> Drawing | None:
    if not any(mean is not None for row in cells.rows for mean in row.means):
        return None
    units = [Beside(name, [row.means[place] for row in cells.rows]) for place, name in enumerate(cells.names)]
    return side_by_side([row.column.name for row in cells.rows], units)


def table(cells: BesideCells) -> Table:
    apart = [Column(_("%(unit)s, skillnad mot %(first)s", unit=name, first=cells.names[0])) for name in cells.names[1:]]
    return Table(
        _("Valda enheter, 0–100, och skillnader i poäng"),
        (Column(_("Vad"), numeric=False), *(Column(name) for name in cells.names), *apart),
        tuple(_row(row) for row in cells.rows),
    )


def _row(row: BesideRow) -> Row:
    means = [Cell(mean, words) for mean, words in zip(row.means, row.words, strict=True)]
    return Row((Cell(row.column.name), *means, *(Cell(apart.points, _note(apart)) for apart in row.apart)))


def _note(apart: Apart) -> str:
    if apart.points is None:
        return _("Visas inte, eftersom för få påståenden visas på båda sidor.")
    return _("mer än slump") if apart.certain else ""


def notes(cells: BesideCells) -> tuple[str, ...]:
    if not cells.names:
        return ()
    sides = _("Skillnader räknas bara på påståenden som visas på båda sidor.")
    ends = any(
        words and mean is not None for row in cells.rows for mean, words in zip(row.means, row.words, strict=True)
    )
    return (sides, *([_(blunted.WHY)] if ends else []))


BESIDE = Analysis(
    slug="valda-enheter",
    title=N_("Valda enheter"),
    question=N_("Hur skiljer sig de valda enheterna?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
