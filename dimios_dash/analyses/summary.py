"""The answer in ten seconds: three numbers and one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.queries.released_years import UnitYear
from dimios_dash.analyses import blunted, position
from dimios_dash.analyses.basis import CAPABILITY, HERITAGE, Basis, level_means
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.scoring import INDEX_KEY, LevelMean, Means
from dimios_dash.figures.numbers import number
from dimios_dash.ids import StatementKey


class Key(StrEnum):
    """The three numbers everything else is part of."""

    INDEX = INDEX_KEY
    CAPABILITY = CAPABILITY
    HERITAGE = HERITAGE

    @property
    def label(self) -> str:
        """The Swedish name in the interface."""
        return {Key.INDEX: "Index", Key.CAPABILITY: "Digital förmåga", Key.HERITAGE: "Digitalt arv"}[self]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """`note` says why the value is hidden, or what it was last time."""

    key: Key
    value: float | None
    note: str


def key_figures(basis: Basis) -> tuple[KeyFigure, ...]:
    """Index and the two dimensions, each with last time's in words."""
    return tuple(KeyFigure(key, basis.levels[key].mean, _note(basis, key)) for key in Key)


def _note(basis: Basis, key: Key) -> str:
    level = basis.levels[key]
    if level.hidden:
        return level.hidden.explanation
    end = blunted.level(basis.unit, key)
    return f"{end}; {_lower(_against(basis, key))}" if end else _against(basis, key)


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _against(basis: Basis, key: Key) -> str:
    """The value beside last time's, in words."""
    level, last = basis.levels[key], basis.last_time
    if last is None:
        return "Första mätningen för enheten"
    before = level_means(last.instrument_version, last.means)[key]
    return _compared(level, before, last.year, comparable=_same_statements(basis.unit.means, last))


def _compared(now: LevelMean, before: LevelMean, year: int, *, comparable: bool) -> str:
    """No word on whether a change is certain: that is a question of its own."""
    if before.mean is None or now.mean is None:
        return f"Visas inte för {year}"
    if not comparable:
        return f"{number(before.mean)} år {year}, men delvis andra påståenden visas"
    change = round(now.mean - before.mean, 1)
    if change == 0:
        return f"Samma som {year}"
    return f"{number(abs(change))} {'högre' if change > 0 else 'lägre'} än {year} ({number(before.mean)})"


def _same_statements(means: Means, last: UnitYear) -> bool:
    """Years are subtracted only where both show the same statements."""
    return _shown(means) == _shown(last.means)


def _shown(means: Means) -> set[StatementKey]:
    return {key for key, mean in means.items() if mean is not None}


def sentence(basis: Basis) -> str:
    """Index, position and last time in one sentence."""
    index, last = basis.levels[INDEX_KEY], basis.last_time
    if index.mean is None:
        return "Delar av resultatet visas. Index kan inte räknas, eftersom för många påståenden är dolda."
    here = f"Index är {number(index.mean)} av 100 och {_position(basis)}"
    before = level_means(last.instrument_version, last.means)[INDEX_KEY].mean if last else None
    if last is None or before is None:
        return f"{here}."
    return f"{here}; {last.year} var index {number(before)}. Det är inte prövat om skillnaden är säker."


def _position(basis: Basis) -> str:
    names = [each.texts.name.sv for each in position.read(basis).possible]
    if len(names) == 1:
        return f"läget är {names[0]}"
    if len(names) == 2:  # noqa: PLR2004, in one band, not where the two cross
        return f"läget är på gränsen mellan {listed(names)}"
    return "läget är mitt på kartan"


def at_the_ends(basis: Basis) -> str:
    """Why key figures say "eller högre" or "eller lägre"; empty where none does."""
    return blunted.WHY if any(blunted.level(basis.unit, key) for key in Key) else ""


def lifted(basis: Basis) -> str:
    """That some of the unit's answers are not in its numbers; empty where all are."""
    if not any(cell.lifted for cell in basis.unit.cells):
        return ""
    return "Enheten är delvis lyft: några av svaren räknas bara högre upp, så att ingen kan kännas igen."
