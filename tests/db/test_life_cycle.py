"""Extend, close, reopen, ask for the release: as web does it on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.commands import measurements
from db.models import Job, Measurement
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import JobState
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import MeasurementId, UnitId, new_id
from tests.conftest import AsWeb
from tests.db.measuring import NOW, SPRING, TODAY, Prepared, events, measured
from tests.factories import Make

Deed = Callable[[Session, DeskScope, MeasurementId], None]

DEEDS: dict[str, Deed] = {
    "start": lambda session, scope, found: measurements.start(
        session, scope, found, SPRING, k=3, units_taking_part=[UnitId("A")], today=TODAY
    ),
    "extend": lambda session, scope, found: measurements.extend(session, scope, found, date(2026, 12, 31), TODAY),
    "close": lambda session, scope, found: measurements.close(session, scope, found, TODAY),
    "reopen": lambda session, scope, found: measurements.reopen(session, scope, found, date(2026, 12, 31), TODAY),
    "release": lambda session, scope, found: measurements.request_release(session, scope, found, NOW),
    "cancel": lambda session, scope, found: measurements.cancel(session, scope, found, NOW),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_another_organisations_measurement_looks_missing(make: Make, as_web: AsWeb, deed: str) -> None:
    stranger, owner = make.organisation(), make.organisation()
    foreign = make.measurement(owner)

    with as_web(stranger) as session, pytest.raises(NotFound):
        DEEDS[deed](session, make.desk(stranger), foreign)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_sub_administrator_does_not_run_the_measurement(
    make: Make, as_web: AsWeb, running: Prepared, deed: str
) -> None:
    branch = make.desk(running.organisation_id, "A")

    with as_web(running.organisation_id) as session, pytest.raises(Forbidden):
        DEEDS[deed](session, branch, running.measurement_id)


LIFE_CYCLE = {
    (MeasurementState.OPEN, "close"): MeasurementState.CLOSED,
    (MeasurementState.CLOSED, "reopen"): MeasurementState.OPEN,
    (MeasurementState.CLOSED, "release"): MeasurementState.CLOSED,  # until the worker is done
    (MeasurementState.DRAFT, "cancel"): MeasurementState.CANCELLED,
    (MeasurementState.OPEN, "cancel"): MeasurementState.CANCELLED,
}
REFUSED = [
    (state, deed)
    for state in MeasurementState
    for deed in DEEDS
    if (state, deed) not in {*LIFE_CYCLE, (MeasurementState.DRAFT, "start"), (MeasurementState.OPEN, "extend")}
]


@pytest.mark.parametrize(("before", "deed"), LIFE_CYCLE)
def test_each_deed_leads_to_its_state_and_is_recorded(
    make: Make, as_web: AsWeb, before: MeasurementState, deed: str
) -> None:
    organisation_id = make.organisation()
    measurement_id = make.measurement(organisation_id, before)

    with as_web(organisation_id) as session:
        DEEDS[deed](session, make.desk(organisation_id), measurement_id)

    assert measured(make, measurement_id).state == LIFE_CYCLE[before, deed]
    assert len(events(make, organisation_id)) == 1


@pytest.mark.parametrize(("before", "deed"), REFUSED)
def test_every_other_deed_is_refused_and_changes_nothing(
    make: Make, as_web: AsWeb, before: MeasurementState, deed: str
) -> None:
    organisation_id = make.organisation()
    measurement_id = make.measurement(organisation_id, before)

    with as_web(organisation_id) as session, pytest.raises(Invalid):
        DEEDS[deed](session, make.desk(organisation_id), measurement_id)

    assert measured(make, measurement_id).state == before
    assert events(make, organisation_id) == []


@pytest.fixture
def running(make: Make) -> Prepared:
    """An open measurement from 1 to 30 April."""
    organisation_id = make.organisation()
    measurement_id = make.measurement(organisation_id)
    make.session.execute(
        update(Measurement).where(Measurement.id == measurement_id).values(opens=SPRING.opens, closes=SPRING.closes)
    )
    return Prepared(organisation_id, measurement_id, make.desk(organisation_id))


def test_an_open_measurement_can_go_on_longer(make: Make, as_web: AsWeb, running: Prepared) -> None:
    with as_web(running.organisation_id) as session:
        measurements.extend(session, running.desk, running.measurement_id, date(2026, 5, 15), TODAY)

    assert measured(make, running.measurement_id).closes == date(2026, 5, 15)


@pytest.mark.parametrize(
    ("closes", "today", "sentence"),
    [
        (date(2026, 4, 30), TODAY, "Välj en senare dag"),
        (date(2027, 1, 10), TODAY, "inom kalenderåret"),
        (date(2026, 5, 10), date(2026, 5, 11), "har redan varit"),
        (date(2026, 12, 31), date(2027, 1, 1), "År 2026 är slut"),
    ],
)
def test_an_extension_is_later_in_the_same_year_and_not_over(
    as_web: AsWeb, running: Prepared, closes: date, today: date, sentence: str
) -> None:
    with as_web(running.organisation_id) as session, pytest.raises(Invalid, match=sentence):
        measurements.extend(session, running.desk, running.measurement_id, closes, today)


@pytest.mark.parametrize(
    ("today", "last_day"),
    [(TODAY, TODAY), (date(2026, 5, 20), SPRING.closes), (date(2026, 3, 20), SPRING.opens)],
)
def test_the_period_of_a_closed_measurement_says_when_it_truly_ended(
    make: Make, as_web: AsWeb, running: Prepared, today: date, last_day: date
) -> None:
    with as_web(running.organisation_id) as session:
        measurements.close(session, running.desk, running.measurement_id, today)

    assert measured(make, running.measurement_id).closes == last_day


def test_a_measurement_can_be_closed_after_new_year_but_not_opened_again(
    make: Make, as_web: AsWeb, running: Prepared
) -> None:
    january = date(2027, 1, 5)
    with as_web(running.organisation_id) as session:
        measurements.close(session, running.desk, running.measurement_id, january)

    with as_web(running.organisation_id) as session, pytest.raises(Invalid, match="År 2026 är slut"):
        measurements.reopen(session, running.desk, running.measurement_id, date(2026, 12, 31), january)

    assert measured(make, running.measurement_id).state == "closed"


@pytest.fixture
def closed(make: Make) -> Prepared:
    organisation_id = make.organisation()
    measurement_id = make.measurement(organisation_id, MeasurementState.CLOSED)
    return Prepared(organisation_id, measurement_id, make.desk(organisation_id))


def release_jobs(make: Make, measurement_id: MeasurementId) -> list[str]:
    return list(make.session.scalars(select(Job.state).where(Job.measurement_id == measurement_id).order_by(Job.state)))


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.CLAIMED])
def test_a_second_request_while_one_is_under_way_does_nothing(
    make: Make, as_web: AsWeb, closed: Prepared, state: JobState
) -> None:
    for _ in range(2):
        with as_web(closed.organisation_id) as session:
            measurements.request_release(session, closed.desk, closed.measurement_id, NOW)
        make.session.execute(update(Job).where(Job.measurement_id == closed.measurement_id).values(state=state))

    assert release_jobs(make, closed.measurement_id) == [state]
    assert events(make, closed.organisation_id) == ["release_requested"]


def test_a_release_that_failed_can_be_asked_for_again(make: Make, as_web: AsWeb, closed: Prepared) -> None:
    add_job(make, closed, JobState.FAILED)

    with as_web(closed.organisation_id) as session:
        measurements.request_release(session, closed.desk, closed.measurement_id, NOW)

    assert release_jobs(make, closed.measurement_id) == ["failed", "waiting"]


def test_a_measurement_is_not_opened_again_while_its_results_are_computed(
    make: Make, as_web: AsWeb, closed: Prepared
) -> None:
    add_job(make, closed, JobState.CLAIMED)

    with as_web(closed.organisation_id) as session, pytest.raises(Invalid, match="håller på att beräknas"):
        measurements.reopen(session, closed.desk, closed.measurement_id, date(2026, 12, 31), TODAY)


def add_job(make: Make, found: Prepared, state: JobState) -> None:
    make.session.add(
        Job(
            organisation_id=found.organisation_id,
            id=new_id(),
            kind="release",
            measurement_id=found.measurement_id,
            state=state,
        )
    )
    make.session.flush()
