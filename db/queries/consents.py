"""What organisations have agreed to show to others."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import GivenConsent, GroupMembership
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.scopes import DeskScope, SystemScope
from dimios_dash.ids import OrganisationId


def own(session: Session, scope: DeskScope) -> frozenset[Consent]:
    """Which switches are on in the scope's organisation."""
    kinds = session.scalars(select(GivenConsent.kind).where(GivenConsent.organisation_id == scope.organisation_id))
    return frozenset(map(Consent, kinds))


def of_everybody(session: Session, _scope: SystemScope) -> Mapping[OrganisationId, frozenset[Consent]]:
    """Every organisation of the platform that has agreed to something."""
    found: dict[OrganisationId, frozenset[Consent]] = {}
    for organisation_id, kind in session.execute(select(GivenConsent.organisation_id, GivenConsent.kind)):
        owner = OrganisationId(organisation_id)
        found[owner] = found.get(owner, frozenset()) | {Consent(kind)}
    return found


def memberships(session: Session, _scope: SystemScope) -> Mapping[UUID, frozenset[OrganisationId]]:
    """Who belongs to each group of the platform."""
    found: dict[UUID, frozenset[OrganisationId]] = {}
    for group_id, organisation_id in session.execute(select(GroupMembership.group_id, GroupMembership.organisation_id)):
        found[group_id] = found.get(group_id, frozenset()) | {OrganisationId(organisation_id)}
    return found
