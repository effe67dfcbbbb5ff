"""What is left when a box has been destroyed, and when that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from db.commands import unreleased
from db.engine import transaction
from db.models import AuditEvent, Invitation, Job, Measurement
from dimios_dash import access
from dimios_dash.crypto.key_names import box_key
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.work import MailState
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, OrganisationId, new_id
from dimios_dash.tallying.boxes import destroy_due, give_up_unreleased
from dimios_dash.tallying.release import release_measurement
from tests.tallying.answered import DAY, RESPONDENTS, asked, change, envelopes, has_key, released_measurement, submit
from tests.tallying.conftest import Town


@pytest.mark.parametrize(("age", "left"), [(13, RESPONDENTS), (14, 0)])
def test_envelopes_and_key_are_destroyed_after_fourteen_days_and_not_before(town: Town, age: int, left: int) -> None:
    measurement_id = released_measurement(town, DAY)

    destroyed = destroy_due(town.engine, town.keys, DAY + timedelta(days=age))

    assert destroyed == (left == 0)
    assert len(envelopes(town)) == left
    assert has_key(town, measurement_id) == (left > 0)


def test_the_destruction_stands_in_the_audit_log_and_happens_once(town: Town) -> None:
    measurement_id = released_measurement(town, DAY)

    rounds = [destroy_due(town.engine, town.keys, DAY + timedelta(days=20)) for _ in range(2)]

    with transaction(town.engine, None) as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.event == "box_destroyed")).all()
    assert rounds == [1, 0]
    told = {"measurement": str(measurement_id), "envelopes": RESPONDENTS, "after": "released"}
    assert [event.details for event in events] == [told]


def test_a_destruction_that_was_cut_off_after_the_key_is_finished_the_next_night(town: Town) -> None:
    measurement_id = released_measurement(town, DAY)
    town.keys.destroy(box_key(measurement_id))

    destroy_due(town.engine, town.keys, DAY + timedelta(days=15))

    assert envelopes(town) == []


def test_other_boxes_stay_when_one_is_destroyed(town: Town) -> None:
    released_measurement(town, DAY)
    organisation_id, open_measurement, invited = asked(town)
    assert submit(town, organisation_id, invited[0])

    destroy_due(town.engine, town.keys, DAY + timedelta(days=15))

    assert envelopes(town) == [invited[0].id.bytes]
    assert has_key(town, open_measurement)


@pytest.mark.parametrize("state", [MeasurementState.CANCELLED, MeasurementState.DESTROYED])
def test_the_box_of_a_measurement_that_ends_without_a_release_is_destroyed_at_once(
    town: Town, state: MeasurementState
) -> None:
    measurement_id = released_measurement(town, DAY)
    change(town, measurement_id, state=state, released_on=None)

    destroyed = destroy_due(town.engine, town.keys, DAY)

    assert (destroyed, envelopes(town), has_key(town, measurement_id)) == (1, [], False)


def test_a_cancelled_measurement_forgets_those_who_were_never_written_to(town: Town) -> None:
    _organisation_id, measurement_id, invited = asked(town)
    unsent = [one.id for one in invited[:20]]
    with transaction(town.engine, None) as session:
        session.execute(update(Invitation).where(Invitation.id.in_(unsent)).values(mail=MailState.NOT_SENT))
    change(town, measurement_id, state=MeasurementState.CANCELLED)

    destroy_due(town.engine, town.keys, DAY)

    with transaction(town.engine, None) as session:
        left = set(session.scalars(select(Invitation.id)))
    assert left == {one.id for one in invited[20:]}


def warned(town: Town, closed_on: date, *days: date) -> MeasurementId:
    """A closed measurement that everybody answered, and of which its key users were warned on these days."""
    measurement_id = released_measurement(town, DAY)
    change(town, measurement_id, state=MeasurementState.CLOSED, released_on=None, closed_on=closed_on)
    with transaction(town.engine, None) as session:
        for found in unreleased.closed(session, access.system()):
            for number, day in enumerate(days, start=1):
                unreleased.record_warning(session, access.system(), found, number, day)
    return measurement_id


CLOSED = date(2026, 3, 1)
WARNINGS = (date(2026, 3, 31), date(2026, 4, 15), date(2026, 4, 25))
SIXTY = date(2026, 4, 30)


@pytest.mark.parametrize(
    ("warnings", "today", "given_up"),
    [
        (WARNINGS, SIXTY, 1),
        (WARNINGS, SIXTY - timedelta(days=1), 0),
        (WARNINGS[:2], SIXTY + timedelta(days=100), 0),
        ((), SIXTY + timedelta(days=100), 0),
    ],
    ids=["in time", "a day early", "with two warnings", "without any"],
)
def test_what_nobody_releases_is_destroyed_after_sixty_days_and_three_warnings(
    town: Town, warnings: Sequence[date], today: date, given_up: int
) -> None:
    measurement_id = warned(town, CLOSED, *warnings)

    assert give_up_unreleased(town.engine, today) == given_up
    destroy_due(town.engine, town.keys, today)

    assert len(envelopes(town)) == (0 if given_up else RESPONDENTS)
    assert has_key(town, measurement_id) == (not given_up)


def test_a_measurement_that_was_opened_and_closed_again_is_counted_anew(town: Town) -> None:
    measurement_id = warned(town, CLOSED, *WARNINGS)
    change(town, measurement_id, closed_on=SIXTY)

    assert give_up_unreleased(town.engine, SIXTY + timedelta(days=59)) == 0


def test_what_is_just_being_released_is_not_given_up(town: Town) -> None:
    measurement_id = warned(town, CLOSED, *WARNINGS)
    with transaction(town.engine, None) as session:
        organisation_id = session.scalars(select(Measurement.organisation_id)).one()
        job = {"kind": "release", "measurement_id": measurement_id}
        session.add(Job(organisation_id=organisation_id, id=new_id(), **job))

    assert give_up_unreleased(town.engine, SIXTY) == 0


def test_what_is_destroyed_cannot_be_released(town: Town) -> None:
    measurement_id = warned(town, CLOSED, *WARNINGS)
    give_up_unreleased(town.engine, SIXTY)
    with transaction(town.engine, None) as session:
        organisation_id = OrganisationId(session.scalars(select(Measurement.organisation_id)).one())

    with pytest.raises(Invalid, match="Svaren publicerades inte i tid och finns inte längre"):
        release_measurement(town.engine, town.keys, organisation_id, measurement_id, lambda _done, _total: None)
