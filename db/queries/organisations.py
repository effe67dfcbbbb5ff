"""The customers, as the platform knows them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Organisation
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import PLATFORM, OrganisationId


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """A customer. `k` is the fewest answers it ever shows anything for."""

    id: OrganisationId
    name: str
    sector: Sector
    k: int


def by_name(session: Session, _scope: SystemScope, name: str) -> KnownOrganisation | None:
    """The customer of exactly that name, spaces around it aside; None where there is none."""
    row = session.execute(
        select(Organisation.id, Organisation.name, Organisation.sector, Organisation.k).where(
            Organisation.name == name.strip(), Organisation.id != PLATFORM
        )
    ).one_or_none()
    return row and KnownOrganisation(OrganisationId(row.id), row.name, Sector(row.sector), row.k)


def key_holder(session: Session, _scope: SystemScope, name: str) -> OrganisationId | None:
    """Whose addresses have a key of their own under that name: a customer's, or the platform's operators'."""
    found = session.scalar(select(Organisation.id).where(Organisation.name == name.strip()))
    return None if found is None else OrganisationId(found)
