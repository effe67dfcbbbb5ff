"""The ballot box takes one envelope for each invitation, and only while answers are received."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import event, select, update

from db.commands import ballots
from db.commands.ballots import Box, SealedAnswer
from db.models import Ballot, Invitation, Measurement
from dimios_dash.crypto.sealing import new_box
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import FormScope
from dimios_dash.ids import MeasurementId, UnitId
from tests.conftest import AsWeb
from tests.factories import Make

TODAY = date(2026, 11, 22)
ANSWER = SealedAnswer(UnitId("E"), b"sealed")


def form_scope(make: Make, state: MeasurementState = MeasurementState.OPEN) -> FormScope:
    """The link of an invitation in unit E; the measurement goes on during 2026."""
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None, "X": "E"})
    measurement_id = make.measurement(organisation_id, state, year=2026)
    return FormScope(organisation_id, token_hash(make.invitation(organisation_id, measurement_id, "E").token))


def stored(make: Make) -> tuple[list[bytes], list[bool]]:
    """All envelopes, and what the invitations say."""
    return list(make.session.scalars(select(Ballot.envelope))), list(make.session.scalars(select(Invitation.answered)))


def test_an_answer_is_stored_and_marked_in_one_statement(make: Make, as_web: AsWeb) -> None:
    scope = form_scope(make)
    seen: list[str] = []

    with as_web(scope.organisation_id) as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *call: seen.append(call[2]))
        received = ballots.submit(session, scope, ANSWER, TODAY)
        statements = len(seen)

    assert received
    assert statements == 1
    assert stored(make) == ([b"sealed"], [True])


def test_a_second_answer_is_not_stored(make: Make, as_web: AsWeb) -> None:
    scope = form_scope(make)

    with as_web(scope.organisation_id) as session:
        received = [
            ballots.submit(session, scope, answer, TODAY) for answer in (ANSWER, SealedAnswer(UnitId("E"), b"second"))
        ]

    assert received == [True, False]
    assert stored(make) == ([b"sealed"], [True])


@pytest.mark.parametrize(("same_box", "same_measurement"), [(True, True), (False, True), (True, False)])
def test_what_was_sealed_for_another_box_is_not_stored(
    make: Make, as_web: AsWeb, same_box: bool, same_measurement: bool
) -> None:
    scope = form_scope(make)
    measurement_id, key = make.session.execute(select(Measurement.id, Measurement.box_public_key)).one()
    box = Box(
        MeasurementId(measurement_id if same_measurement else uuid4()),
        (key or b"") if same_box else new_box()[1],
    )

    with as_web(scope.organisation_id) as session:
        received = ballots.submit(session, scope, SealedAnswer(UnitId("E"), b"sealed", box), TODAY)

    assert received == (same_box and same_measurement)
    assert stored(make) == ([b"sealed"] * received, [received])


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31)])
def test_the_first_and_the_last_day_receive_answers(make: Make, as_web: AsWeb, day: date) -> None:
    scope = form_scope(make)

    with as_web(scope.organisation_id) as session:
        received = ballots.submit(session, scope, ANSWER, day)

    assert received


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_the_day_before_and_the_day_after_receive_none(make: Make, as_web: AsWeb, day: date) -> None:
    scope = form_scope(make)

    with as_web(scope.organisation_id) as session:
        received = ballots.submit(session, scope, ANSWER, day)

    assert not received
    assert stored(make) == ([], [False])


@pytest.mark.parametrize("state", [MeasurementState.DRAFT, MeasurementState.CLOSED, MeasurementState.RELEASED])
def test_a_measurement_that_is_not_open_receives_none(make: Make, as_web: AsWeb, state: MeasurementState) -> None:
    scope = form_scope(make, state)

    with as_web(scope.organisation_id) as session:
        received = ballots.submit(session, scope, ANSWER, TODAY)

    assert not received
    assert stored(make) == ([], [False])


@pytest.mark.parametrize(
    "happened",
    [
        lambda: update(Invitation).values(removed=True),
        lambda: update(Invitation).values(unit_id="X"),
        lambda: update(Invitation).values(token_hash=b"another link"),
        lambda: update(Measurement).values(opens=date(2026, 11, 23)),
        lambda: update(Measurement).values(closes=date(2026, 11, 21)),
    ],
    ids=["removed", "moved", "another link", "opens later", "closed earlier"],
)
def test_what_happened_since_the_form_was_opened_decides(
    make: Make, as_web: AsWeb, happened: Callable[[], object]
) -> None:
    scope = form_scope(make)
    make.session.execute(happened())  # type: ignore[call-overload]  # each is an update

    with as_web(scope.organisation_id) as session:
        received = ballots.submit(session, scope, ANSWER, TODAY)

    assert not received
    assert stored(make) == ([], [False])


def test_a_link_works_only_in_its_own_organisation(make: Make, as_web: AsWeb) -> None:
    scope, other = form_scope(make), form_scope(make)
    crossed = FormScope(other.organisation_id, scope.token_hash)

    with as_web(other.organisation_id) as session:
        received = ballots.submit(session, crossed, ANSWER, TODAY)

    assert not received
    assert stored(make) == ([], [False, False])
