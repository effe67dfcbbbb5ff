"""Do those who design governance see it brighter than those who act within it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from db.queries.released_details import ReleasedDetail, ReleasedGroup
from db.role_group import RoleGroup
from dimios_dash.analyses import blunted
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.depth import Depth, chosen_categories, chosen_statements
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.domain.gate.split_blunting import Bound
from dimios_dash.domain.scoring import DECIMALS, SHOWN_STATEMENTS_NEEDED
from dimios_dash.figures.dots import Dot, DotRow, Series, dots
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import number, signed
from dimios_dash.figures.theme import Colour
from dimios_dash.ids import StatementKey
from dimios_dash.translations import N_, _

THREE: Final = (RoleGroup.TYPE_1, RoleGroup.TYPE_2, RoleGroup.TYPE_3)
TWO: Final = (RoleGroup.TYPES_1_2, RoleGroup.TYPE_3)
_NAMES: Final = {
    RoleGroup.TYPE_1: N_("Utformar styrningen"),
    RoleGroup.TYPE_2: N_("Styr"),
    RoleGroup.TYPE_3: N_("Verkar inom styrningen"),
    RoleGroup.TYPES_1_2: N_("Utformar eller styr"),
}
_LOOKS: Final = {
    RoleGroup.TYPE_1: ("square", Colour.CAPABILITY),
    RoleGroup.TYPE_2: ("circle", Colour.BENCHMARK),
    RoleGroup.TYPE_3: ("diamond", Colour.HERITAGE),
    RoleGroup.TYPES_1_2: ("square", Colour.CAPABILITY),
}
_BRIGHTER: Final = {
    (RoleGroup.TYPE_1, True): N_("De som utformar styrningen ser ljusare på %(name)s än de som verkar inom den"),
    (RoleGroup.TYPE_1, False): N_("De som verkar inom styrningen ser ljusare på %(name)s än de som utformar den"),
    (RoleGroup.TYPES_1_2, True): N_("De som utformar eller styr ser ljusare på %(name)s än de som verkar i det"),
    (RoleGroup.TYPES_1_2, False): N_("De som verkar i det ser ljusare på %(name)s än de som utformar eller styr"),
}
_FEW: Final = N_("Visas inte per respondenttyp, eftersom färre än tre av påståendena kan visas så.")

Groups = Mapping[RoleGroup, float]


@dataclass(frozen=True, slots=True)
class GapRow:
    """One level. `means` of the groups that are compared (0-100, one decimal); empty, with a reason, where hidden.

    `gap` is how much brighter those see it who design or govern than those who act, in points. It is computed before
    rounding, so it may differ by a tenth from the means as they are printed.
    """

    name: str
    means: Groups
    ends: Mapping[RoleGroup, str]  # "eller högre", "eller lägre"
    hidden: str
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class GapCells:
    depth: Depth
    compared: tuple[RoleGroup, ...]
    rows: tuple[GapRow, ...]

    @property
    def shown(self) -> list[GapRow]:
        """The widest gap first."""
        return sorted((row for row in self.rows if row.means), key=lambda row: -abs(row.gap or 0))


def read(basis: Basis) -> GapCells:
    """All rows compare the same groups: the three types where any level shows them, else two."""
    depth = basis.choice("niva", Depth.CATEGORY)
    details = {detail.statement: detail for detail in basis.unit_details}
    parts = list(_parts(basis, depth))
    for compared in (THREE, TWO):
        rows = tuple(_row(name, [details[key] for key in keys], compared, depth) for name, keys in parts)
        if any(row.means for row in rows):
            break
    return GapCells(depth, compared, rows)


def _parts(basis: Basis, depth: Depth) -> Iterator[tuple[str, list[StatementKey]]]:
    """Name and statements of each level."""
    if depth is Depth.STATEMENT:
        yield from ((each.capability.spoken, [each.key]) for each in chosen_statements(basis))
    elif depth is Depth.CATEGORY:
        for category in chosen_categories(basis):
            yield category.name.spoken, [each.key for each in category.statements]
    else:
        for dimension in basis.instrument.dimensions:
            keys = [each.key for category in dimension.categories for each in category.statements]
            yield dimension.name.spoken, keys


def _row(name: str, details: Sequence[ReleasedDetail], compared: Sequence[RoleGroup], depth: Depth) -> GapRow:
    shown = [found for detail in details if (found := _all_of(detail, compared))]
    if depth is Depth.STATEMENT and not shown:
        return GapRow(name, {}, {}, _reason(details[0]))
    if not _enough(len(shown), len(details)):
        return GapRow(name, {}, {}, _(_FEW))
    means = {group: fmean(found[group].mean for found in shown) for group in compared}
    ends = {group: _end([found[group] for found in shown]) for group in compared}
    gap = round(means[compared[0]] - means[RoleGroup.TYPE_3], DECIMALS)
    return GapRow(name, {group: round(mean, DECIMALS) for group, mean in means.items()}, ends, "", gap)


def _reason(detail: ReleasedDetail) -> str:
    """Why the groups of one statement are not compared."""
    if detail.groups_hidden:
        return detail.groups_hidden.explanation
    if any(group.bound is Bound.NOT_TOLD for group in detail.groups):
        return _("Visas inte per respondenttyp: svaren ligger så nära skalans ände att typerna inte kan skiljas åt.")
    return _("Kan inte delas på tre respondenttyper här, så att ingen kan kännas igen.")


def _enough(shown: int, of_level: int) -> bool:
    """Three of a category's five, and of a dimension as many in proportion: one of one, three of five, nine of 15."""
    return shown * 5 >= of_level * SHOWN_STATEMENTS_NEEDED and shown > 0


def _all_of(detail: ReleasedDetail, compared: Sequence[RoleGroup]) -> dict[RoleGroup, ReleasedGroup] | None:
    """The groups of one statement; None where one of them is not shown, or told apart from the others."""
    found = {each.group: each for each in detail.groups if each.group in compared and each.bound is not Bound.NOT_TOLD}
    return found if len(found) == len(compared) else None


def _end(groups: Sequence[ReleasedGroup]) -> str:
    bounds = {group.bound for group in groups}
    return blunted.words(int(bounds.pop())) if len(bounds) == 1 and bounds <= {Bound.UPPER, Bound.LOWER} else ""


def headline(cells: GapCells) -> str:
    if not cells.shown:
        return _("Respondenttyperna kan inte jämföras här")
    widest = cells.shown[0]
    if not widest.gap:
        return _("Respondenttyperna svarar lika")
    return _(_BRIGHTER[cells.compared[0], widest.gap > 0], name=widest.name)


def reading(cells: GapCells) -> str:
    if not cells.shown:
        return cells.rows[0].hidden if cells.rows else _("Sök på något annat, eller välj en annan kategori.")
    widest = cells.shown[0]
    first = next(iter(widest.means))
    return _(
        "%(first)s: %(high)s. %(last)s: %(low)s. Skillnaden är %(gap)s poäng.",
        first=_(_NAMES[first]),
        high=number(widest.means[first]),
        last=_(_NAMES[RoleGroup.TYPE_3]),
        low=number(widest.means[RoleGroup.TYPE_3]),
        gap=number(abs(widest.gap or 0)),
    )


def draw(cells: GapCells) -> Drawing | None:
    if not cells.shown:
        return None
    series = [Series(_(_NAMES[group]), *_LOOKS[group]) for group in cells.compared]
    return dots([_dots(row, cells.compared) for row in cells.rows], series)


def _dots(row: GapRow, compared: Sequence[RoleGroup]) -> DotRow:
    if not row.means:
        return DotRow(row.name, row.hidden, tuple(None for _group in compared), None)
    marks = tuple(Dot(row.means[group], f"{row.name}, {_(_NAMES[group])}") for group in compared)
    return DotRow(row.name, "", marks, signed(row.gap))


def table(cells: GapCells) -> Table:
    groups = [Column(_(_NAMES[group])) for group in cells.compared]
    return Table(
        _("Medel per respondenttyp, 0–100"),
        (Column(cells.depth.label, numeric=False), *groups, Column(_("Skillnad"))),
        tuple(_table_row(row, cells.compared) for row in cells.rows),
    )


def _table_row(row: GapRow, compared: Sequence[RoleGroup]) -> Row:
    if not row.means:
        return Row((Cell(row.name, row.hidden), *[Cell(None) for _group in compared], Cell(None)))
    means = [Cell(row.means[group], row.ends[group]) for group in compared]
    return Row((Cell(row.name), *means, Cell(signed(row.gap))))


def notes(cells: GapCells) -> tuple[str, ...]:
    if not cells.shown:
        return ()
    gap = _("Talet till höger är skillnaden: de som utformar eller styr minus de som verkar inom styrningen.")
    two = _("De två första respondenttyperna visas tillsammans, så att ingen kan kännas igen.")
    same = _("Ett medel räknas bara på påståenden som visas för alla grupperna.")
    above = cells.depth is not Depth.STATEMENT
    return tuple(filter(None, (gap, two if cells.compared == TWO else "", same if above else "")))


ROLE_GAP = Analysis(
    slug="respondenttyper",
    title=N_("Respondenttyper"),
    question=N_("Ser de som styr ljusare på det än de som verkar i det?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
