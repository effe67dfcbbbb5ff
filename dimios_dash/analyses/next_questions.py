"""What to ask next in a unit's own situation, and which view answers it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from db.queries.releases import ReleasedUnit
from dimios_dash.analyses import categories, certain_changes
from dimios_dash.analyses.basis import Basis
from dimios_dash.domain.statistics import level_columns
from dimios_dash.figures.numbers import number
from dimios_dash.translations import _

DATA, INTERNAL, CHANGE = "/resultat/data", "/resultat/internt", "/resultat/forandring"
DONT_KNOW, EVERYONE = "/resultat/vet-ej", "/resultat/alla"
SUGGESTIONS, TARGETS = "/resultat/forslag", "/resultat/mal"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `why` it is worth asking here. `path` is the page that answers it, which may not exist."""

    path: str
    asked: str
    why: str
    choices: dict[str, object] = field(default_factory=dict)


def questions(basis: Basis) -> tuple[Question, ...]:
    """The most urgent first: weakness, difference, change, not knowing, others, what people suggest, targets."""
    found = (
        _weakest(basis),
        _differs(basis),
        _changed(basis),
        _not_known(),
        _others(basis),
        _suggested(),
        _aims(basis),
    )
    return tuple(each for each in found if each is not None)


def _weakest(basis: Basis) -> Question | None:
    shown = basis.cells(categories.read).shown
    if not shown:
        return None
    mean, row = shown[-1]
    why = _("%(name)s är lägst, med %(mean)s. Se förmåga för förmåga.", name=row.name, mean=number(mean))
    choices: dict[str, object] = {"niva": "formaga", "kategori": row.level.key}
    return Question(DATA, _("Vad i den svagaste kategorin drar ner?"), why, choices)


def _differs(basis: Basis) -> Question | None:
    """On the index, over statements that both sides show: the same difference as on the page that answers it."""
    below = basis.results.children(basis.unit_id)
    if not below:
        return None
    between = ReleasedUnit.means_of(below) - ReleasedUnit.means_of([_whole(basis)])
    away = np.abs(level_columns.with_levels(np.round(between, 1))[:, -1])
    if np.isnan(away).all():
        return None
    place = int(np.nanargmax(away))
    said = {"unit": below[place].name, "points": number(float(away[place]))}
    why = _("%(unit)s ligger längst från helheten, %(points)s poäng bort.", **said)
    return Question(INTERNAL, _("Vilken enhet skiljer sig mest?"), why)


def _whole(basis: Basis) -> ReleasedUnit:
    """Asked for by itself only where it is not among the units that are read anyway."""
    highest = basis.results.units[0]
    return highest if highest.parent_id is None else basis.whole


def _changed(basis: Basis) -> Question | None:
    if basis.last_time is None:
        return None
    cells = basis.cells(certain_changes.read)
    return Question(CHANGE, _("Har vi verkligen ändrats?"), f"{certain_changes.headline(cells)}.")


def _not_known() -> Question:
    return Question(DONT_KNOW, _("Vad behöver vi utbilda i, och var?"), _("Se var svaret Vet ej är vanligast."))


def _others(basis: Basis) -> Question:
    if basis.benchmark is None or not basis.benchmark.values:
        return Question(EVERYONE, _("Hur ligger vi till bland andra?"), _("Se dem som går att jämföra med."))
    return Question(
        EVERYONE, _("Hur ligger vi till bland andra?"), _("Se er plats bland andra av samma storlek och län.")
    )


def _suggested() -> Question:
    return Question(SUGGESTIONS, _("Vad föreslår medarbetarna?"), _("Läs förslagen, kategori för kategori."))


def _aims(basis: Basis) -> Question:
    if basis.targets:
        return Question(TARGETS, _("Når vi målen?"), _("Se hur långt det är kvar och vad som behövs."))
    return Question(TARGETS, _("Vart vill vi?"), _("Inget mål är satt för enheten än."))
