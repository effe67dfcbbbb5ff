"""Have we really become better since then?"""

from __future__ import annotations

from dimios_dash.analyses import targets
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis, level_means
from dimios_dash.analyses.change import tables
from dimios_dash.analyses.change.between_years import (
    Beside,
    TreeShown,
    answered_then,
    beside_of_unit,
    in_words,
    interval,
    statements_everybody_is_in,
    tree_shown,
)
from dimios_dash.analyses.change.level_values import Means
from dimios_dash.analyses.change.whole_cells import ChangeCells
from dimios_dash.analyses.change.whole_notes import notes
from dimios_dash.analyses.summary import Key
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import number
from dimios_dash.figures.timeline import Line, LineKind, timeline
from dimios_dash.translations import N_, _

_KINDS = {Key.INDEX: LineKind.WHOLE, Key.CAPABILITY: LineKind.CAPABILITY, Key.HERITAGE: LineKind.HERITAGE}


def read(basis: Basis) -> ChangeCells:
    since = basis.since
    found = basis.cells(beside_of_unit)
    before = answered_then(basis, since.unit, since.then.get(basis.unit_id)) if since else None
    line = {year: level_means(version, means) for year, (version, means) in _means_by_year(basis).items()}
    return ChangeCells(
        basis.year,
        since.year if since else None,
        basis.unit.parent_id is None,
        {key: found.get(key) or _alone(basis, key) for key in Key},
        (before, basis.unit.answered),
        {**line, basis.year: basis.levels},
        basis.levels[Key.INDEX].mean,
        since is not None and since.unit.instrument_version != basis.results.instrument_version,
        basis.cells(targets.read).only([*Key]),
    )


def _alone(basis: Basis, key: Key) -> Beside:
    """This year, with nothing to compare with."""
    level = basis.levels[key]
    return Beside(key, None, level.mean, None, None, level.hidden.explanation if level.hidden else "")


def _means_by_year(basis: Basis) -> dict[int, tuple[str, Means]]:
    """Version and statement means of earlier years that have any."""
    if tree_shown(basis) is TreeShown.THEN:
        return {each.year: (each.instrument_version, each.means) for each in basis.earlier}
    found = {year: (each.instrument_version, statements_everybody_is_in(each)) for year, each in basis.compared.items()}
    return {
        year: (version, means)
        for year, (version, means) in found.items()
        if any(mean is not None for mean in means.values())
    }


def headline(cells: ChangeCells) -> str:
    if cells.then is None:
        return _("Det finns ingen tidigare mätning att jämföra med")
    if cells.index.difference is None:
        return _("Index går inte att jämföra med %(year)s", year=cells.then)
    return _(_ANSWERS[_direction(cells.index), cells.index.certain], year=cells.then)


_ANSWERS = {  # up, the same or down; whether it is certain
    (1, True): N_("Ja, säkert bättre än %(year)s"),
    (-1, True): N_("Nej, säkert sämre än %(year)s"),
    (1, False): N_("Högre än %(year)s, men det kan vara slump"),
    (-1, False): N_("Lägre än %(year)s, men det kan vara slump"),
    (0, True): N_("Samma nivå som %(year)s"),
    (0, False): N_("Samma nivå som %(year)s"),
}


def _direction(one: Beside) -> int:
    difference = one.difference or 0
    return (difference > 0) - (difference < 0)


def reading(cells: ChangeCells) -> str:
    if cells.then is None:
        return _("Förändringen visas när två mätningar är publicerade.")
    about = cells.index.why if cells.index.difference is None else _about_index(cells.index, cells.then)
    dimensions = [(_about_dimension(cells, key), _left(cells, key)) for key in (Key.CAPABILITY, Key.HERITAGE)]
    said = [about, _left(cells, Key.INDEX), *(words for about, left in dimensions if about for words in (about, left))]
    return " ".join(filter(None, said))


def _about_dimension(cells: ChangeCells, key: Key) -> str:
    one = cells.three[key]
    if one.difference is None:
        return ""
    return _("%(name)s: %(change)s.", name=key.label, change=in_words(one))


def _left(cells: ChangeCells, key: Key) -> str:
    """ "Mål 55,0 till 2027: 9,2 kvar." """
    target = cells.aim(key)
    return f"{targets.in_short(target)}." if target else ""


def _about_index(index: Beside, year: int) -> str:
    values = _(
        "Index är %(now)s, mot %(then)s år %(year)s: %(change)s.",
        now=number(index.now),
        then=number(index.then),
        year=year,
        change=in_words(index),
    )
    found = interval(index.change)
    around = _("95 %% intervall: %(interval)s.", interval=found) if found else ""
    return f"{values} {around}".rstrip()


def draw(cells: ChangeCells) -> Drawing | None:
    years = [year for year, levels in cells.line.items() if any(levels[key].mean is not None for key in Key)]
    if cells.then is None or len(years) < 2:  # noqa: PLR2004, a line
        return None
    lines = [_line(cells, years, key) for key in _KINDS]
    shown = [line for line in lines if any(value is not None for value in line.values)]
    return timeline(years, shown, (cells.then, cells.year), "")


def _line(cells: ChangeCells, years: list[int], key: Key) -> Line:
    values = [cells.line[year][key].mean for year in years]
    return Line(key.label, values, _KINDS[key], targets.star(cells.aim(key)))


def table(cells: ChangeCells) -> Table:
    if cells.then is None:
        columns = (Column(_("Tal"), numeric=False), Column(str(cells.year)))
        values = ((key, Cell(one.now, one.why if one.now is None else "")) for key, one in cells.three.items())
        rows = tuple(Row((Cell(key.label), value)) for key, value in values)
        return Table(_("Index och dimensioner, 0–100"), columns, rows)
    named = [(key.label, one) for key, one in cells.three.items()]
    return tables.of_levels(_("Index och dimensioner, 0–100"), _("Tal"), cells.then, cells.year, named, cells.aims)


CHANGE = Analysis(
    slug="forandring",
    title=N_("Förändring"),
    question=N_("Har vi verkligen blivit bättre?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
