"""The earlier year that one compares with, asked of the database once, when an analysis first needs a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sqlalchemy.orm import Session

from db.queries import frozen_trees, released_years, releases, unit_history, year_comparisons
from db.queries.released_years import UnitRoleMeans
from db.queries.releases import ReleasedUnit
from db.queries.year_comparisons import ComparedUnit
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.trees.tree_comparison import Comparison, compare
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.errors import NotFound
from dimios_dash.ids import UnitId
from dimios_dash.translations import _


class Since:
    """What an earlier release says of a unit and of those directly below it."""

    def __init__(self, session: Session, scope: ResultsScope, unit: ComparedUnit) -> None:
        self._session, self._scope, self.unit = session, scope, unit

    @property
    def year(self) -> int:
        """The earlier year."""
        return self.unit.year

    @cached_property
    def children(self) -> Mapping[UnitId, ComparedUnit]:
        """The units directly below as the organisation is now."""
        return year_comparisons.of_children(self._session, self._scope, self.year)

    @cached_property
    def then(self) -> Mapping[UnitId, ReleasedUnit]:
        """As it was published: the unit, what lies below it now, and what lay there then."""
        return releases.then(self._session, self._scope, self.year)

    @cached_property
    def role_means(self) -> Mapping[int, UnitRoleMeans]:
        """The unit's means by role type, of every released year that has the unit."""
        return released_years.role_means_of_unit(self._session, self._scope)

    @cached_property
    def became(self) -> Comparison | None:
        """What has become of the unit and of those below it; None where the unit was not there then."""
        years = self.year, self._scope.year
        trees = frozen_trees.of_years(self._session, self._scope, years)
        before, after = (TreeToday.of(trees[year], self._scope.unit_id) for year in years)
        if self._scope.unit_id not in before.units:
            return None
        return compare(before, after, unit_history.between(self._session, self._scope, *years))


def chosen(compared: Mapping[int, ComparedUnit], year: int | None, now: int) -> ComparedUnit | None:
    """The year that was chosen, else the newest with anything to compare; None before the second release.

    Raises NotFound for an earlier year that has no release. A chosen year that is not earlier counts as none.
    """
    if year is not None and year < now and year not in compared:
        raise NotFound(
            _("Det finns inget publicerat resultat för %(year)s att jämföra med. Välj ett annat år.", year=year)
        )
    if year is not None and year in compared:
        return compared[year]
    newest_first = list(compared.values())[::-1]
    return next((found for found in newest_first if found.changes), newest_first[0] if newest_first else None)
