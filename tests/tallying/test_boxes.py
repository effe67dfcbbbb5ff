"""What a thief of the database can link to whom, and what is left when a box has been destroyed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from db.commands import ballots, unreleased
from db.commands.ballots import SealedAnswer
from db.engine import Role, connect, transaction
from db.models import AuditEvent, Ballot, Invitation, Job, Measurement
from dimios_dash import access
from dimios_dash.crypto.key_names import box_key
from dimios_dash.crypto.keystore import KeyMissing
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import FormScope
from dimios_dash.domain.work import MailState
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId, new_id
from dimios_dash.preparation import role_url
from dimios_dash.tallying.boxes import destroy_due, give_up_unreleased, remix
from dimios_dash.tallying.release import release_measurement
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

    remix(town.engine, DAY)

    assert linked_by_xmin(town, answered) == 0
    assert linked_by_order(town, answered) <= 6  # one by chance, on average; seven once in 10,000 runs


def test_a_naive_table_is_linked_wholly_by_the_same_attacks(town: Town) -> None:
    """The control once more, with a table of its own: nothing that an operator does with VACUUM helps it."""
    answered = answer_in_random_order(town)
    naive = connect(str(town.settings.database_url)).execution_options(isolation_level="AUTOCOMMIT")
    with naive.connect() as owner:
        owner.execute(text("create table naive_invitation (id uuid, answered bool)"))
        owner.execute(text("create table naive_ballot (answer uuid)"))
        for one in answered:
            owner.execute(text("insert into naive_invitation values (:id, false)"), {"id": one.id})
        for one in answered:
            owner.execute(text(_NAIVE_SUBMISSION), {"id": one.id})
        owner.execute(text("vacuum (full, freeze) naive_invitation, naive_ballot"))
        by_xmin = owner.scalar(
            text("select count(*) from naive_invitation i join naive_ballot b on b.xmin::text = i.xmin::text"
                 " where b.answer = i.id")
        )  # fmt: skip
        lying = owner.scalars(text("select answer from naive_ballot order by ctid")).all()
    naive.dispose()

    remix(town.engine, DAY)

    assert by_xmin == RESPONDENTS
    assert lying == [one.id for one in answered]
    assert linked_by_xmin(town, answered) == 0
    assert linked_by_order(town, answered) <= 6


_NAIVE_SUBMISSION = """
with marked as (update naive_invitation set answered = true where id = :id returning id)
insert into naive_ballot select id from marked
"""


def test_no_ballot_is_lost_while_the_box_is_shaken(town: Town) -> None:
    organisation_id, _measurement_id, invited = asked(town)

    with ThreadPoolExecutor(8) as people:
        arrivals = [people.submit(submit, town, organisation_id, one) for one in invited]
        while not all(arrival.done() for arrival in arrivals):
            remix(town.engine, DAY)

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


def change(town: Town, measurement_id: MeasurementId, **values: object) -> None:
    with transaction(town.engine, None) as session:
        session.execute(update(Measurement).where(Measurement.id == measurement_id).values(values))


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
