"""Do we know less than others?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import beside, chosen, pool_words
from dimios_dash.analyses.everyone.beside import Beside
from dimios_dash.analyses.everyone.category_places import PlaceCells
from dimios_dash.analyses.table import Table
from dimios_dash.domain.benchmark import ALL, Benchmark
from dimios_dash.domain.comparing.pools import Pool
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, percent
from dimios_dash.translations import N_, _

_DRAWN: Final = 3  # at each end


def read(basis: Basis) -> PlaceCells:
    """The whole organisation beside others of its sector, per cent: all statements together first, then each."""
    found = basis.benchmark
    pool = chosen.pool(basis) if found is None else Pool.of(found.pool)
    return PlaceCells(pool, found, tuple(_rows(basis, {} if found is None else found.dont_know)))


def _rows(basis: Basis, others: Mapping[str, Benchmark]) -> Iterator[Beside]:
    named = {ALL: (_("Alla påståenden"), "")}
    named |= {str(each.key): (each.capability.spoken, each.text.spoken) for each in basis.instrument.statements}
    for key, (name, text) in named.items():
        own = basis.whole_shares.get(key)
        yield Beside(name, None if own is None else round(own, 1), "", others.get(key), text)


def headline(cells: PlaceCells) -> str:
    all_of_them = cells.rows[0]
    if all_of_them.difference is None:
        return _("Andelen Vet ej kan inte jämföras med andras")
    said = {"own": _share(all_of_them.own), "others": _share(all_of_them.others)}
    if all_of_them.difference > 0:
        return _("Mer Vet ej än hos andra: %(own)s mot %(others)s", **said)
    if all_of_them.difference < 0:
        return _("Mindre Vet ej än hos andra: %(own)s mot %(others)s", **said)
    return _("Lika mycket Vet ej som hos andra: %(own)s", **said)


def _share(of: float | Benchmark | None) -> str:
    value = of.mean if isinstance(of, Benchmark) else of
    return percent((value or 0) / 100)


def reading(cells: PlaceCells) -> str:
    ranked = beside.compared(cells.rows[1:])
    if not ranked:
        return _why_not(cells)
    (_most, first), over = ranked[0], sum(difference > 0 for difference, _row in ranked)
    furthest = _(
        "Längst ifrån ligger %(what)s: %(own)s mot %(others)s.",
        what=first.name,
        own=_share(first.own),
        others=_share(first.others),
    )
    most = _(
        "%(over)s av %(all)s förmågor har mer Vet ej än medel för de andra (%(pool)s).",
        over=count(over),
        all=count(len(ranked)),
        pool=pool_words.inside(cells.pool),
    )
    return f"{furthest} {most}" if over else most


def _why_not(cells: PlaceCells) -> str:
    if any(row.others for row in cells.rows):
        return _("Hela organisationens egen andel Vet ej kan inte visas.")
    if cells.found is None or not cells.found.values:
        return pool_words.missing(cells.found, cells.pool)
    return _("De andras andelar visas när var och en i urvalet har andelar som kan visas.")


def draw(cells: PlaceCells) -> Drawing | None:
    """All together, and those that lie furthest over and furthest under the others."""
    ends = beside.ends(cells.rows[1:], _DRAWN)
    return beside.draw([cells.rows[0], *ends]) if ends else None


def table(cells: PlaceCells) -> Table:
    caption = _("Andel Vet ej bland andra (%(pool)s), procent", pool=pool_words.inside(cells.pool))
    return beside.table([cells.rows[0], *beside.ordered(cells.rows[1:])], caption, _("Förmåga"))


def notes(cells: PlaceCells) -> tuple[str, ...]:
    if cells.found is None or not cells.found.dont_know:
        return ()
    return (_(pool_words.CHANCE_OF_SHARES), *pool_words.composition([cells.found]))


DONT_KNOW_OTHERS = Analysis(
    slug="vet-ej-bland-andra",
    title=N_("Vet ej bland andra"),
    question=N_("Vet andra mer än vi?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
    of_whole=True,
)
