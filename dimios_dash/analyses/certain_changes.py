"""What has changed most for certain since last time? Or how large a change would have had to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.queries.year_comparisons import Change
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.change import tables
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.wording import level_names, listed
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.figures.differences import Difference, differences
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import HIDDEN, count, number, signed
from dimios_dash.translations import N_, _

MOST_NAMED = 3
MOST_DRAWN = 8


@dataclass(frozen=True, slots=True)
class NamedChange:
    """One level or capability."""

    name: str
    change: Change


@dataclass(frozen=True, slots=True)
class CertainCells:
    """`since` is the year compared with; None: there is no earlier one. `levels` stand in the instrument's order."""

    year: int
    since: int | None
    levels: tuple[NamedChange, ...]  # index, dimensions, categories
    capabilities: tuple[NamedChange, ...]
    index: Change | None

    @property
    def all(self) -> tuple[NamedChange, ...]:
        """Everything that could be compared."""
        return (*self.levels, *self.capabilities)

    @property
    def certain(self) -> list[NamedChange]:
        """The largest first."""
        return _largest_first([each for each in self.all if each.change.certain])

    @property
    def drawn(self) -> list[NamedChange]:
        """The certain ones; where there are none, the levels with how far they are from it."""
        return self.certain[:MOST_DRAWN] or list(self.levels)


def _largest_first(changes: Sequence[NamedChange]) -> list[NamedChange]:
    return sorted(changes, key=lambda each: -abs(each.change.difference))


def read(basis: Basis) -> CertainCells:
    last = basis.last_time
    compared = basis.compared.get(last.year) if last else None
    changes: Mapping[str, Change] = compared.changes if compared else {}
    return CertainCells(
        basis.year,
        last.year if last else None,
        _named(level_names(basis.instrument), changes),
        _named(_capabilities(basis.instrument), changes),
        changes.get(INDEX_KEY),
    )


def _capabilities(instrument: Instrument) -> dict[str, str]:
    return {str(statement.key): statement.capability.spoken for statement in instrument.statements}


def _named(names: Mapping[str, str], changes: Mapping[str, Change]) -> tuple[NamedChange, ...]:
    return tuple(NamedChange(name, changes[key]) for key, name in names.items() if key in changes)


def headline(cells: CertainCells) -> str:
    if cells.since is None:
        return _("Det finns inget tidigare år att jämföra med")
    if not cells.all:
        return _("Det går inte att jämföra med %(year)s", year=cells.since)
    if not cells.certain:
        return _("Ingen förändring sedan %(year)s är säker", year=cells.since)
    names = listed([f"{each.name} {signed(each.change.difference)}" for each in cells.certain[:MOST_NAMED]])
    return _("Säkert ändrat sedan %(year)s: %(names)s", year=cells.since, names=names)


def reading(cells: CertainCells) -> str:
    if cells.since is None:
        return _("Efter nästa mätning står det här vad som säkert har ändrats.")
    if not cells.all:
        return _("Inget påstående visas båda åren för enheten som den är nu.")
    if cells.certain:
        return _counted(cells)
    smallest = None if cells.index is None else cells.index.smallest
    if cells.index is None or smallest is None or abs(cells.index.difference) >= smallest:  # tested with all others
        return _("Skillnaderna är så små, eller svaren så få, att de kan vara slump.")
    return _(
        "Index har ändrats med %(points)s; det hade behövt vara minst %(smallest)s för att vara säkert.",
        points=signed(cells.index.difference),
        smallest=number(smallest),
    )


def _counted(cells: CertainCells) -> str:
    up = sum(each.change.difference > 0 for each in cells.certain)
    return _(
        "Säkert högre: %(up)s. Säkert lägre: %(down)s. Jämförda: %(all)s.",
        up=count(up),
        down=count(len(cells.certain) - up),
        all=count(len(cells.all)),
    )


def draw(cells: CertainCells) -> Drawing | None:
    return differences([_bar(each) for each in cells.drawn], "") if cells.drawn else None


def _bar(each: NamedChange) -> Difference:
    change = each.change
    return Difference(each.name, change.difference, "", certain=change.certain, margin=change.margin)


def table(cells: CertainCells) -> Table:
    columns = (
        Column(_("Nivå eller förmåga"), numeric=False),
        Column(_("Skillnad mot %(year)s", year=cells.since) if cells.since else _("Skillnad"), signed=True),
        Column(_("Felmarginal")),
        Column(_("Säkert från, prövad ensam")),
        Column(_("Bedömning"), numeric=False),
    )
    rows = [*cells.levels, *_largest_first(cells.capabilities)]
    return Table(_("Förändring i poäng"), columns, tuple(_row(each) for each in rows))


def _row(each: NamedChange) -> Row:
    change, unknown = each.change, _("Spridningen är inte känd.")
    return Row(
        (
            Cell(each.name),
            Cell(change.difference),
            Cell(HIDDEN, unknown) if change.margin is None else Cell(f"± {number(change.margin)}"),
            Cell(change.smallest, unknown if change.smallest is None else ""),
            Cell(_("säker") if change.certain else _("kan vara slump")),
        )
    )


def notes(cells: CertainCells) -> tuple[str, ...]:
    if not cells.all:
        return ()
    now = _("Jämförelsen gäller enheten som organisationen ser ut nu, och påståenden som visas båda åren.")
    return tables.bars(), tables.rule(), now


CERTAIN_CHANGES = Analysis(
    slug="sakra-forandringar",
    title=N_("Säkra förändringar"),
    question=N_("Vad har säkert ändrats?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
