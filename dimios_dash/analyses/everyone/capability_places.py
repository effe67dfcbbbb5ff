"""In which capabilities (förmågor) do we differ most from the others?"""

from __future__ import annotations

from typing import Final

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import beside, chosen, pool_words
from dimios_dash.analyses.everyone.beside import Beside
from dimios_dash.analyses.everyone.category_places import PlaceCells, headline, notes
from dimios_dash.analyses.table import Table
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count
from dimios_dash.translations import N_, _

_DRAWN: Final = 4  # at each end


def read(basis: Basis) -> PlaceCells:
    pool = chosen.pool(basis)
    found, own = chosen.benchmark(basis, pool), basis.whole_values
    values = {} if found is None else found.values
    rows = tuple(
        Beside(
            each.capability.spoken, own[each.key], chosen.end(basis, each.key), values.get(each.key), each.text.spoken
        )
        for each in basis.instrument.statements
    )
    return PlaceCells(pool, found, rows)


def reading(cells: PlaceCells) -> str:
    ranked = beside.compared(cells.rows)
    if not ranked:
        return pool_words.missing(cells.found, cells.pool)
    return _(
        "%(above)s av %(all)s förmågor ligger över medel för de andra (%(pool)s); "
        "här ritas de som ligger längst över och längst under. Alla står i tabellen.",
        above=count(sum(difference > 0 for difference, _row in ranked)),
        all=count(len(ranked)),
        pool=pool_words.inside(cells.pool),
    )


def draw(cells: PlaceCells) -> Drawing | None:
    return beside.draw(beside.ends(cells.rows, _DRAWN))


def table(cells: PlaceCells) -> Table:
    caption = _("Förmågor bland andra (%(pool)s), 0–100", pool=pool_words.inside(cells.pool))
    return beside.table(beside.ordered(cells.rows), caption, _("Förmåga"))


CAPABILITY_PLACES = Analysis(
    slug="alla-formagor",
    title=N_("Förmågor bland andra"),
    question=N_("Vilka förmågor skiljer oss mest från andra?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
    of_whole=True,
)
