"""The units as they are today, with their respondents: what a measurement would start with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.branches import within
from db.models import Invitation
from db.queries import respondents, units
from dimios_dash.domain.gate.counting import ROLE_TYPES
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


def by_role(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> dict[UnitId, tuple[int, ...]]:
    """How many are invited in each unit itself, of role types 1, 2, 3 and unknown; without units that have nobody."""
    rows = session.execute(
        select(Invitation.unit_id, *_counts_by_role())
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.measurement_id == measurement_id,
            ~Invitation.removed,
            within(scope, Invitation.unit_id),
        )
        .group_by(Invitation.unit_id)
    )
    return {UnitId(unit_id): tuple(counts) for unit_id, *counts in rows}


def _counts_by_role() -> list[ColumnElement[int]]:
    role, everybody = Invitation.role_type, func.count()
    return [*(everybody.filter(role == known + 1) for known in range(ROLE_TYPES)), everybody.filter(role.is_(None))]
