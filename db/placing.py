"""How a row finds its unit's place in the tree of its measurement."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from db.models import Invitation, Placement


def place_of_invitation() -> ColumnElement[bool]:
    """Joins an invitation to the place of its unit."""
    return and_(
        Placement.organisation_id == Invitation.organisation_id,
        Placement.measurement_id == Invitation.measurement_id,
        Placement.unit_id == Invitation.unit_id,
    )
