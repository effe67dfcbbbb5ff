"""What a personal link leads to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import event, select, update

from db.models import Invitation, Measurement, Organisation, Placement
from db.queries import forms
from db.queries.forms import Asked
from dimios_dash import instruments
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.calendar import MeasurementState, Period
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import FormScope
from dimios_dash.ids import MeasurementId, UnitId
from dimios_dash.language import Language
from tests.conftest import AsWeb
from tests.factories import Make


def invited(make: Make, unit_id: str) -> tuple[FormScope, MeasurementId]:
    """A link of a unit in a tree of three levels, in a measurement with k = 5."""
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None, "E1": "E", "E11": "E1"})
    measurement_id = make.measurement(organisation_id, k=5)
    token = make.invitation(organisation_id, measurement_id, unit_id, role_type=2).token
    return FormScope(organisation_id, token_hash(token)), measurement_id


def test_a_link_tells_all_that_its_form_shows_in_one_statement(make: Make, as_web: AsWeb) -> None:
    scope, measurement_id = invited(make, "E11")
    key = make.session.scalar(select(Measurement.box_public_key))
    name = make.session.scalar(select(Organisation.name).where(Organisation.id == scope.organisation_id))
    seen: list[str] = []

    with as_web(scope.organisation_id) as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *call: seen.append(call[2]))
        asked = forms.asked(session, scope)
        statements = len(seen)

    assert asked == Asked(
        organisation=str(name),
        measurement_id=measurement_id,
        year=2026,
        state=MeasurementState.OPEN,
        period=Period(date(2026, 1, 1), date(2026, 12, 31)),
        k=5,
        instrument_version=instruments.LATEST,
        box_public_key=key,
        unit_id=UnitId("E11"),
        unit="Enhet E11",
        within="Enhet E1",
        role_type=2,
        answered=False,
        removed=False,
        invited=1,
        here=1,
        channel=Channel.EMAIL,
        language=Language.SWEDISH,
    )
    assert statements == 1


def test_invited_are_counted_in_the_whole_measurement_without_the_removed_and_no_further_than_ten(
    make: Make, as_web: AsWeb
) -> None:
    scope, measurement_id = invited(make, "E11")
    for unit_id in ("E", "E1") * 4:
        make.invitation(scope.organisation_id, measurement_id, unit_id)
    make.invitation(scope.organisation_id, measurement_id, "E", removed=True)
    make.invitation(scope.organisation_id, make.measurement(scope.organisation_id, year=2025), "E")

    def counted() -> tuple[int, bool]:
        with as_web(scope.organisation_id) as session:
            asked = forms.asked(session, scope)
        assert asked is not None
        return asked.invited, asked.texts_can_be_shown

    nine = counted()
    for _ in range(3):
        make.invitation(scope.organisation_id, measurement_id, "E", answered=True, removed=True)

    assert (nine, counted()) == ((9, False), (10, True))


def test_the_whole_organisation_lies_within_nothing(make: Make, as_web: AsWeb) -> None:
    scope, _ = invited(make, "E")

    with as_web(scope.organisation_id) as session:
        asked = forms.asked(session, scope)

    assert asked is not None
    assert (asked.unit, asked.within) == ("Enhet E", None)


def test_asked_again_in_the_same_transaction_it_tells_what_has_changed(make: Make, as_web: AsWeb) -> None:
    scope, _ = invited(make, "E")

    with as_web(scope.organisation_id) as session:
        forms.asked(session, scope)
        session.execute(update(Invitation).values(answered=True), execution_options={"synchronize_session": False})
        again = forms.asked(session, scope)

    assert again is not None
    assert again.answered


def test_a_draft_has_no_days_yet(make: Make, as_web: AsWeb) -> None:
    scope, _ = invited(make, "E")
    make.session.execute(update(Measurement).values(state="draft", opens=None, closes=None))

    with as_web(scope.organisation_id) as session:
        asked = forms.asked(session, scope)

    assert asked is not None
    assert asked.period is None


def test_a_strangers_link_leads_nowhere(make: Make, as_web: AsWeb) -> None:
    scope, _ = invited(make, "E")
    other, _ = invited(make, "E")

    with as_web(other.organisation_id) as session:
        unknown = forms.asked(session, FormScope(other.organisation_id, token_hash("gissad")))
        crossed = forms.asked(session, FormScope(other.organisation_id, scope.token_hash))
        foreign = forms.asked(session, scope)

    assert (unknown, crossed, foreign) == (None, None, None)


def test_a_unit_outside_the_tree_of_the_measurement_leads_nowhere(make: Make, as_web: AsWeb) -> None:
    scope, _ = invited(make, "E11")
    for placement in make.session.scalars(select(Placement).where(Placement.unit_id == "E11")):
        make.session.delete(placement)

    with as_web(scope.organisation_id) as session:
        asked = forms.asked(session, scope)

    assert asked is None
