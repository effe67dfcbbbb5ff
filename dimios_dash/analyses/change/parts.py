"""What is the change made of: real change, another mix of role types, another tree?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from db.queries.released_years import UnitRoleMeans
from db.role_group import RoleGroup
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.change.between_years import Beside, Verdict, as_it_is_now, as_it_was
from dimios_dash.analyses.since import Since
from dimios_dash.analyses.summary import Key
from dimios_dash.analyses.table import Cell, Column, Row, RowKind, Table
from dimios_dash.domain.statistics.decomposition import ByRoleType, mix_effects
from dimios_dash.domain.statistics.level_columns import keys
from dimios_dash.figures.differences import Difference, differences
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import signed
from dimios_dash.ids import StatementKey
from dimios_dash.translations import N_, _


@dataclass(frozen=True, slots=True)
class Parts:
    """Points of one level that add up: published = real + mix + tree. What cannot be told apart is None, with why."""

    published: float | None
    tree: float | None
    mix: float | None
    rest: float | None  # real change; with the mix in it where that is None

    @property
    def whole(self) -> float | None:
        """Change as the organisation is now: real change and mix."""
        return None if self.rest is None else self.rest + (self.mix or 0)


@dataclass(frozen=True, slots=True)
class PartsCells:
    year: int
    then: int | None
    three: Mapping[Key, Parts]
    why_no_mix: str
    why_no_tree: str
    verdict: Verdict = Verdict.NONE  # of the change of index

    @property
    def index(self) -> Parts:
        """What the answer is about."""
        return self.three[Key.INDEX]


_NOTHING = Parts(None, None, None, None)


def read(basis: Basis) -> PartsCells:
    since = basis.since
    if since is None:
        nothing = _("Det finns ingen tidigare mätning att jämföra med")
        return PartsCells(basis.year, None, dict.fromkeys(Key, _NOTHING), nothing, nothing)
    then = since.then.get(basis.unit_id)
    now = as_it_is_now(basis.instrument, basis.unit, since.unit, then)
    was = as_it_was(basis.instrument, basis.unit, since.year, then, among=since.unit.changes)
    mix = _mix(basis, since)
    three = {key: _parts(now[key], now[key] if since.unit.same_people else was[key], mix.get(key)) for key in Key}
    why = _why_no_mix(since, three), was[Key.INDEX].why
    return PartsCells(basis.year, since.year, three, *why, now[Key.INDEX].verdict)


def _parts(now: Beside, was: Beside, mix: float | None) -> Parts:
    """Of the change as the organisation is `now`, and of the one that was published."""
    if now.difference is None:
        return Parts(was.difference, None, None, None)
    tree = None if was.difference is None else round(was.difference - now.difference, 1)
    known = None if mix is None else round(mix, 1)
    return Parts(was.difference, tree, known, round(now.difference - (known or 0), 1))


def _mix(basis: Basis, since: Since) -> dict[str, float]:
    """Points of each level that come from another mix of role types; only where the unit holds the same people."""
    years = since.role_means
    if not since.unit.same_people or not {basis.year, since.year} <= years.keys():
        return {}
    asked = basis.instrument.statement_keys
    effects = mix_effects(_by_role_type(years[since.year], asked), _by_role_type(years[basis.year], asked))
    columns = zip(keys(basis.instrument), effects.tolist(), strict=True)
    return {key: effect for key, effect in columns if not np.isnan(effect)}


def _by_role_type(year: UnitRoleMeans, asked: tuple[StatementKey, ...]) -> ByRoleType:
    means = [[year.means.get(key, {}).get(group) for group in RoleGroup] for key in asked]
    return ByRoleType(_numbers([year.answered.get(group) for group in RoleGroup]), _numbers(means))


def _numbers(values: object) -> NDArray[np.float64]:
    """NaN for None."""
    return np.array(values, dtype=np.float64)


def _why_no_mix(since: Since, three: Mapping[Key, Parts]) -> str:
    if three[Key.INDEX].mix is not None:
        return ""
    if not since.unit.same_people:
        return _("Medelvärden per respondenttyp finns inte för enheten som den är nu.")
    return _("Medelvärden per respondenttyp visas inte båda åren.")


def headline(cells: PartsCells) -> str:
    index = cells.index
    if index.rest is None:
        return _("Förändringen går inte att dela upp")
    if index.mix is None:
        return _("%(rest)s poäng, varav blandningen inte kan skiljas ut", rest=signed(index.rest))
    if cells.verdict is Verdict.CERTAIN:
        return _("%(rest)s poäng är verklig förändring", rest=signed(index.rest))
    return _("%(rest)s poäng kan vara verklig förändring, eller slump", rest=signed(index.rest))


def reading(cells: PartsCells) -> str:
    index = cells.index
    if index.rest is None or cells.then is None:
        return _("Index går inte att jämföra mellan åren, så det finns inget att dela upp.")
    if index.published is None:
        start = _("Som organisationen är nu har index ändrats %(change)s poäng.", change=signed(index.whole))
    else:
        start = _("Publicerat index har ändrats %(change)s poäng.", change=signed(index.published))
    return " ".join([start, *_why(cells)])


def _why(cells: PartsCells) -> list[str]:
    """How much the parts are that are no real change, or why they cannot be told."""
    index = cells.index
    mix = (
        cells.why_no_mix
        if index.mix is None
        else _("En annan blandning av respondenttyper står för %(points)s.", points=signed(index.mix))
    )
    if index.tree is None:
        return [mix, cells.why_no_tree]
    return [mix, _("En ändrad organisation står för %(points)s.", points=signed(index.tree))]


def draw(cells: PartsCells) -> Drawing | None:
    if cells.index.rest is None:
        return None
    return differences([Difference(name, value, why) for name, value, why in _rows(cells, Key.INDEX)], "")


def _rows(cells: PartsCells, key: Key) -> list[tuple[str, float | None, str]]:
    parts = cells.three[key]
    real = _("Verklig förändring") if parts.mix is not None else _("Verklig förändring och annan blandning")
    return [
        (_("Publicerad förändring"), parts.published, cells.why_no_tree if parts.published is None else ""),
        (real, parts.rest, _about_rest(cells, key)),
        (_("Annan blandning av respondenttyper"), parts.mix, cells.why_no_mix if parts.mix is None else ""),
        (_("Ändrad organisation"), parts.tree, cells.why_no_tree if parts.tree is None else ""),
    ]


def _about_rest(cells: PartsCells, key: Key) -> str:
    if cells.three[key].rest is None:
        return cells.why_no_tree or _("Går inte att jämföra mellan åren.")
    return _(cells.verdict.value) if key is Key.INDEX else ""


def table(cells: PartsCells) -> Table:
    columns = (Column(_("Del"), numeric=False), *(Column(key.label, signed=True) for key in Key))
    by_key = [_rows(cells, key) for key in Key]
    rows = [
        Row(
            (Cell(name), *(Cell(value, why) for _name, value, why in line)),
            RowKind.TOTAL if first else RowKind.ORDINARY,
        )
        for first, name, line in _lines(by_key)
    ]
    return Table(_("Vad förändringen består av, poäng"), columns, tuple(rows))


def _lines(
    by_key: list[list[tuple[str, float | None, str]]],
) -> list[tuple[bool, str, list[tuple[str, float | None, str]]]]:
    """Row by row: whether it is the sum, its name, and each level's value."""
    return [(place == 0, by_key[0][place][0], [column[place] for column in by_key]) for place in range(len(by_key[0]))]


def notes(cells: PartsCells) -> tuple[str, ...]:
    if cells.index.rest is None:
        return ()
    return (
        _(
            "Annan blandning är vad index hade ändrats med bara för att andelarna av de tre respondenttyperna är andra"
            " (Kitagawas symmetriska formel). Det som är kvar räknas som verklig förändring."
        ),
        _("Ändrad organisation är skillnaden mellan enheten då och samma år räknat för enheten som den är nu."),
    )


CHANGE_PARTS = Analysis(
    slug="forandring-delar",
    title=N_("Vad förändringen består av"),
    question=N_("Är det en verklig förändring?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
