"""What a thief of the database can link to whom, and what is left when a box has been destroyed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from db.commands import ballots
from db.commands.ballots import SealedAnswer
from db.engine import Role, connect, transaction
from db.models import AuditEvent, Ballot, Measurement
from dimios_dash.crypto.key_names import box_key
from dimios_dash.crypto.keystore import KeyMissing
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import FormScope
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.preparation import role_url
from dimios_dash.tallying.boxes import destroy_due, remix
from tests.factories import Invited, Make
from tests.tallying.conftest import Town

DAY = date(2026, 5, 5)
RESPONDENTS = 60


def test_before_the_remix_a_thief_links_everybody_by_xmin_and_by_order(town: Town) -> None:
    """The control: without it the next test would prove nothing."""
    answered = answer_in_random_order(town)

    assert linked_by_xmin(town, answered) == RESPONDENTS
    assert linked_by_order(town, answered) == RESPONDENTS


def test_after_the_remix_a_thief_does_no_better_than_chance(town: Town) -> None:
    answered = answer_in_random_order(town)

    remix(town.engine)

    assert linked_by_xmin(town, answered) == 0
    assert linked_by_order(town, answered) <= 6  # one by chance, on average; seven once in 10,000 runs


def test_no_ballot_is_lost_while_the_box_is_shaken(town: Town) -> None:
    organisation_id, _measurement_id, invited = asked(town)

    with ThreadPoolExecutor(8) as people:
        arrivals = [people.submit(submit, town, organisation_id, one) for one in invited]
        while not all(arrival.done() for arrival in arrivals):
            remix(town.engine)

    assert all(arrival.result() for arrival in arrivals)
    assert sorted(envelopes(town)) == sorted(one.id.bytes for one in invited)


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
    assert [event.details for event in events] == [{"measurement": str(measurement_id), "envelopes": RESPONDENTS}]


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


def asked(town: Town) -> tuple[OrganisationId, MeasurementId, list[Invited]]:
    """An open measurement with RESPONDENTS invitations in one unit."""
    with transaction(town.engine, None) as session:
        make = Make(session, town.keys)
        organisation_id = make.organisation()
        make.units(organisation_id, {"E": None})
        measurement_id = make.measurement(organisation_id)
        invited = [make.invitation(organisation_id, measurement_id, "E") for _ in range(RESPONDENTS)]
    return organisation_id, measurement_id, invited


def answer_in_random_order(town: Town) -> list[Invited]:
    """Everybody answers, one after the other; in which order."""
    organisation_id, _measurement_id, invited = asked(town)
    random.shuffle(invited)
    assert all(submit(town, organisation_id, one) for one in invited)
    return invited


def submit(town: Town, organisation_id: OrganisationId, one: Invited) -> bool:
    """As the form does; the envelope is the invitation's id, so that the test knows whose it is."""
    web = connect(role_url(town.settings, town.keys, Role.WEB))
    with transaction(web, organisation_id) as session:
        scope = FormScope(organisation_id, token_hash(one.token))
        done = ballots.submit(session, scope, SealedAnswer(UnitId("E"), one.id.bytes), DAY)
    web.dispose()
    return done


def released_measurement(town: Town, day: date) -> MeasurementId:
    """A measurement that everybody answered and that was released on `day`."""
    organisation_id, measurement_id, invited = asked(town)
    assert all(submit(town, organisation_id, one) for one in invited)
    with transaction(town.engine, None) as session:
        session.execute(
            update(Measurement)
            .where(Measurement.id == measurement_id)
            .values(state=MeasurementState.RELEASED, released_on=day)
        )
    return measurement_id


def linked_by_xmin(town: Town, answered: Sequence[Invited]) -> int:
    """How many ballots share their transaction with the invitation that they belong to, and with no other."""
    with transaction(town.engine, None) as session:
        pairs = session.execute(
            text("select i.id, b.envelope from invitation i join ballot b on b.xmin::text = i.xmin::text")
        ).all()
    mine = {one.id for one in answered}
    return sum(1 for invitation, envelope in pairs if invitation in mine and UUID(bytes=bytes(envelope)) == invitation)


def linked_by_order(town: Town, answered: Sequence[Invited]) -> int:
    """How many a thief hits who knows in which order people answered and lays the ballots beside them as they lie."""
    with transaction(town.engine, None) as session:
        lying = session.scalars(select(Ballot.envelope).order_by(text("ctid"))).all()
    return sum(bytes(envelope) == one.id.bytes for envelope, one in zip(lying, answered, strict=True))


def envelopes(town: Town) -> list[bytes]:
    """Everything in all boxes."""
    with transaction(town.engine, None) as session:
        return [bytes(envelope) for envelope in session.scalars(select(Ballot.envelope))]


def has_key(town: Town, measurement_id: MeasurementId) -> bool:
    """Whether a measurement's box can still be opened."""
    try:
        town.keys.read(box_key(measurement_id))
    except KeyMissing:
        return False
    return True
