"""What one must know to read right whether a unit has become better."""

from __future__ import annotations

from dimios_dash.analyses.change import tables
from dimios_dash.analyses.change.between_years import Beside
from dimios_dash.analyses.change.whole_cells import ChangeCells
from dimios_dash.figures.numbers import count, number
from dimios_dash.translations import _


def notes(cells: ChangeCells) -> tuple[str, ...]:
    if cells.then is None:
        return ()
    said = _answered(cells), _rule(cells), _smallest(cells.index), _fewer_statements(cells), _battery(cells)
    return tuple(filter(None, said))


def _answered(cells: ChangeCells) -> str:
    before, now = cells.answered
    if before is None:
        return ""
    return _(
        "Svarande: %(before)s år %(then)s och %(now)s år %(year)s.",
        before=count(before),
        then=cells.then,
        now=count(now),
        year=cells.year,
    )


def _rule(cells: ChangeCells) -> str:
    if cells.whole:
        return _(
            "Säker betyder att slumpen ger en så stor skillnad i färre än 5 fall av 100, även med hänsyn till att tre"
            " tal prövas samtidigt."
        )
    return tables.rule()


def _smallest(index: Beside) -> str:
    if index.change is None or index.change.smallest is None or index.certain:
        return ""
    return _(
        "Prövad ensam vore en förändring av index säker från ungefär %(points)s poäng; flera på en gång kräver mer.",
        points=number(index.change.smallest),
    )


def _fewer_statements(cells: ChangeCells) -> str:
    if cells.index.difference is None or cells.index.now == cells.published:
        return ""
    return _(
        "Åren jämförs på de påståenden där alla som hör till enheten är medräknade båda åren. Därför är index här ett"
        " annat än det publicerade, %(index)s.",
        index=number(cells.published),
    )


def _battery(cells: ChangeCells) -> str:
    if not cells.another_battery:
        return ""
    return _("Frågebatteriet ändrades mellan åren. Bara påståenden som ställdes båda åren jämförs.")
