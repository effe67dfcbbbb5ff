"""Which capabilities (förmågor) carry us, and which hold us back?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

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
from dimios_dash.figures.numbers import count, number
from dimios_dash.ids import StatementKey


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
        name=statement.capability.sv,
        category=instrument.category_of(cell.statement).name.sv,
        statement=statement.text.sv,
        mean=cell.mean,
        bound=blunted.WORDS[cell.bound],
        kind=BarKind.CAPABILITY if cell.statement.startswith(CAPABILITY) else BarKind.HERITAGE,
    )


def headline(cells: StandoutCells) -> str:
    if not cells.highest:
        return "Förmågorna kan inte visas"
    if not cells.lowest:
        return f"Bara {cells.highest[0].name} kan visas"
    return f"{cells.highest[0].name} högst, {cells.lowest[0].name} lägst"


def reading(cells: StandoutCells) -> str:
    if not cells.highest:
        return "Inget påstående har så många svar att medelvärdet kan visas."
    strong, weak = len(cells.strong), len(cells.weak)
    return (
        f"{_how_many(strong).capitalize()} av {count(cells.shown)} förmågor är {'starka' if strong > 1 else 'stark'}"
        f" ({number(STRENGTH, 0)} eller mer) och {_how_many(weak)} är {'svaga' if weak > 1 else 'svag'}"
        f" ({number(WEAKNESS, 0)} eller mindre)."
    )


def _how_many(capabilities: int) -> str:
    return {0: "ingen", 1: "en"}.get(capabilities, count(capabilities))


def draw(cells: StandoutCells) -> go.Figure | None:
    rows = [*_bars(cells.highest, "De högsta"), *_bars(cells.lowest, "De lägsta")]
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
        "Förmågor som sticker ut, 0–100",
        (
            Column("Förmåga", numeric=False),
            Column("Medel"),
            Column("Kategori", numeric=False),
            Column("Sticker ut", numeric=False),
        ),
        tuple(
            Row((Cell(each.name, each.statement), Cell(each.mean, each.bound), Cell(each.category), Cell(why)))
            for each, why in _why(cells).items()
        ),
    )


def _why(cells: StandoutCells) -> dict[Capability, str]:
    """Each capability that stands out, highest first, and in which ways."""
    ways = (
        ("tre högsta", cells.highest),
        ("stark", cells.strong),
        ("tre lägsta", cells.lowest),
        ("svag", cells.weak),
    )
    found = {each for _, group in ways for each in group}
    ranked = sorted(found, key=lambda each: (-(each.mean or 0), each.name))
    return {each: ", ".join(way for way, group in ways if each in group) for each in ranked}


def notes(cells: StandoutCells) -> tuple[str, ...]:
    if not cells.highest:
        return ()
    return tuple(
        filter(
            None,
            (
                f"Starka: {listed([each.name for each in cells.strong])}." if cells.strong else "",
                f"Svaga: {listed([each.name for each in cells.weak])}." if cells.weak else "",
                "Tre är alltid lägst, också hos den bästa.",
                *(f"{_abilities(many)}: {_lower(why.explanation)}" for why, many in sorted(cells.hidden.items())),
                blunted.WHY if any(each.bound for each in _why(cells)) else "",
            ),
        )
    )


def _abilities(many: int) -> str:
    return f"{count(many)} {'förmåga' if many == 1 else 'förmågor'}"


def _lower(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}"


STRENGTHS = Analysis(
    slug="styrkor",
    title="Styrkor och svagheter",
    question="Vad bär oss och vad håller oss tillbaka?",
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
