"""More days for single units, and what becomes of theirs when the measurement changes."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from db.commands import measurements, unit_periods
from dimios_dash.domain.calendar import Period
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import OrganisationId, UnitId
from tests.conftest import AsWeb
from tests.db.measuring import TODAY, Prepared, events
from tests.db.unit_days import EARLY, LATE, four_units, placed, start
from tests.factories import Make


@pytest.fixture
def prepared(make: Make) -> Prepared:
    return four_units(make)


def extend(session: Session, prepared: Prepared, unit: str, closes: date, today: date = TODAY) -> None:
    unit_periods.extend(
        session,
        prepared.desk,
        prepared.measurement_id,
        UnitId(unit),
        closes,
        today=today,
    )


def test_a_unit_gets_more_days_with_those_that_share_them(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    start(make, as_web, prepared, {"A": EARLY, "B": EARLY})

    with as_web(prepared.organisation_id) as session:
        extend(session, prepared, "A", date(2026, 4, 30))

    longer = Period(EARLY.opens, date(2026, 4, 30))
    assert placed(make, prepared.measurement_id) == {"A": longer, "A1": longer, "B": EARLY}
    assert "unit_extended" in events(make, prepared.organisation_id)


def test_a_branch_with_days_of_its_own_keeps_them(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    start(make, as_web, prepared, {"A": EARLY, "A1": LATE})

    with as_web(prepared.organisation_id) as session:
        extend(session, prepared, "A", date(2026, 4, 18))

    assert placed(make, prepared.measurement_id)["A1"] == LATE


@pytest.mark.parametrize(
    ("unit", "closes", "today", "sentence"),
    [
        ("E", date(2026, 4, 30), TODAY, "samma dagar som mätningen"),
        ("A", date(2026, 5, 1), TODAY, "längre än mätningen"),
        ("A", date(2026, 4, 15), TODAY, "kan redan svara"),
        ("A", date(2026, 4, 20), date(2027, 1, 1), "År 2026 är slut"),
    ],
)
def test_a_unit_gets_no_days_that_cannot_be(  # noqa: PLR0917, fixtures and the case
    make: Make, as_web: AsWeb, prepared: Prepared, unit: str, closes: date, today: date, sentence: str
) -> None:
    start(make, as_web, prepared, {"A": EARLY})

    with as_web(prepared.organisation_id) as session, pytest.raises(Invalid, match=sentence):
        extend(session, prepared, unit, closes, today)

    assert placed(make, prepared.measurement_id)["A"] == EARLY


def test_only_the_whole_organisations_key_user_gives_more_days(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    start(make, as_web, prepared, {"A": EARLY})
    other = make.organisation()

    def refused(organisation_id: OrganisationId, branch: str | None, unit: str, error: type[Exception]) -> None:
        desk = make.desk(organisation_id, branch)
        with as_web(organisation_id) as session, pytest.raises(error):
            unit_periods.extend(session, desk, prepared.measurement_id, UnitId(unit), LATE.closes, today=TODAY)

    refused(prepared.organisation_id, "A", "A", Forbidden)
    refused(other, None, "A", NotFound)
    refused(prepared.organisation_id, None, "X", NotFound)
    assert placed(make, prepared.measurement_id)["A"] == EARLY


def test_a_measurement_that_is_not_open_gives_no_unit_more_days(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    start(make, as_web, prepared, {"A": EARLY})
    with as_web(prepared.organisation_id) as session:
        measurements.close(session, prepared.desk, prepared.measurement_id, TODAY)

    with as_web(prepared.organisation_id) as session, pytest.raises(Invalid, match="Bara medan mätningen pågår"):
        extend(session, prepared, "A", date(2026, 4, 18))


def test_a_longer_measurement_leaves_the_days_of_units_be(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    start(make, as_web, prepared, {"A": LATE})

    with as_web(prepared.organisation_id) as session:
        measurements.extend(session, prepared.desk, prepared.measurement_id, date(2026, 5, 31), TODAY)
        extend(session, prepared, "A", date(2026, 5, 31))

    assert placed(make, prepared.measurement_id)["A"].closes == date(2026, 5, 31)


def test_reopened_for_a_shorter_time_units_end_with_the_measurement(
    make: Make, as_web: AsWeb, prepared: Prepared
) -> None:
    start(make, as_web, prepared, {"A": LATE, "B": EARLY})

    with as_web(prepared.organisation_id) as session:
        measurements.close(session, prepared.desk, prepared.measurement_id, TODAY)
    with (
        pytest.raises(Invalid, match="Enhet A börjar först den 20 april 2026"),
        as_web(prepared.organisation_id) as session,
    ):
        measurements.reopen(session, prepared.desk, prepared.measurement_id, date(2026, 4, 18), TODAY)
    with as_web(prepared.organisation_id) as session:
        measurements.reopen(session, prepared.desk, prepared.measurement_id, date(2026, 4, 22), TODAY)

    assert placed(make, prepared.measurement_id)["A"] == Period(LATE.opens, date(2026, 4, 22))
    assert placed(make, prepared.measurement_id)["B"] == EARLY
