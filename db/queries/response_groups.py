"""Invited and answered by unit and role type as the list of respondents has it. Says nothing of any answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Invitation, Placement
from db.placing import place_of_invitation
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

    Respondents of units that do not take part are not counted, removed ones only where they have answered.
    """
    rows = session.execute(
        select(
            Invitation.unit_id,
            Invitation.role_type,
            func.count().label("invited"),
            func.count().filter(Invitation.answered).label("answered"),
        )
        .join(Placement, place_of_invitation())
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.measurement_id == measurement_id,
            Invitation.unit_id.in_(units),
            Placement.takes_part,
            ~Invitation.removed | Invitation.answered,
        )
        .group_by(Invitation.unit_id, Invitation.role_type)
    )
    return tuple(ResponseGroup(UnitId(row.unit_id), row.role_type, row.invited, row.answered) for row in rows)
