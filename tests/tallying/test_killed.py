"""kill -9 at every step of submit, remix, release and destroy: no acknowledged ballot is lost, nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from db.commands import unreleased
from db.engine import transaction
from db.models import AuditEvent, Ballot, Invitation, Measurement, Release, ReleasedPiece, ReleasedUnit
from dimios_dash import access
from dimios_dash.crypto.key_names import box_key
from dimios_dash.crypto.keystore import KeyMissing
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, OrganisationId
from tests.factories import Invited, Make
from tests.tallying import dying
from tests.tallying.conftest import Town, sheet
from tests.tallying.dying import Deed, dies_at

DAY = date(2026, 5, 5)
LATER = DAY + timedelta(days=70)
MOST_STEPS = 200


def deaths(town: Town, deed: Deed) -> Iterator[int]:
    """One death after the other, each a step later, until it lives to the end; what is left is for the test to see."""
    url = town.engine.url.render_as_string(hide_password=False)
    for step in count(1):
        assert step < MOST_STEPS
        if not dies_at(step, deed, url, town.settings.keys):
            return
        yield step


def invite(town: Town) -> tuple[OrganisationId, MeasurementId, Invited]:
    with transaction(town.engine, None) as session:
        make = Make(session, town.keys)
        organisation_id = make.organisation()
        make.units(organisation_id, {"E": None})
        measurement_id = make.measurement(organisation_id)
        return organisation_id, measurement_id, make.invitation(organisation_id, measurement_id, "E")


def test_submit(town: Town, tmp_path: Path) -> None:
    _, _, invited = invite(town)
    acknowledged = tmp_path / "acknowledged"
    deed = dying.Submit(invited.token, b"envelope", DAY, acknowledged)

    received = [is_received(town, invited) for _ in deaths(town, deed)]

    assert received == sorted(received)  # once received, for ever
    assert {*received} == {False, True}  # some died before the commit, some after it
    assert is_received(town, invited)
    assert acknowledged.read_text() == "False"  # to the last one: it had been received already


def is_received(town: Town, invited: Invited) -> bool:
    """Whether the invitation is marked; never without exactly one envelope, nor the other way round."""
    with transaction(town.engine, None) as session:
        answered = session.scalars(select(Invitation.answered).where(Invitation.id == invited.id)).one()
        assert session.scalars(select(Ballot.envelope)).all() == [b"envelope"] * answered
    return answered


def test_remix(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None, "A": "E"})
    fill(town, organisation_id, measurement_id, 30)
    before = envelopes(town)

    died = sum(envelopes(town) == before for _ in deaths(town, dying.Remix(DAY)))

    assert died >= 6  # at each statement, and around the commit
    assert envelopes(town) == before


def test_release(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None, "A": "E"})
    for point in (1, 3, 4, 5, 6, 6):
        town.put(measurement_id, "A", sheet(point))
    before = envelopes(town)

    stored = [released(town) for _ in deaths(town, dying.Release(organisation_id, measurement_id))]

    nothing, everything = (MeasurementState.CLOSED, 0, 0, 0), (MeasurementState.RELEASED, 1, 2, 2)
    assert set(stored) == {nothing, everything}
    assert stored == sorted(stored, key=lambda found: found[1])
    assert stored.count(nothing) >= 8
    assert envelopes(town) == before


def released(town: Town) -> tuple[str, int, int, int]:
    with transaction(town.engine, None) as session:
        rows = [
            session.scalars(select(func.count()).select_from(table)).one()
            for table in (Release, ReleasedUnit, ReleasedPiece)
        ]
        return session.scalars(select(Measurement.state)).one(), rows[0], rows[1], rows[2]


@pytest.mark.parametrize("state", [MeasurementState.RELEASED, MeasurementState.CANCELLED, MeasurementState.CLOSED])
def test_destroy(town: Town, state: MeasurementState) -> None:
    organisation_id, other = town.closed_measurement({"E": None, "A": "E"})
    fill(town, organisation_id, other, 5)
    bystanders = envelopes(town)
    organisation_id, measurement_id = town.closed_measurement({"E": None, "A": "E"})
    fill(town, organisation_id, measurement_id, 5)
    end(town, measurement_id, state)

    left = [what_is_left(town, measurement_id) for _ in deaths(town, dying.Destroy(LATER))]

    assert left == sorted(left, reverse=True)  # the key goes first, and nothing comes back
    assert {(True, 5), (False, 5), (False, 0)} == set(left)
    assert what_is_left(town, measurement_id) == (False, 0)
    assert (what_is_left(town, other), set(envelopes(town))) == ((True, 5), set(bystanders))
    with transaction(town.engine, None) as session:
        events = session.scalars(select(AuditEvent.event).where(AuditEvent.organisation_id == organisation_id)).all()
    assert events == ["box_destroyed"]


def end(town: Town, measurement_id: MeasurementId, state: MeasurementState) -> None:
    """A box that is due at LATER; the other one, closed too, has had no warning."""
    with transaction(town.engine, None) as session:
        session.execute(
            update(Measurement)
            .where(Measurement.id == measurement_id)
            .values(state=state, released_on=DAY if state is MeasurementState.RELEASED else None, closed_on=DAY)
        )
        for found in unreleased.closed(session, access.system()):
            if found.measurement_id == measurement_id:
                for number in (1, 2, 3):
                    unreleased.record_warning(session, access.system(), found, number, DAY + timedelta(days=number))


def what_is_left(town: Town, measurement_id: MeasurementId) -> tuple[bool, int]:
    """Whether there is a key, and how many envelopes."""
    with transaction(town.engine, None) as session:
        lying = select(func.count()).where(Ballot.measurement_id == measurement_id)
        number = session.scalars(lying).one()
    try:
        town.keys.read(box_key(measurement_id))
    except KeyMissing:
        return False, number
    return True, number


def fill(town: Town, organisation_id: OrganisationId, measurement_id: MeasurementId, ballots: int) -> None:
    with transaction(town.engine, None) as session:
        for number in range(ballots):
            envelope = f"{measurement_id} {number}".encode()
            town.put_envelope(session, organisation_id, measurement_id, "A", Channel.EMAIL, envelope)


def envelopes(town: Town) -> list[bytes]:
    """Everything in all boxes, sorted."""
    with transaction(town.engine, None) as session:
        return sorted(bytes(envelope) for envelope in session.scalars(select(Ballot.envelope)))
