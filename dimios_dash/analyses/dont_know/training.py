"""What should we train, and where? A list to take to the next meeting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dimios_dash import instruments
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.dont_know.heat import between
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.dont_know import MANY, WORTH_TRAINING, in_words
from dimios_dash.domain.statistics.uncertainty import interval_of_share
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import percent
from dimios_dash.translations import N_, _

MOST_NAMED = 3  # units beside a capability
FIRST = 3  # capabilities in the headline


@dataclass(frozen=True, slots=True)
class ToTrain:
    """One capability. `share` of the unit one looks at is None where it is hidden; `where` names units with many."""

    capability: str
    category: str
    share: float | None
    between: str  # its interval in per cent; empty where it is not known
    where: tuple[tuple[str, float], ...]  # most first
    material: str

    @property
    def highest(self) -> float:
        """The share that decides its place in the list."""
        return self.share if self.share is not None else self.where[0][1]


@dataclass(frozen=True, slots=True)
class TrainingCells:
    """What is worth training, most first."""

    rows: tuple[ToTrain, ...]
    anything_shown: bool


def read(basis: Basis) -> TrainingCells:
    below = basis.results.children(basis.unit_id)
    shares = basis.shares.of([basis.unit_id, *(unit.unit_id for unit in below)])
    texts = instruments.material(basis.results.instrument_version)
    rows = []
    for place, statement in enumerate(basis.instrument.statements):
        own = None if np.isnan(shares[0, place]) else float(shares[0, place])
        interval = None if own is None else interval_of_share(own, basis.unit.answered)
        units = zip((unit.name for unit in below), shares[1:, place].tolist(), strict=True)
        many = sorted(((name, share) for name, share in units if share >= MANY), key=lambda pair: -pair[1])
        category = basis.instrument.category_of(statement.key).name.spoken
        material = texts[statement.key].spoken
        rows.append(ToTrain(statement.capability.spoken, category, own, between(interval), tuple(many), material))
    return TrainingCells(_worth_it(rows), not np.isnan(shares).all())


def _worth_it(rows: list[ToTrain]) -> tuple[ToTrain, ...]:
    chosen = [row for row in rows if (row.share or 0) >= WORTH_TRAINING or row.where]
    return tuple(sorted(chosen, key=lambda row: -row.highest))


def headline(cells: TrainingCells) -> str:
    if not cells.rows:
        return _("Inget att träna på visas") if not cells.anything_shown else _("Få svarar Vet ej")
    return _("Träna först på %(what)s", what=listed([row.capability for row in cells.rows[:FIRST]]))


def reading(cells: TrainingCells) -> str:
    if not cells.anything_shown:
        return _("Andelen visas där minst tio har svarat i varje grupp som går att räkna fram.")
    if not cells.rows:
        return _("Ingen förmåga har fler än en av tio som svarar Vet ej, och ingen enhet under mer än en av fyra.")
    most = cells.rows[0]
    units = list(dict.fromkeys(row.where[0][0] for row in cells.rows[:FIRST] if row.where))
    first = _("%(share)s svarar Vet ej om %(what)s.", share=percent(most.highest), what=most.capability)
    begin = _("Börja i %(units)s.", units=listed(units)) if units else ""
    return f"{first} {begin}".strip()


def draw(_cells: TrainingCells) -> Drawing | None:
    """It is a list."""
    return None


def table(cells: TrainingCells) -> Table:
    columns = (
        *(Column(_("Förmåga"), numeric=False), Column(_("Vet ej")), Column(_("Ungefär"), numeric=False)),
        *(Column(_("Mest i"), numeric=False), Column(_("Att göra tillsammans"), numeric=False)),
    )
    return Table(_("Utbildningslista, flest Vet ej först"), columns, tuple(_row(row) for row in cells.rows))


def _row(row: ToTrain) -> Row:
    hidden = _("Visas inte för enheten själv.")
    share = Cell(None, hidden) if row.share is None else Cell(percent(row.share), row.between)
    about = Cell(None, hidden) if row.share is None else Cell(in_words(row.share))
    units = [f"{name} ({percent(there)})" for name, there in row.where[:MOST_NAMED]]
    where = Cell(", ".join(units) if units else _("ingen enhet med en av fyra eller fler"))
    return Row((Cell(row.capability, row.category), share, about, where, Cell(row.material)))


def notes(cells: TrainingCells) -> tuple[str, ...]:
    if not cells.rows:
        return ()
    return (
        _("Listan har förmågor där minst en av tio svarar Vet ej, eller minst en av fyra i någon enhet närmast under."),
        _("Under andelen står var den ligger när osäkerheten räknas in. Antalet personer sägs inte exakt."),
    )


TRAINING = Analysis(
    slug="utbildningslista",
    title=N_("Utbildningslista"),
    question=N_("Vad ska vi träna på, och var?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
