"""What the desk reads: measurements, the sample of today, response figures, the release job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from db.models import Job, Measurement, Placement, Unit
from db.queries import follow_up, jobs, measurements, sample
from db.queries.follow_up import Response
from db.queries.jobs import JobProgress
from db.queries.measurements import MeasurementSummary
from dimios_dash.domain.calendar import MeasurementState, Period
from dimios_dash.domain.work import JobState, MailState
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId, new_id
from tests.conftest import AsWeb
from tests.factories import Make

TREE = {"E": None, "A": "E", "A1": "A", "B": "E"}


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """The SQL of everything that is asked inside."""
    seen: list[str] = []
    connection = session.connection()

    def note(*call: object) -> None:
        seen.append(str(call[2]))

    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)


def whole_year(measurement_id: MeasurementId, year: int, state: MeasurementState) -> MeasurementSummary:
    return MeasurementSummary(measurement_id, year, state, Period(date(year, 1, 1), date(year, 12, 31)), 3, False)


def test_measurements_come_newest_first_and_the_current_one_is_this_years_or_the_latest(
    make: Make, as_web: AsWeb
) -> None:
    organisation_id = make.organisation()
    older = whole_year(
        make.measurement(organisation_id, MeasurementState.RELEASED, 2024), 2024, MeasurementState.RELEASED
    )
    newer = whole_year(make.measurement(organisation_id, MeasurementState.CLOSED, 2026), 2026, MeasurementState.CLOSED)
    desk = make.desk(organisation_id)

    with as_web(organisation_id) as session:
        assert measurements.all_years(session, desk) == (newer, older)
        assert measurements.current(session, desk, 2026) == newer
        assert measurements.current(session, desk, 2025) == older
        assert measurements.current(session, desk, 2023) is None
        assert measurements.of_year(session, desk, 2024) == older


def test_a_year_without_a_measurement_looks_missing_and_so_does_another_organisations(
    make: Make, as_web: AsWeb
) -> None:
    own, other = make.organisation(), make.organisation()
    make.measurement(other, year=2026)

    with as_web(own) as session, pytest.raises(NotFound):
        measurements.of_year(session, make.desk(own), 2026)


def test_the_sample_counts_respondents_of_units_in_use(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    measurement_id = make.measurement(organisation_id)
    for unit in ("A1", "A1", "E", "B"):
        make.invitation(organisation_id, measurement_id, unit)
    make.invitation(organisation_id, measurement_id, "A1", removed=True)
    make.session.execute(update(Unit).where(Unit.id == "B").values(closed=True))

    with as_web(organisation_id) as session:
        whole = sample.read(session, make.desk(organisation_id), measurement_id)
        branch = sample.read(session, make.desk(organisation_id, "A"), measurement_id)
        before = sample.read(session, make.desk(organisation_id), None)

    assert whole.by_unit == {"E": 1, "A": 0, "A1": 2}
    assert (branch.by_unit, branch.tree.ids) == ({"A": 0, "A1": 2}, ("A", "A1"))
    assert before.respondents == 0


def measured(make: Make) -> tuple[OrganisationId, MeasurementId]:
    """Three in A1 (one answered, one bounced), one in A (waiting), one in B, removed after having answered."""
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    measurement_id = make.measurement(organisation_id)
    make.invitation(organisation_id, measurement_id, "A1", answered=True)
    make.invitation(organisation_id, measurement_id, "A1", mail=MailState.BOUNCED)
    make.invitation(organisation_id, measurement_id, "A1", mail=MailState.UNCERTAIN)
    make.invitation(organisation_id, measurement_id, "A1", removed=True)
    make.invitation(organisation_id, measurement_id, "A", mail=MailState.NOT_SENT)
    make.invitation(organisation_id, measurement_id, "B", answered=True, removed=True)
    return organisation_id, measurement_id


def test_response_is_summed_over_each_branch_in_two_statements(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = measured(make)

    with as_web(organisation_id) as session, statements(session) as seen:
        found = follow_up.read(session, make.desk(organisation_id), measurement_id)

    assert {unit.unit_id: unit.response for unit in found.units} == {
        "E": Response(invited=5, sent=2, bounced=1, uncertain=1, waiting=1, answered=2),
        "A": Response(invited=4, sent=1, bounced=1, uncertain=1, waiting=1, answered=1),
        "A1": Response(invited=3, sent=1, bounced=1, uncertain=1, waiting=0, answered=1),
        "B": Response(invited=1, sent=1, bounced=0, uncertain=0, waiting=0, answered=1),
    }
    assert found.units[0].response.rate == pytest.approx(0.4)
    assert len(seen) == 2


def test_respondents_of_units_outside_the_measurement_are_not_counted(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = measured(make)
    make.session.execute(update(Placement).where(Placement.unit_id == "A1").values(takes_part=False))

    with as_web(organisation_id) as session:
        found = follow_up.read(session, make.desk(organisation_id), measurement_id)

    outside = found.unit(UnitId("A1"))
    assert (outside.takes_part, outside.response.invited, outside.response.rate) == (False, 0, None)
    assert found.units[0].response.invited == 2


def test_a_sub_administrator_sees_the_own_branch_from_its_top(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = measured(make)

    with as_web(organisation_id) as session:
        found = follow_up.read(session, make.desk(organisation_id, "A"), measurement_id)

    assert [(unit.unit_id, unit.parent_id) for unit in found.units] == [("A", None), ("A1", "A")]
    assert [unit.unit_id for unit in found.path(UnitId("A1"))] == ["A", "A1"]
    with pytest.raises(NotFound):
        found.unit(UnitId("B"))


def test_another_organisation_has_no_response_to_see(make: Make, as_web: AsWeb) -> None:
    _owner, measurement_id = measured(make)
    stranger = make.organisation()

    with as_web(stranger) as session:
        assert follow_up.read(session, make.desk(stranger), measurement_id).units == ()


def test_the_release_job_is_the_one_under_way_or_else_the_latest(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    measurement_id = make.measurement(organisation_id, MeasurementState.CLOSED)
    desk, start = make.desk(organisation_id), datetime(2026, 5, 1, tzinfo=UTC)

    def add(state: JobState, hours: int, **more: object) -> JobProgress | None:
        row = {"organisation_id": organisation_id, "id": new_id(), "measurement_id": measurement_id}
        make.session.add(Job(**row, kind="release", state=state, due_at=start + timedelta(hours=hours), **more))
        with as_web(organisation_id) as session:
            return jobs.release_job(session, desk, measurement_id)

    with as_web(organisation_id) as session:
        assert jobs.release_job(session, desk, measurement_id) is None
    assert add(JobState.FAILED, 1, message="Först.") == JobProgress(JobState.FAILED, 0, None, "Först.")
    assert add(JobState.FAILED, 2, message="Sedan.") == JobProgress(JobState.FAILED, 0, None, "Sedan.")
    assert add(JobState.CLAIMED, 0, done=3, total=9) == JobProgress(JobState.CLAIMED, 3, 9, None)


def test_a_draft_has_no_period(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    measurement_id = make.measurement(organisation_id, MeasurementState.DRAFT)
    make.session.execute(update(Measurement).where(Measurement.id == measurement_id).values(opens=None, closes=None))

    with as_web(organisation_id) as session:
        assert measurements.of_year(session, make.desk(organisation_id), 2026).period is None
