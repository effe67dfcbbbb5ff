"""The part of a released measurement's tree that a scope reaches, as SQL."""

from __future__ import annotations

from sqlalchemy import CTE, literal, select
from sqlalchemy.orm import aliased

from db.models import Placement
from dimios_dash.domain.scopes import ResultsScope


def from_highest_down(scope: ResultsScope) -> CTE:
    """unit_id and depth of the scope's branch (the whole tree without one) and everything below it."""
    here = (Placement.organisation_id == scope.organisation_id) & (Placement.measurement_id == scope.measurement_id)
    highest = Placement.parent_id.is_(None) if scope.branch is None else Placement.unit_id == scope.branch
    below = select(Placement.unit_id, literal(0).label("depth")).where(here, highest).cte("below", recursive=True)
    child = aliased(Placement)
    return below.union_all(
        select(child.unit_id, below.c.depth + 1).where(
            child.organisation_id == scope.organisation_id,
            child.measurement_id == scope.measurement_id,
            child.parent_id == below.c.unit_id,
        )
    )
