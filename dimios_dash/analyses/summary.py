"""The answer in ten seconds: three numbers and one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.queries.released_years import UnitYear
from db.queries.year_comparisons import Change
from dimios_dash.analyses import blunted, position, targets
from dimios_dash.analyses.basis import CAPABILITY, HERITAGE, Basis, level_means
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.scoring import INDEX_KEY, LevelMean, Means
from dimios_dash.figures.numbers import number
from dimios_dash.ids import StatementKey
from dimios_dash.translations import N_, _


class Key(StrEnum):
    """The three numbers everything else is part of."""

    INDEX = INDEX_KEY
    CAPABILITY = CAPABILITY
    HERITAGE = HERITAGE

    @property
    def label(self) -> str:
        """The name in the interface."""
        return {Key.INDEX: _("Index"), Key.CAPABILITY: _("Digital förmåga"), Key.HERITAGE: _("Digitalt arv")}[self]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """`note` says why the value is hidden, or how it is beside last time; `aim` what is aimed at, where anything is."""

    key: Key
    value: float | None
    note: str
    aim: str


def key_figures(basis: Basis) -> tuple[KeyFigure, ...]:
    """Index and the two dimensions, each with last time's in words."""
    aims = {key: targets.in_short(row) for key, row in basis.cells(targets.read).by_level.items()}
    return tuple(KeyFigure(key, basis.levels[key].mean, _note(basis, key), aims.get(key, "")) for key in Key)


def _note(basis: Basis, key: Key) -> str:
    level = basis.levels[key]
    if level.hidden:
        return level.hidden.explanation
    end = blunted.level(basis.unit, key)
    return " · ".join(filter(None, (end, _against(basis, key))))


def _against(basis: Basis, key: Key) -> str:
    """The value beside last time's, in words."""
    level, last = basis.levels[key], basis.last_time
    if last is None:
        return _("Första mätningen för enheten")
    change = change_since(basis, last.year, key)
    if change is not None:
        return _beside(change, last.year)
    before = level_means(last.instrument_version, last.means)[key]
    return _compared(level, before, last.year, comparable=_same_statements(basis.unit.means, last))


def change_since(basis: Basis, year: int, key: str) -> Change | None:
    """What changed in a level since that year, as the organisation is now; None where it cannot be compared."""
    compared = basis.compared.get(year)
    return compared.changes.get(key) if compared else None


def _beside(change: Change, year: int) -> str:
    """Beside a key figure."""
    if change.difference == 0:
        return _("Samma som %(year)s", year=year)
    words = {
        (True, True): N_("%(points)s högre än %(year)s, säkert"),
        (True, False): N_("%(points)s högre än %(year)s, kan vara slump"),
        (False, True): N_("%(points)s lägre än %(year)s, säkert"),
        (False, False): N_("%(points)s lägre än %(year)s, kan vara slump"),
    }[change.difference > 0, change.certain]
    return _(words, points=number(abs(change.difference)), year=year)


def _compared(now: LevelMean, before: LevelMean, year: int, *, comparable: bool) -> str:
    """No word on whether a change is certain: nothing of these years has been tested."""
    if before.mean is None or now.mean is None:
        return _("Visas inte för %(year)s", year=year)
    if not comparable:
        return _("%(before)s år %(year)s, men delvis andra påståenden visas", before=number(before.mean), year=year)
    change = round(now.mean - before.mean, 1)
    if change == 0:
        return _("Samma som %(year)s", year=year)
    words = N_("%(points)s högre än %(year)s (%(before)s)") if change > 0 else _LOWER
    return _(words, points=number(abs(change)), year=year, before=number(before.mean))


_LOWER = N_("%(points)s lägre än %(year)s (%(before)s)")


def _same_statements(means: Means, last: UnitYear) -> bool:
    """Years are subtracted only where both show the same statements."""
    return _shown(means) == _shown(last.means)


def _shown(means: Means) -> set[StatementKey]:
    return {key for key, mean in means.items() if mean is not None}


def sentence(basis: Basis) -> str:
    """Index and position, and whether that is certainly different from last time."""
    index = basis.levels[INDEX_KEY]
    if index.mean is None:
        return _("Delar av resultatet visas. Index kan inte räknas, eftersom för många påståenden är dolda.")
    here = _here(number(index.mean), [each.texts.name.spoken for each in basis.cells(position.read).possible])
    return f"{here} {_since(basis)}".strip()


def _since(basis: Basis) -> str:
    """What can be said of last time; nothing where there was none."""
    last = basis.last_time
    if last is None:
        return ""
    change = change_since(basis, last.year, INDEX_KEY)
    if change is not None:
        return _changed(change, last.year)
    before = level_means(last.instrument_version, last.means)[INDEX_KEY].mean
    if before is None:
        return ""
    then = _("%(year)s var index %(before)s.", year=last.year, before=number(before))
    untested = _("Det är inte prövat om skillnaden är säker.")
    return f"{then} {untested}"


def _changed(change: Change, year: int) -> str:
    """A sentence of its own."""
    if change.difference == 0:
        return _("Det är detsamma som %(year)s.", year=year)
    words = {
        (True, True): N_("Det är säkert högre än %(year)s, med %(points)s."),
        (True, False): N_("Det är %(points)s högre än %(year)s, men skillnaden kan vara slump."),
        (False, True): N_("Det är säkert lägre än %(year)s, med %(points)s."),
        (False, False): N_("Det är %(points)s lägre än %(year)s, men skillnaden kan vara slump."),
    }[change.difference > 0, change.certain]
    return _(words, points=number(abs(change.difference)), year=year)


def _here(index: str, names: list[str]) -> str:
    if len(names) == 1:
        return _("Index är %(index)s av 100 och läget är %(name)s.", index=index, name=names[0])
    if len(names) == 2:  # noqa: PLR2004, in one band, not where the two cross
        return _("Index är %(index)s av 100, på gränsen mellan %(names)s.", index=index, names=listed(names))
    return _("Index är %(index)s av 100 och läget är mitt på kartan.", index=index)


def at_the_ends(basis: Basis) -> str:
    """Why key figures say "eller högre" or "eller lägre"; empty where none does."""
    return _(blunted.WHY) if any(blunted.level(basis.unit, key) for key in Key) else ""


def lifted(basis: Basis) -> str:
    """That some of the unit's answers are not in its numbers; empty where all are."""
    if not any(cell.lifted for cell in basis.unit.cells):
        return ""
    return _("Enheten är delvis lyft: några av svaren räknas bara högre upp, så att ingen kan kännas igen.")
