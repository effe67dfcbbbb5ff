"""A measurement that people have answered, and what is left in its box."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from db.commands import ballots
from db.commands.ballots import SealedAnswer
from db.engine import Role, connect, transaction
from db.models import Ballot, Measurement
from dimios_dash.crypto.key_names import box_key
from dimios_dash.crypto.keystore import KeyMissing
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import FormScope
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.preparation import role_url
from tests.factories import Invited, Make
from tests.tallying.conftest import Town

DAY = date(2026, 5, 5)
RESPONDENTS = 60


def asked(town: Town) -> tuple[OrganisationId, MeasurementId, list[Invited]]:
    """An open measurement with RESPONDENTS invitations in one unit."""
    with transaction(town.engine, None) as session:
        make = Make(session, town.keys)
        organisation_id = make.organisation()
        make.units(organisation_id, {"E": None})
        measurement_id = make.measurement(organisation_id)
        invited = [make.invitation(organisation_id, measurement_id, "E") for _ in range(RESPONDENTS)]
    return organisation_id, measurement_id, invited


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


def change(town: Town, measurement_id: MeasurementId, **values: object) -> None:
    with transaction(town.engine, None) as session:
        session.execute(update(Measurement).where(Measurement.id == measurement_id).values(values))


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
