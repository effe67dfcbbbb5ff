"""Why two years of a unit cannot be compared, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from db.queries.releases import ReleasedUnit
from db.queries.year_comparisons import ComparedUnit
from dimios_dash.analyses.change.level_values import YearsBeside, values_of
from dimios_dash.analyses.hiding import OUTSIDE
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scoring import levels
from dimios_dash.ids import StatementKey
from dimios_dash.translations import _


@dataclass(frozen=True)
class Why:
    """Of one unit; `then` is the unit as it was in the earlier release."""

    instrument: Instrument
    unit: ReleasedUnit
    compared: ComparedUnit
    then: ReleasedUnit | None

    def of(self, key: str, own: YearsBeside) -> str:
        """Of a statement or level: the nearest reason."""
        year, statement = self.compared.year, StatementKey(key)
        if key in self.hidden_now:
            return self.hidden_now[key]
        if all(mean.mean is None for mean in self.compared.means.values()):
            return self._nothing_then(year)
        if statement in self.unit.means and statement not in self.compared.means:
            return _("Påståendet ställdes inte %(year)s.", year=year)
        if own.then[key] is None:
            return _("Visas inte för %(year)s.", year=year)
        if statement in self.unit.means:
            return _("Några av svaren räknas högre upp ett av åren, så det är inte samma grupp.")
        return _("För få påståenden räknar in alla som hör till enheten båda åren.")

    @cached_property
    def hidden_now(self) -> Mapping[str, str]:
        """Why this year hides statements and levels, by key; those that it shows are left out."""
        unit = self.unit
        if not unit.takes_part and all(mean is None for mean in unit.means.values()):
            return dict.fromkeys(values_of(self.instrument, unit.means), _(OUTSIDE))
        found = {str(cell.statement): cell.hidden.explanation for cell in unit.cells if cell.mean is None}
        above = levels(self.instrument, unit.means)
        return found | {level.key: level.hidden.explanation for level in above if level.hidden}

    def _nothing_then(self, year: int) -> str:
        if self.then is None:
            return not_there(year)
        if not self.then.takes_part:
            return _("Enheten ingick inte i mätningen %(year)s.", year=year)
        return _("Enheten hade inget att visa %(year)s.", year=year)


def not_there(year: int) -> str:
    """That a unit was not there, or not in the user's branch."""
    return _("Enheten fanns inte här %(year)s.", year=year)
