"""How do the members of our group (koncern) compare? Each has agreed to show its results to the others by name."""

from __future__ import annotations

from dataclasses import dataclass

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import chosen, pool_words
from dimios_dash.analyses.everyone.chosen import LevelChoice
from dimios_dash.analyses.everyone.own_place import own_cell
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.domain.days import written
from dimios_dash.figures.bars import Bar, BarKind, bars
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number
from dimios_dash.translations import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a group, the own organisation too."""

    group: str
    name: str
    value: float | None
    own: bool


@dataclass(frozen=True, slots=True)
class GroupCells:
    """Members by group, in each the highest first."""

    level: LevelChoice
    groups: tuple[str, ...]  # all that one belongs to
    members: tuple[Member, ...]  # of groups where others have results
    synthetic: bool
    computed: str  # the day, in words


def read(basis: Basis) -> GroupCells:
    level, groups = chosen.level(basis), basis.others.groups
    own = basis.whole_values[level.key]
    members = [
        member
        for group in groups
        if group.members
        for member in sorted(
            [
                Member(group.name, basis.others.own.name, own, own=True),
                *(Member(group.name, each.name or "", each.values.get(level.key), own=False) for each in group.members),
            ],
            key=lambda one: -(one.value or 0),
        )
    ]
    shared = [each for group in groups for each in group.members]
    day = written(max(each.computed_on for each in shared)) if shared else ""
    return GroupCells(
        level, tuple(group.name for group in groups), tuple(members), any(each.synthetic for each in shared), day
    )


def headline(cells: GroupCells) -> str:
    if not cells.groups:
        return _("Ni är inte med i någon grupp")
    if not cells.members:
        return _("Inga andra i gruppen har resultat att visa")
    return _("%(name)s högst", name=cells.members[0].name)


def reading(cells: GroupCells) -> str:
    if not cells.groups:
        return _("Er nyckelanvändare kan föreslå en grupp, eller gå med i en, på sidan Vår organisation.")
    if not cells.members:
        return _("Resultaten visas från nästa fasta dag, när minst två i gruppen har publicerat årets resultat.")
    own = next(member for member in cells.members if member.own)
    return ngettext(
        "%(level)s är %(own)s hos er. Gruppen har %(n)s medlem med resultat.",
        "%(level)s är %(own)s hos er. Gruppen har %(n)s medlemmar med resultat.",
        len(cells.members),
        level=cells.level.label,
        own=number(own.value),
        n=count(len(cells.members)),
    )


def draw(cells: GroupCells) -> Drawing | None:
    if not cells.members:
        return None
    firsts = {member.group: member for member in reversed(cells.members)}
    rows = [
        Bar(
            member.name,
            member.value,
            _("ni") if member.own else "",
            BarKind.WHOLE,
            group=member.group if firsts[member.group] is member else "",
        )
        for member in cells.members
    ]
    return bars(rows, "")


def table(cells: GroupCells) -> Table:
    return Table(
        _("%(level)s i gruppen, 0–100", level=cells.level.label),
        (Column(_("Organisation"), numeric=False), Column(_("Grupp"), numeric=False), Column(cells.level.label)),
        tuple(
            Row((Cell(member.name, _("ni") if member.own else ""), Cell(member.group), own_cell(member.value, "")))
            for member in cells.members
        ),
    )


def notes(cells: GroupCells) -> tuple[str, ...]:
    if not cells.members:
        return ()
    agreed = _(
        "Varje medlem har samtyckt till att visas med namn för de andra i gruppen. Räknat %(day)s.", day=cells.computed
    )
    return (agreed, *([_(pool_words.MADE_UP)] if cells.synthetic else []))


OWN_GROUP = Analysis(
    slug="koncern",
    title=N_("Koncern och grupper"),
    question=N_("Hur ligger vi i vår koncern?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
    of_whole=True,
)
