"""What the tables of two years have in common."""

from __future__ import annotations

from collections.abc import Sequence

from dimios_dash.analyses import targets
from dimios_dash.analyses.change.between_years import Beside, Verdict, interval
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.targets import TargetCells, TargetRow
from dimios_dash.figures.numbers import number
from dimios_dash.translations import _


def of_levels(  # noqa: PLR0917, what a table of two years is made of
    caption: str, what: str, then: int, now: int, named: Sequence[tuple[str, Beside]], aims: TargetCells
) -> Table:
    """One row per name, in the order given; with what is aimed at where anything is."""
    if not aims.rows:
        return Table(caption, columns(what, then, now), tuple(Row((Cell(name), *cells(one))) for name, one in named))
    rows = (Row((Cell(name), *cells(one), *_aimed(one, aims.by_level.get(one.key)))) for name, one in named)
    return Table(caption, (*columns(what, then, now), *targets.aims()), tuple(rows))


def _aimed(one: Beside, aim: TargetRow | None) -> tuple[Cell, ...]:
    """What is left is told as everywhere else: from the published value, which may be another than the compared."""
    if aim is None or aim.now.mean in {None, one.now}:
        return targets.aimed(aim)
    return targets.aimed(aim, _("räknat från det publicerade värdet, %(value)s", value=number(aim.now.mean)))


def columns(what: str, then: int, now: int) -> tuple[Column, ...]:
    return (
        Column(what, numeric=False),
        Column(str(then)),
        Column(str(now)),
        Column(_("Skillnad"), signed=True),
        Column(_("95 % intervall")),
        Column(_("Bedömning"), numeric=False),
    )


def cells(one: Beside) -> tuple[Cell, ...]:
    """Of every column but the first."""
    remark = one.why if one.verdict is Verdict.NONE else ""
    return (
        Cell(one.then),
        Cell(one.now),
        Cell(one.difference),
        Cell(interval(one.change)),
        Cell(_(one.verdict.value), remark),
    )


def bars() -> str:
    """How bars of differences are to be read."""
    return _(
        "Fyllda staplar är säkra förändringar, tomma kan vara slump. Strecket är 95 % intervall för varje rad för sig;"
        " det kan ligga på ena sidan om noll utan att förändringen är säker."
    )


def rule() -> str:
    """When a change is called certain, in words."""
    return _(
        "Säker är en förändring som står sig när alla jämförelser mellan de två mätningarna prövas samtidigt: av dem"
        " som kallas säkra väntas högst 5 av 100 vara slump."
    )
