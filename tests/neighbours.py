"""Other organisations with results, and the fixed date on which they are counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import update

from db.commands import consents
from db.models import Measurement, Organisation
from dimios_dash import access
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId
from dimios_dash.tallying.benchmarks import compute
from tests.factories import Make

YEAR: Final = 2025
RELEASED, TODAY = date(2026, 1, 2), date(2026, 2, 20)


def neighbour(
    make: Make,
    value: float,
    *given: Consent,
    sector: Sector = Sector.KOMMUN,
    employees: int | None = 1_500,
    county: County | None = County.SKANE,
    year: int = YEAR,
) -> OrganisationId:
    """An organisation whose whole, and whose one school, reached `value` on every statement."""
    organisation_id = make.organisation(sector=sector)
    described = update(Organisation).where(Organisation.id == organisation_id)
    make.session.execute(described.values(employees=employees, county=county))
    make.units(organisation_id, {"R": None})
    measurement_id = make.release(organisation_id, year, {"R": value})
    released(make, measurement_id)
    consents.change(make.session, make.desk(organisation_id), frozenset(given))
    return organisation_id


def released(make: Make, measurement_id: object, day: date = RELEASED) -> None:
    """Let out on a day: a release of the factory carries none."""
    make.session.execute(update(Measurement).where(Measurement.id == measurement_id).values(released_on=day))


def neighbours(make: Make, values: Iterable[float], **facts: object) -> list[OrganisationId]:
    """One of each value."""
    return [neighbour(make, value, **facts) for value in values]  # type: ignore[arg-type]  # those of neighbour


def counted(make: Make, year: int = YEAR, today: date = TODAY) -> None:
    """The pools of the year, as on the fixed date that came last."""
    compute(make.session, access.system(), year, today)
