"""How far are we from what we aim at, and what has been done of the way?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from db.queries.targets import Target
from dimios_dash.analyses import blunted
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import CAPABILITY, HERITAGE, Basis
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.wording import level_names
from dimios_dash.domain.scoring import LevelMean
from dimios_dash.domain.targets import Change, Progress, Standing, progress
from dimios_dash.figures.aims import Aim
from dimios_dash.figures.bars import Bar, BarKind, bars
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number, signed
from dimios_dash.translations import N_, _

_KINDS: Mapping[str, BarKind] = {CAPABILITY: BarKind.CAPABILITY, HERITAGE: BarKind.HERITAGE}


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target beside the level it is for; `progress` is None where the level is hidden."""

    name: str
    target: Target
    now: LevelMean
    end: str  # "eller högre", "eller lägre"
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class TargetCells:
    year: int
    rows: tuple[TargetRow, ...]  # index, dimensions, categories

    @property
    def measured(self) -> list[tuple[TargetRow, Progress]]:
        """Those whose level is shown."""
        return [(row, row.progress) for row in self.rows if row.progress is not None]

    @property
    def by_level(self) -> Mapping[str, TargetRow]:
        """By key of index, dimension or category."""
        return {row.target.level: row for row in self.rows}

    def only(self, keys: Collection[str]) -> TargetCells:
        """Those of some levels."""
        return replace(self, rows=tuple(row for row in self.rows if row.target.level in keys))


def read(basis: Basis) -> TargetCells:
    names = level_names(basis.instrument)
    aimed = [(names[key], basis.levels[key], basis.targets[key]) for key in names if key in basis.targets]
    return TargetCells(basis.year, tuple(_row(basis, *each) for each in aimed))


def _row(basis: Basis, name: str, now: LevelMean, target: Target) -> TargetRow:
    there = None
    if now.mean is not None:
        there = progress(target.value, target.year, now.mean, basis.year, _change(basis, now.key))
    return TargetRow(name, target, now, blunted.level(basis.unit, now.key), there)


def _change(basis: Basis, key: str) -> Change | None:
    """Since the first year that can be compared with."""
    for year, compared in basis.compared.items():
        if key in compared.changes:
            found = compared.changes[key]
            return Change(year, found.difference, found.certain)
    return None


def headline(cells: TargetCells) -> str:
    if not cells.rows:
        return _("Inga mål är satta för enheten")
    reached = sum(there.standing is Standing.REACHED for _row, there in cells.measured)
    if len(cells.rows) == 1:
        return _("Målet är nått") if reached else _("Målet är inte nått")
    return _("%(reached)s av %(all)s mål är nådda", reached=count(reached), all=count(len(cells.rows)))


def reading(cells: TargetCells) -> str:
    if not cells.rows:
        return _("Nyckelanvändaren kan sätta mål för index, dimensioner och kategorier.")
    ahead = [(there.left, row) for row, there in cells.measured if there.standing is not Standing.REACHED]
    if not ahead:
        return _("Inget mål som kan jämföras återstår.")
    left, row = max(ahead, key=lambda each: each[0])
    return _(
        "Längst kvar har %(name)s: %(left)s poäng till målet %(target)s år %(year)s.",
        name=row.name,
        left=number(left),
        target=number(row.target.value),
        year=row.target.year,
    )


def draw(cells: TargetCells) -> Drawing | None:
    return bars([_bar(row) for row in cells.rows], "") if cells.rows else None


def _bar(row: TargetRow) -> Bar:
    kind = _KINDS.get(row.target.level[0], BarKind.WHOLE)
    return Bar(row.name, row.now.mean, _beside_a_name(row), kind, mark=row.target.value)


def star(row: TargetRow | None) -> Aim | None:
    """In a chart of lines; None where there is no target."""
    return None if row is None else Aim(row.target.value, _beside_a_name(row))


def _beside_a_name(row: TargetRow) -> str:
    return _("mål %(value)s till %(year)s", value=number(row.target.value), year=row.target.year)


def table(cells: TargetCells) -> Table:
    columns = (
        Column(_("Målet gäller"), numeric=False),
        Column(str(cells.year)),
        *aims(),
        Column(_("Ansvarig"), numeric=False),
    )
    return Table(_("Mål och hur långt det är kvar, 0–100"), columns, tuple(map(_table_row, cells.rows)))


def _table_row(row: TargetRow) -> Row:
    why = row.now.hidden.explanation if row.now.hidden else row.end
    name = Cell(row.name, "" if row.progress is None else path(row.progress))
    return Row((name, Cell(row.now.mean, why), *aimed(row), Cell(row.target.owner or _("ingen än"))))


def aims() -> tuple[Column, ...]:
    """What a table says of targets beside the values."""
    return Column(_("Mål")), Column(_("Senast")), Column(_("Kvar"))


def aimed(row: TargetRow | None, remark: str = "") -> tuple[Cell, ...]:
    """The cells below `aims`, of a level with or without a target; `remark` beside what is left."""
    if row is None:
        return Cell(None, _("inget mål")), Cell(None), Cell(None)
    left = None if row.progress is None else max(0.0, row.progress.left)
    hidden = row.now.hidden.explanation if row.now.hidden else ""
    return Cell(row.target.value), Cell(str(row.target.year)), Cell(left, hidden or remark)


def path(there: Progress) -> str:
    """What remains beside what has been, in words; never where it will end."""
    if there.standing is Standing.REACHED:
        return _("Nått.")
    if there.needed is None:
        return _("Året är här och målet är inte nått.")
    needed = _("Det återstår %(needed)s poäng om året.", needed=number(there.needed))
    return f"{needed} {_pace(there, there.needed)}"


def _pace(there: Progress, needed: float) -> str:
    if there.pace is None or there.change is None:
        return _("Det finns inget tidigare år att jämföra takten med.")
    facts = {"since": there.change.since, "pace": signed(there.pace)}
    if not there.change.certain:
        return _("Sedan %(since)s är det %(pace)s om året, men den förändringen är inte säker.", **facts)
    if there.pace >= needed:
        return _("Sedan %(since)s är det %(pace)s om året, minst så mycket som behövs.", **facts)
    return _("Sedan %(since)s är det %(pace)s om året, mindre än vad som behövs.", **facts)


def in_short(row: TargetRow) -> str:
    """Beside a key figure: "Mål 55,0 till 2027: 9,2 kvar"."""
    facts = {"target": number(row.target.value), "year": row.target.year}
    if row.progress is None:
        return _("Mål %(target)s till %(year)s", **facts)
    if row.progress.standing is Standing.REACHED:
        return _("Mål %(target)s till %(year)s: nått", **facts)
    return _("Mål %(target)s till %(year)s: %(left)s kvar", left=number(row.progress.left), **facts)


def notes(cells: TargetCells) -> tuple[str, ...]:
    if not cells.rows:
        return ()
    pace = _("Takten är vad som har varit mellan två mätningar, ingen förutsägelse om vad som kommer.")
    ends = _(blunted.WHY) if any(row.end for row in cells.rows) else ""
    return tuple(filter(None, (pace, ends)))


TARGETS = Analysis(
    slug="mal",
    title=N_("Mål"),
    question=N_("Hur långt är det till målen?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
