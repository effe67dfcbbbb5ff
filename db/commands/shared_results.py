"""Stores what organisations have agreed to show, as it stood on a fixed date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from db.models import SharedResult as Row
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.size_class import SizeClass
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId


@dataclass(frozen=True, slots=True)
class Shared:
    """One row that others see, for a consent or in a group; `area` parts the rows of AREAS."""

    organisation_id: OrganisationId
    reason: Consent | UUID
    values: Mapping[str, float | None]
    sector: Sector
    synthetic: bool
    area: Activity | None = None
    name: str | None = None
    size: SizeClass | None = None
    county: County | None = None
    seen_by: frozenset[OrganisationId] | None = None  # in a group: who is shown there too

    @property
    def part(self) -> str:
        """What others ask for: "point", "named", "similar", "areas:skola", "group:<id>"."""
        if isinstance(self.reason, UUID):
            return f"group:{self.reason}"
        return self.reason if self.area is None else f"{self.reason}:{self.area}"


def replace_year(session: Session, _scope: SystemScope, year: int, shared: Sequence[Shared], day: date) -> None:
    """These instead of all that was shared of the year."""
    session.execute(delete(Row).where(Row.year == year))
    if shared:
        session.execute(insert(Row), [_row(each, year, day) for each in shared])


def _row(each: Shared, year: int, day: date) -> dict[str, object]:
    return {
        "organisation_id": each.organisation_id,
        "year": year,
        "part": each.part,
        "consent": None if isinstance(each.reason, UUID) else each.reason,
        "group_id": each.reason if isinstance(each.reason, UUID) else None,
        "seen_by": None if each.seen_by is None else sorted(each.seen_by),
        "computed_on": day,
        "sector": each.sector,
        "size": None if each.size is None else int(each.size),
        "county": each.county,
        "name": each.name,
        "synthetic": each.synthetic,
        "keys": list(each.values),
        "mean": list(each.values.values()),
    }
