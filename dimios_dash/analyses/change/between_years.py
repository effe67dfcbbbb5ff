"""Two years beside each other: one unit on one level, what changed, and how sure that is.

Both values are computed on the statements that both years show, so that their difference is the stored one. As the
organisation is now, the earlier value is that of all who belong to the unit now; as it was, that of the unit then, and
then nothing is tested unless those are the same people.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from db.queries.releases import ReleasedUnit
from db.queries.year_comparisons import Change, ComparedUnit
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.change.level_values import Means, YearsBeside, complete, values_of
from dimios_dash.analyses.change.reasons import Why, not_there
from dimios_dash.domain.instrument import Instrument
from dimios_dash.figures.numbers import signed
from dimios_dash.translations import N_, _


class TreeShown(StrEnum):
    """In which year's tree the earlier year is seen; the values stand in the address."""

    NOW = "nu"
    THEN = "da"


class Verdict(StrEnum):
    """How sure a difference is."""

    CERTAIN = N_("säker")
    CHANCE = N_("kan vara slump")
    UNTESTED = N_("inte prövad")
    NONE = N_("går inte att jämföra")


@dataclass(frozen=True, slots=True)
class Beside:
    """One level in two years. Where there is no `difference`, `why` says so, and the values are those published."""

    key: str
    then: float | None
    now: float | None
    difference: float | None  # points, one decimal; computed before rounding, so it may differ by a tenth
    change: Change | None  # None: not tested
    why: str = ""

    @property
    def certain(self) -> bool:
        """Only by the rule: never where it was not tested."""
        return self.change is not None and self.change.certain

    @property
    def verdict(self) -> Verdict:
        if self.difference is None:
            return Verdict.NONE
        if self.change is None or self.change.adjusted_p is None:
            return Verdict.UNTESTED
        return Verdict.CERTAIN if self.change.certain else Verdict.CHANCE

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """Certain ones first, then by size; what cannot be compared last."""
        return self.difference is None, not self.certain, -abs(self.difference or 0)


def tree_shown(basis: Basis) -> TreeShown:
    """As it was chosen ("trad")."""
    return basis.choice("trad", TreeShown.NOW)


def beside(basis: Basis, unit: ReleasedUnit, compared: ComparedUnit, then: ReleasedUnit | None) -> dict[str, Beside]:
    """Every statement and level of a unit, by key; `then` is the unit as it was in the earlier release."""
    if tree_shown(basis) is TreeShown.THEN and not compared.same_people:
        return as_it_was(basis.instrument, unit, compared.year, then)
    return as_it_is_now(basis.instrument, unit, compared, then)


def beside_of_unit(basis: Basis) -> dict[str, Beside]:
    """Of the unit one looks at; nothing where there is no year to compare with."""
    since = basis.since
    return beside(basis, basis.unit, since.unit, since.then.get(basis.unit_id)) if since else {}


def answered_then(basis: Basis, compared: ComparedUnit, then: ReleasedUnit | None) -> int | None:
    """Respondents behind the earlier value; None where it has none."""
    if tree_shown(basis) is TreeShown.THEN:
        return None if then is None else then.answered
    return compared.answered_before or None


def statements_everybody_is_in(compared: ComparedUnit) -> Means:
    """Earlier means of statements that leave nobody out who belongs to the unit now; None for the others."""
    return {key: mean.mean if mean.whole else None for key, mean in compared.means.items()}


def interval(change: Change | None) -> str:
    """ "−0,6 till 4,8"; empty where no spread is known."""
    if change is None or change.interval is None:
        return ""
    return _("%(low)s till %(high)s", low=signed(change.interval.low), high=signed(change.interval.high))


def in_words(one: Beside) -> str:
    """ "+3,6 (säker)"."""
    if one.difference is None:
        return _(Verdict.NONE.value)
    return f"{signed(one.difference)} ({_(one.verdict.value)})"


def remark(one: Beside) -> str:
    """What has to be said beside a bar; the usual case, that it may be chance, has not."""
    if one.verdict is Verdict.NONE:
        return one.why
    return "" if one.verdict is Verdict.CHANCE else _(one.verdict.value)


def as_it_is_now(
    instrument: Instrument, unit: ReleasedUnit, compared: ComparedUnit, then: ReleasedUnit | None
) -> dict[str, Beside]:
    means = {key: mean.mean for key, mean in compared.means.items()}
    whole = {cell.statement for cell in unit.cells if not cell.lifted}
    common = {key for key, mean in compared.means.items() if mean.whole and key in whole}
    own = YearsBeside(instrument, complete(instrument, means), unit.means)
    alike = own.only(common)
    why = Why(instrument, unit, compared, then)
    found = {}
    for key in alike.now:
        change = compared.changes.get(key)
        if change is None:
            found[key] = Beside(key, own.then[key], own.now[key], None, None, why.of(key, own))
        else:
            found[key] = Beside(key, alike.then[key], alike.now[key], change.difference, change)
    return found


def as_it_was(
    instrument: Instrument,
    unit: ReleasedUnit,
    year: int,
    then: ReleasedUnit | None,
    among: Collection[str] | None = None,
) -> dict[str, Beside]:
    """Beside the unit that had this id then. `among`: on these statements only; None: on all that both years show."""
    if then is None:
        why = not_there(year)
        return {key: Beside(key, None, now, None, None, why) for key, now in values_of(instrument, unit.means).items()}
    own = YearsBeside(instrument, complete(instrument, then.means), unit.means)
    alike = own.only({key for key in own.common if among is None or key in among})
    differences = values_of(instrument, alike.differences)
    return {
        key: Beside(key, alike.then[key], alike.now[key], difference, None)
        if (difference := differences[key]) is not None
        else Beside(key, own.then[key], own.now[key], None, None, _("Visas inte båda åren."))
        for key in own.now
    }
