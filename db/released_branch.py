"""The part of a released measurement's tree that a scope reaches, as SQL."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sqlalchemy import CTE, Select, literal, select
from sqlalchemy.orm import aliased

from db.models import Placement
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId

STATEMENTS_KEPT: Final = 512
"""How many statements are kept by their scope. Writing one takes longer than the database takes to answer it.

Only the question is kept, with the ids of its scope, never an answer: it cannot grow old, nor serve another scope.
"""


def from_highest_down(scope: ResultsScope) -> CTE:
    """unit_id and depth of the scope's branch (the whole tree without one) and everything below it."""
    return _from_highest_down(scope.organisation_id, scope.measurement_id, scope.branch)


def from_unit_down(scope: ResultsScope, below: CTE) -> CTE:
    """The same of the unit one looks at, in the branch that is `below`; nothing where it lies outside."""
    unit = select(below.c.unit_id, literal(0).label("depth")).where(below.c.unit_id == scope.unit_id)
    return _down_from(scope.organisation_id, scope.measurement_id, unit, "looked_at")


@lru_cache(STATEMENTS_KEPT)
def _from_highest_down(organisation_id: OrganisationId, measurement_id: MeasurementId, branch: UnitId | None) -> CTE:
    here = (Placement.organisation_id == organisation_id) & (Placement.measurement_id == measurement_id)
    highest = Placement.parent_id.is_(None) if branch is None else Placement.unit_id == branch
    first = select(Placement.unit_id, literal(0).label("depth")).where(here, highest)
    return _down_from(organisation_id, measurement_id, first, "below")


def _down_from(
    organisation_id: OrganisationId, measurement_id: MeasurementId, first: Select[str, int], name: str
) -> CTE:
    below = first.cte(name, recursive=True)
    child = aliased(Placement)
    return below.union_all(
        select(child.unit_id, below.c.depth + 1).where(
            child.organisation_id == organisation_id,
            child.measurement_id == measurement_id,
            child.parent_id == below.c.unit_id,
        )
    )
