"""The units as they are today, with their respondents: what a measurement would start with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.queries import respondents, units
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import MeasurementId, UnitId


@dataclass(frozen=True, slots=True)
class SampledUnit:
    """A unit in use, and how many respondents belong to it itself."""

    unit_id: UnitId
    parent_id: UnitId | None  # None: the highest unit in the scope
    name: str
    respondents: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Units from the highest in the scope down; none where there is no tree yet."""

    units: tuple[SampledUnit, ...]

    @property
    def respondents(self) -> int:
        """All respondents in the scope."""
        return sum(unit.respondents for unit in self.units)

    @property
    def by_unit(self) -> dict[UnitId, int]:
        """Respondents of each unit itself."""
        return {unit.unit_id: unit.respondents for unit in self.units}

    @property
    def names(self) -> dict[UnitId, str]:
        """What each unit is called."""
        return {unit.unit_id: unit.name for unit in self.units}

    @property
    def tree(self) -> Tree:
        """Raises ValueError where there are no units."""
        return Tree.build([(unit.unit_id, unit.parent_id) for unit in self.units])


def read(session: Session, scope: DeskScope, measurement_id: MeasurementId | None) -> Sample:
    """Units of the scope, each followed by those below it; without a measurement nobody is a respondent yet."""
    invited = {} if measurement_id is None else respondents.count_per_unit(session, scope, measurement_id)
    return Sample(
        tuple(
            SampledUnit(unit.unit_id, unit.parent_id if place else None, unit.name, invited.get(unit.unit_id, 0))
            for place, unit in enumerate(units.tree(session, scope))
        )
    )
