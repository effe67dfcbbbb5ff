"""The part of an organisation that a scope reaches, as a condition in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ARRAY, CTE, ColumnElement, Text, any_, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db.models import Unit
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import UnitId


def within(scope: DeskScope, unit_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether a unit is the scope's branch or below it; true of every unit where the scope has no branch."""
    if scope.branch is None:
        return true()
    return unit_id.in_(select(_below(scope.organisation_id, scope.branch).c.id))


def among(units: Iterable[UnitId], unit_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether a unit is one of these; as one parameter, for thousands of them take long to read."""
    return unit_id == any_(literal(list(units), ARRAY(Text)))


def _below(organisation_id: UUID, branch: UnitId) -> CTE:
    here = select(Unit.id).where(Unit.organisation_id == organisation_id, Unit.id == branch)
    below = here.cte(recursive=True)  # nameless: a branch may be asked for within another
    child = aliased(Unit)
    return below.union(select(child.id).where(child.organisation_id == organisation_id, child.parent_id == below.c.id))
