"""Types of identity. All are made in Python, none by a sequence, so that none tells an order."""

from __future__ import annotations

from typing import NewType
from uuid import UUID, uuid4

OrganisationId = NewType("OrganisationId", UUID)
MeasurementId = NewType("MeasurementId", UUID)
InvitationId = NewType("InvitationId", UUID)
AccountId = NewType("AccountId", UUID)
OpenLinkId = NewType("OpenLinkId", UUID)
OpenCodeId = NewType("OpenCodeId", UUID)
SuggestionId = NewType("SuggestionId", UUID)
TargetId = NewType("TargetId", UUID)
UnitId = NewType("UnitId", str)  # the organisation's own id of a unit ("enhet_id"), stable over years
StatementKey = NewType("StatementKey", str)  # "F1.2": stable over instrument versions

PLATFORM = OrganisationId(UUID(int=0))  # where operators belong; never a customer


def new_id() -> UUID:
    """A random id: 122 bits nobody can guess or sort by time."""
    return uuid4()
