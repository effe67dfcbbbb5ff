"""What an organisation is: which others it is compared with follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Organisation
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.size_class import SizeClass, size_class
from dimios_dash.domain.scopes import DeskScope, ResultsScope
from dimios_dash.domain.sector import Sector


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """As they are today; the pools of a year were counted with those of their date."""

    name: str
    sector: Sector
    county: County | None
    employees: int | None

    @property
    def size(self) -> SizeClass | None:
        """None where nobody has said how many work there."""
        return size_class(self.employees)


def own(session: Session, scope: DeskScope | ResultsScope) -> OrganisationFacts:
    """Of the scope's organisation."""
    row = session.execute(
        select(Organisation.name, Organisation.sector, Organisation.county, Organisation.employees).where(
            Organisation.id == scope.organisation_id
        )
    ).one()
    county = None if row.county is None else County(row.county)
    return OrganisationFacts(row.name, Sector(row.sector), county, row.employees)
