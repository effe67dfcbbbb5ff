"""Invited and answered by unit and role type as the list of respondents has it. Says nothing of any answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.branches import among
from db.models import Invitation
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import MeasurementId, UnitId


@dataclass(frozen=True, slots=True)
class ResponseGroup:
    """Those of one unit itself with one role type."""

    unit_id: UnitId
    role_type: int | None  # None: the list does not say
    invited: int
    answered: int


def read(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, units: Collection[UnitId]
) -> tuple[ResponseGroup, ...]:
    """The groups of these units, which the caller has found within the scope; in no order that means anything.

    Removed respondents are counted only where they have answered. Not joined to the units: see `follow_up`.
    """
    rows = session.execute(
        select(
            Invitation.unit_id,
            Invitation.role_type,
            func.count().label("invited"),
            func.count().filter(Invitation.answered).label("answered"),
        )
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.measurement_id == measurement_id,
            among(units, Invitation.unit_id),
            ~Invitation.removed | Invitation.answered,
        )
        .group_by(Invitation.unit_id, Invitation.role_type)
    )
    return tuple(ResponseGroup(UnitId(row.unit_id), row.role_type, row.invited, row.answered) for row in rows)
