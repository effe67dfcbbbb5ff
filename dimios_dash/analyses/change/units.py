"""Which of the units directly below have changed?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from db.queries.releases import ReleasedUnit
from db.queries.year_comparisons import ComparedUnit
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.change import tables
from dimios_dash.analyses.change.between_years import Beside, TreeShown, answered_then, beside, remark, tree_shown
from dimios_dash.analyses.since import Since
from dimios_dash.analyses.table import Cell, Column, Row, RowKind, Table
from dimios_dash.analyses.wording import level_names, listed
from dimios_dash.domain.scoring import levels
from dimios_dash.figures.differences import Difference, differences
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, signed
from dimios_dash.ids import UnitId
from dimios_dash.translations import N_, _, ngettext

MOST_NAMED = 3


class Measure(StrEnum):
    """What of a unit is compared; the values stand in the address and are keys of levels."""

    INDEX = "index"
    CAPABILITY = "F"
    EFFICIENCY = "F1"
    INNOVATION = "F2"
    BALANCE = "F3"
    HERITAGE = "A"
    INFRASTRUCTURE = "A1"
    ORGANISATION = "A2"
    USE = "A3"


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """One unit; `leads_to` is None for one that is not in this year's release."""

    name: str
    leads_to: UnitId | None
    one: Beside
    answered: tuple[int | None, int | None]  # respondents then and now
    outside: bool = False  # not in this year's measurement


@dataclass(frozen=True, slots=True)
class UnitsCells:
    """Certain changes first, then by size; those that cannot be compared last."""

    year: int
    then: int | None
    measure: str  # in words
    whole: ChangedUnit | None
    below: tuple[ChangedUnit, ...]

    @property
    def compared(self) -> list[ChangedUnit]:
        return [unit for unit in self.below if unit.one.difference is not None]

    @property
    def certain(self) -> list[ChangedUnit]:
        return [unit for unit in self.below if unit.one.certain]


def read(basis: Basis) -> UnitsCells:
    measure = basis.choice("matt", Measure.INDEX)
    words, since = level_names(basis.instrument)[measure], basis.since
    if since is None:
        return UnitsCells(basis.year, None, words, None, ())
    children = basis.results.children(basis.unit_id)
    found = [_changed(basis, since, unit, measure, since.children[unit.unit_id]) for unit in children]
    if tree_shown(basis) is TreeShown.THEN:
        found += _only_then(basis, since, {unit.unit_id for unit in children}, measure)
    whole = _changed(basis, since, basis.unit, measure, since.unit)
    return UnitsCells(basis.year, since.year, words, whole, tuple(sorted(found, key=lambda unit: unit.one.rank)))


def _changed(basis: Basis, since: Since, unit: ReleasedUnit, measure: Measure, compared: ComparedUnit) -> ChangedUnit:
    then = since.then.get(unit.unit_id)
    one = beside(basis, unit, compared, then)[measure]
    answered = answered_then(basis, compared, then), unit.answered
    outside = not unit.takes_part and one.now is None
    return ChangedUnit(unit.name, unit.unit_id, one, answered, outside)


def _only_then(basis: Basis, since: Since, now: set[UnitId], measure: Measure) -> list[ChangedUnit]:
    """Units that lay directly below in the earlier year and do not now."""
    why = _("Låg här %(then)s men inte %(now)s.", then=since.year, now=basis.year)
    return [
        ChangedUnit(
            unit.name, None, Beside(measure, _value(basis, unit, measure), None, None, None, why), (unit.answered, None)
        )
        for unit in since.then.values()
        if unit.parent_id == basis.unit_id and unit.unit_id not in now
    ]


def _value(basis: Basis, unit: ReleasedUnit, measure: Measure) -> float | None:
    means = {key: unit.means.get(key) for key in basis.instrument.statement_keys}
    return next(level.mean for level in levels(basis.instrument, means) if level.key == measure)


def headline(cells: UnitsCells) -> str:
    if not cells.below:
        return _("Inga enheter under den här")
    if not cells.compared:
        return _("Ingen enhet går att jämföra")
    if not cells.certain:
        return _("Ingen enhets förändring är säker")
    names = [f"{unit.name} {signed(unit.one.difference)}" for unit in cells.certain[:MOST_NAMED]]
    return _("Säkert förändrat: %(names)s", names=listed(names))


def reading(cells: UnitsCells) -> str:
    if not cells.below:
        return _("Enheten har inga enheter under sig.")
    if not cells.compared:
        return _("Orsaken står vid varje enhet i tabellen.")
    most = max(cells.compared, key=lambda unit: abs(unit.one.difference or 0))
    largest = _(
        "%(measure)s har ändrats mest i %(unit)s, %(change)s poäng.",
        measure=cells.measure,
        unit=most.name,
        change=signed(most.one.difference),
    )
    how_many = ngettext(
        "%(n)s av %(all)s enhet går att jämföra.",
        "%(n)s av %(all)s enheter går att jämföra.",
        len(cells.below),
        n=count(len(cells.compared)),
        all=count(len(cells.below)),
    )
    return f"{largest} {how_many}"


def draw(cells: UnitsCells) -> Drawing | None:
    return differences([_difference(unit) for unit in cells.compared], "") if cells.compared else None


def _difference(unit: ChangedUnit) -> Difference:
    one = unit.one
    margin = one.change.margin if one.change else None
    return Difference(unit.name, one.difference, remark(one), one.certain, margin, unit.leads_to)


def table(cells: UnitsCells) -> Table:
    caption = _("%(measure)s per enhet, 0–100", measure=cells.measure)
    if cells.then is None or cells.whole is None:
        return Table(caption, tables.columns(_("Enhet"), cells.year, cells.year)[:1], ())
    answered = (Column(_("Svarande %(year)s", year=year)) for year in (cells.then, cells.year))
    columns = (*tables.columns(_("Enhet"), cells.then, cells.year), *answered)
    return Table(
        caption, columns, (_row(replace(cells.whole, leads_to=None), RowKind.TOTAL), *map(_below, cells.below))
    )


def _below(unit: ChangedUnit) -> Row:
    return _row(unit, RowKind.OUTSIDE if unit.outside else RowKind.ORDINARY)


def _row(unit: ChangedUnit, kind: RowKind) -> Row:
    answered = (Cell(n) for n in unit.answered)
    return Row((Cell(unit.name, unit_id=unit.leads_to), *tables.cells(unit.one), *answered), kind)


def notes(cells: UnitsCells) -> tuple[str, ...]:
    if not cells.compared:
        return ()
    return (
        tables.bars(),
        _("Ju färre som har svarat i en enhet, desto större måste en förändring vara för att vara säker."),
    )


CHANGE_UNITS = Analysis(
    slug="forandring-enheter",
    title=N_("Förändring per enhet"),
    question=N_("Vilka enheter har förändrats?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
