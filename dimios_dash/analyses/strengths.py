"""Which capabilities (förmågor) carry us, and which hold us back?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.queries.releases import ReleasedMean
from dimios_dash.analyses import blunted
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import CAPABILITY, Basis
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.gate.released import Hidden
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scoring import STRENGTH, WEAKNESS, strengths, weaknesses
from dimios_dash.figures.bars import Bar, BarKind, bars
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number
from dimios_dash.ids import StatementKey
from dimios_dash.translations import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class Capability:
    """One statement's capability with its released mean."""

    name: str
    category: str
    statement: str  # as it was put
    mean: float | None
    bound: str  # "eller högre", "eller lägre" where the mean stands at the end of what may be shown
    kind: BarKind


@dataclass(frozen=True, slots=True)
class StandoutCells:
    """Highest and lowest first; the absolute ones may be none."""

    highest: tuple[Capability, ...]
    lowest: tuple[Capability, ...]
    strong: tuple[Capability, ...]  # 67 or above
    weak: tuple[Capability, ...]  # 33 or below
    shown: int
    hidden: Mapping[Hidden, int]  # how many are hidden for each reason


def read(basis: Basis) -> StandoutCells:
    unit, instrument = basis.unit, basis.instrument
    high, low = strengths(instrument, unit.means), weaknesses(instrument, unit.means)
    by_key = {cell.statement: _capability(instrument, cell) for cell in unit.cells}

    def named(keys: Sequence[StatementKey]) -> tuple[Capability, ...]:
        return tuple(by_key[key] for key in keys)

    return StandoutCells(
        highest=named(high.relative),
        lowest=named(low.relative),
        strong=named(high.absolute),
        weak=named(low.absolute),
        shown=sum(cell.mean is not None for cell in unit.cells),
        hidden=Counter(cell.hidden for cell in unit.cells if cell.mean is None),
    )


def _capability(instrument: Instrument, cell: ReleasedMean) -> Capability:
    statement = instrument.statement(cell.statement)
    return Capability(
        name=statement.capability.spoken,
        category=instrument.category_of(cell.statement).name.spoken,
        statement=statement.text.spoken,
        mean=cell.mean,
        bound=blunted.words(cell.bound),
        kind=BarKind.CAPABILITY if cell.statement.startswith(CAPABILITY) else BarKind.HERITAGE,
    )


def headline(cells: StandoutCells) -> str:
    if not cells.highest:
        return _("Förmågorna kan inte visas")
    if not cells.lowest:
        return _("Bara %(name)s kan visas", name=cells.highest[0].name)
    return _("%(first)s högst, %(last)s lägst", first=cells.highest[0].name, last=cells.lowest[0].name)


def reading(cells: StandoutCells) -> str:
    if not cells.highest:
        return _("Inget påstående har så många svar att medelvärdet kan visas.")
    return _(
        "Starka (%(strength)s eller mer): %(strong)s av %(shown)s förmågor."
        " Svaga (%(weakness)s eller mindre): %(weak)s.",
        strength=number(STRENGTH, 0),
        strong=count(len(cells.strong)),
        shown=count(cells.shown),
        weakness=number(WEAKNESS, 0),
        weak=count(len(cells.weak)),
    )


def draw(cells: StandoutCells) -> Drawing | None:
    rows = [*_bars(cells.highest, _("De högsta")), *_bars(cells.lowest, _("De lägsta"))]
    return bars(rows, "") if rows else None


def _bars(capabilities: Sequence[Capability], group: str) -> list[Bar]:
    return [
        Bar(each.name, each.mean, _detail(each), each.kind, group=group if place == 0 else "")
        for place, each in enumerate(capabilities)
    ]


def _detail(each: Capability) -> str:
    return f"{each.category}; {number(each.mean)} {each.bound}" if each.bound else each.category


def table(cells: StandoutCells) -> Table:
    return Table(
        _("Förmågor som sticker ut, 0–100"),
        (
            Column(_("Förmåga"), numeric=False),
            Column(_("Medel")),
            Column(_("Kategori"), numeric=False),
            Column(_("Sticker ut"), numeric=False),
        ),
        tuple(
            Row((Cell(each.name, each.statement), Cell(each.mean, each.bound), Cell(each.category), Cell(why)))
            for each, why in _why(cells).items()
        ),
    )


def _why(cells: StandoutCells) -> dict[Capability, str]:
    """Each capability that stands out, highest first, and in which ways."""
    ways = (
        (_("tre högsta"), cells.highest),
        (_("stark"), cells.strong),
        (_("tre lägsta"), cells.lowest),
        (_("svag"), cells.weak),
    )
    found = {each for _way, group in ways for each in group}
    ranked = sorted(found, key=lambda each: (-(each.mean or 0), each.name))
    return {each: ", ".join(way for way, group in ways if each in group) for each in ranked}


def notes(cells: StandoutCells) -> tuple[str, ...]:
    if not cells.highest:
        return ()
    strong = _("Starka: %(names)s.", names=listed([each.name for each in cells.strong])) if cells.strong else ""
    weak = _("Svaga: %(names)s.", names=listed([each.name for each in cells.weak])) if cells.weak else ""
    hidden = [_hidden(why, many) for why, many in sorted(cells.hidden.items())]
    ends = _(blunted.WHY) if any(each.bound for each in _why(cells)) else ""
    return tuple(filter(None, (strong, weak, _("Tre är alltid lägst, också hos den bästa."), *hidden, ends)))


def _hidden(why: Hidden, many: int) -> str:
    missing = ngettext("%(n)s förmåga saknas.", "%(n)s förmågor saknas.", many, n=count(many))
    return f"{missing} {why.explanation}"


STRENGTHS = Analysis(
    slug="styrkor",
    title=N_("Styrkor och svagheter"),
    question=N_("Vad bär oss och vad håller oss tillbaka?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
