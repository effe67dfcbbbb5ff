"""The number rule that respondents were promised, against a web process that somebody has taken over."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from db.commands import boxes
from db.models import Measurement, Organisation
from dimios_dash import access
from dimios_dash.crypto.sealing import new_box
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.ids import MeasurementId, OrganisationId
from tests.conftest import AsWeb
from tests.factories import Make


@pytest.fixture
def opened(make: Make) -> tuple[OrganisationId, MeasurementId]:
    """Everybody has been told that nothing is shown for fewer than five; the box is not made yet."""
    organisation_id = make.organisation()
    measurement_id = make.measurement(organisation_id, MeasurementState.DRAFT, k=5)
    one = Measurement.id == measurement_id
    make.session.execute(update(Measurement).where(one).values(state=MeasurementState.OPEN, box_public_key=None))
    return organisation_id, measurement_id


def make_box(make: Make, measurement_id: MeasurementId) -> None:
    boxes.store_public_key(make.session, access.system(), measurement_id, new_box()[1])


def k_of(make: Make, measurement_id: MeasurementId) -> tuple[int, int | None]:
    make.session.expire_all()
    row = make.session.execute(
        select(Measurement.k, Measurement.promised_k).where(Measurement.id == measurement_id)
    ).one()
    return row.k, row.promised_k


@pytest.mark.parametrize("state", ["open", "closed", "draft"])
@pytest.mark.parametrize("k", [3, 10])
def test_web_cannot_change_k_once_the_box_is_there(
    make: Make, as_web: AsWeb, opened: tuple[OrganisationId, MeasurementId], state: str, k: int
) -> None:
    organisation_id, measurement_id = opened
    make_box(make, measurement_id)
    mine = update(Measurement).where(Measurement.id == measurement_id)

    with pytest.raises(IntegrityError, match="k_as_promised"), as_web(organisation_id) as session:
        session.execute(mine.values(k=k, state=state, closed_on=date(2026, 12, 31)))

    assert k_of(make, measurement_id) == (5, 5)


@pytest.mark.parametrize("assignment", ["promised_k = null", "promised_k = 3, k = 3", "box_public_key = null"])
def test_web_cannot_take_the_promise_back(
    make: Make, as_web: AsWeb, opened: tuple[OrganisationId, MeasurementId], assignment: str
) -> None:
    organisation_id, measurement_id = opened
    make_box(make, measurement_id)

    with pytest.raises(ProgrammingError, match="permission denied"), as_web(organisation_id) as session:
        session.execute(text(f"update measurement set {assignment}"))  # noqa: S608, our own words

    assert k_of(make, measurement_id) == (5, 5)


def test_what_web_lowered_before_there_was_a_box_is_raised_to_the_organisations_own(
    make: Make, as_web: AsWeb, opened: tuple[OrganisationId, MeasurementId]
) -> None:
    organisation_id, measurement_id = opened
    make.session.execute(update(Organisation).where(Organisation.id == organisation_id).values(k=5))
    with as_web(organisation_id) as session:
        session.execute(update(Measurement).where(Measurement.id == measurement_id).values(k=3))

    make_box(make, measurement_id)

    assert k_of(make, measurement_id) == (5, 5)


def test_a_box_that_exists_keeps_its_promise_when_it_is_made_again(
    make: Make, opened: tuple[OrganisationId, MeasurementId]
) -> None:
    organisation_id, measurement_id = opened
    make_box(make, measurement_id)
    make.session.execute(update(Organisation).where(Organisation.id == organisation_id).values(k=10))

    make_box(make, measurement_id)

    assert k_of(make, measurement_id) == (5, 5)
