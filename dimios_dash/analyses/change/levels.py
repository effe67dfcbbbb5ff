"""Which categories or capabilities have changed most?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dimios_dash.analyses import targets
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.change import tables
from dimios_dash.analyses.change.between_years import Beside, beside_of_unit, remark
from dimios_dash.analyses.table import Column, Table
from dimios_dash.analyses.targets import TargetCells
from dimios_dash.analyses.wording import listed
from dimios_dash.figures.differences import Difference, differences
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, signed
from dimios_dash.figures.slope import Slope, slopes
from dimios_dash.translations import N_, _, ngettext

MOST_NAMED = 3


class LevelShown(StrEnum):
    """What is listed; the values stand in the address."""

    CATEGORIES = "kategorier"
    CAPABILITIES = "formagor"

    @property
    def label(self) -> str:
        return {LevelShown.CATEGORIES: _("Kategorier"), LevelShown.CAPABILITIES: _("Förmågor")}[self]


@dataclass(frozen=True, slots=True)
class LevelCells:
    """Certain changes first, then by size; those that cannot be compared last."""

    year: int
    then: int | None
    shown: LevelShown
    rows: tuple[tuple[str, Beside], ...]  # by name
    aims: TargetCells

    @property
    def compared(self) -> list[tuple[str, Beside]]:
        return [(name, one) for name, one in self.rows if one.difference is not None]

    @property
    def certain(self) -> list[tuple[str, Beside]]:
        return [(name, one) for name, one in self.rows if one.certain]


def read(basis: Basis) -> LevelCells:
    shown = basis.choice("niva", LevelShown.CATEGORIES)
    named = _names(basis, shown)
    aims = basis.cells(targets.read).only([key for key, _name in named])
    if basis.since is None:
        return LevelCells(basis.year, None, shown, (), aims)
    found = basis.cells(beside_of_unit)
    rows = sorted(((name, found[key]) for key, name in named), key=lambda row: row[1].rank)
    return LevelCells(basis.year, basis.since.year, shown, tuple(rows), aims)


def _names(basis: Basis, shown: LevelShown) -> list[tuple[str, str]]:
    """Keys and names, in the order of the instrument."""
    categories = basis.instrument.categories
    if shown is LevelShown.CATEGORIES:
        return [(category.key, category.name.spoken) for category in categories]
    return [(each.key, each.capability.spoken) for category in categories for each in category.statements]


def headline(cells: LevelCells) -> str:
    if not cells.compared:
        return _("Inget går att jämföra")
    if not cells.certain:
        return _("Ingen förändring är säker")
    named = listed([f"{name} {signed(one.difference)}" for name, one in cells.certain[:MOST_NAMED]])
    return _("Säkert förändrat: %(names)s", names=named)


def reading(cells: LevelCells) -> str:
    if not cells.compared:
        return _("Orsaken står vid varje rad i tabellen.")
    (name, most), *_others = sorted(cells.compared, key=lambda row: -abs(row[1].difference or 0))
    how_many = ngettext(
        "%(certain)s av %(n)s jämförelse är säker.",
        "%(certain)s av %(n)s jämförelser är säkra.",
        len(cells.compared),
        certain=count(len(cells.certain)),
        n=count(len(cells.compared)),
    )
    largest = _("Störst är skillnaden för %(name)s, %(change)s poäng.", name=name, change=signed(most.difference))
    left = targets.reading(cells.aims) if cells.aims.rows else ""
    return f"{largest} {how_many} {left}".rstrip()


def draw(cells: LevelCells) -> Drawing | None:
    if not cells.compared:
        return None
    if cells.shown is LevelShown.CAPABILITIES:
        return differences([_difference(name, one) for name, one in cells.rows], "")
    aims = cells.aims.by_level
    lines = [
        Slope(name, one.then or 0, one.now or 0, one.certain, targets.star(aims.get(one.key)))
        for name, one in cells.compared
    ]
    return slopes(lines, str(cells.then), str(cells.year), "")


def _difference(name: str, one: Beside) -> Difference:
    margin = one.change.margin if one.change else None
    return Difference(name, one.difference, remark(one), one.certain, margin)


def table(cells: LevelCells) -> Table:
    caption = _("Förändring, poäng på skalan 0–100")
    if cells.then is None:
        return Table(caption, (Column(_("Tal"), numeric=False),), ())
    what = _("Kategori") if cells.shown is LevelShown.CATEGORIES else _("Förmåga")
    return tables.of_levels(caption, what, cells.then, cells.year, cells.rows, cells.aims)


def notes(cells: LevelCells) -> tuple[str, ...]:
    if not cells.compared:
        return ()
    if cells.shown is LevelShown.CATEGORIES:
        return _("Heldragna linjer är säkra förändringar, streckade kan vara slump."), tables.rule()
    return tables.bars(), tables.rule()


CHANGE_LEVELS = Analysis(
    slug="forandring-nivaer",
    title=N_("Förändring per kategori och förmåga"),
    question=N_("Vad har förändrats mest?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
