"""What *web* cannot do, even with a query that forgets its filter."""

from __future__ import annotations

import pytest
from sqlalchemy import Executable, Insert, insert, select, text, update
from sqlalchemy.exc import ProgrammingError

from db.models import Ballot, Base, Measurement, Organisation, ReleasedPiece, Unit
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.ids import MeasurementId, OrganisationId, new_id
from tests.conftest import AsWeb
from tests.factories import Make

PLATFORM_WIDE = {"instrument_version", "sign_in_name", "throttle", "open_code_owner", "group_code", "alembic_version"}


def test_web_sees_only_the_rows_of_its_organisation_without_any_filter(make: Make, as_web: AsWeb) -> None:
    own, other = make.organisation(), make.organisation()
    make.units(own, {"E": None})
    make.units(other, {"X": None})

    with as_web(own) as session:
        seen = session.scalars(select(Unit.id)).all()
        organisations = session.scalars(select(Organisation.id)).all()

    assert seen == ["E"]
    assert organisations == [own]


def test_web_without_an_organisation_sees_nothing(make: Make, as_web: AsWeb) -> None:
    make.units(make.organisation(), {"E": None})

    with as_web(None) as session:
        seen = session.scalars(select(Unit.id)).all()

    assert seen == []


def test_web_cannot_write_into_another_organisation(make: Make, as_web: AsWeb) -> None:
    own, other = make.organisation(), make.organisation()

    with pytest.raises(ProgrammingError, match="row-level security"), as_web(own) as session:
        session.execute(insert(Unit).values(organisation_id=other, id="E", name="Smygenheten"))


def test_web_puts_a_ballot_in_the_box(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None})
    measurement_id = make.measurement(organisation_id)

    with as_web(organisation_id) as session:
        session.execute(ballot(organisation_id, measurement_id))

    assert make.session.scalars(select(Ballot.envelope)).all() == [b"sealed"]


@pytest.mark.parametrize("statement", [select(Ballot.envelope), select(Ballot.id), select(ReleasedPiece.total)])
def test_web_cannot_read_ballots_nor_the_pieces_behind_a_release(
    make: Make, as_web: AsWeb, statement: Executable
) -> None:
    organisation_id = ballot_box(make)

    with pytest.raises(ProgrammingError, match="permission denied"), as_web(organisation_id) as session:
        session.execute(statement)


def test_web_cannot_change_or_delete_ballots(make: Make, as_web: AsWeb) -> None:
    organisation_id = ballot_box(make)

    for statement in (text("delete from ballot"), update(Ballot).values(envelope=b"forged")):
        with pytest.raises(ProgrammingError, match="permission denied"), as_web(organisation_id) as session:
            session.execute(statement)


def test_web_cannot_release_a_measurement_nor_touch_a_released_one(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    closed = make.measurement(organisation_id, MeasurementState.CLOSED, year=2026)
    released = make.measurement(organisation_id, MeasurementState.RELEASED, year=2025)

    for state in ("released", "destroyed"):
        with pytest.raises(ProgrammingError, match="row-level security"), as_web(organisation_id) as session:
            session.execute(update(Measurement).where(Measurement.id == closed).values(state=state))
    with as_web(organisation_id) as session:
        session.execute(update(Measurement).where(Measurement.id == released).values(state="open"))

    assert make.session.scalar(select(Measurement.state).where(Measurement.id == released)) == "released"


@pytest.mark.parametrize("state", [MeasurementState.DESTROYED, MeasurementState.CANCELLED])
def test_web_cannot_bring_back_what_is_over(make: Make, as_web: AsWeb, state: MeasurementState) -> None:
    organisation_id = make.organisation()
    over = make.measurement(organisation_id, state)

    with as_web(organisation_id) as session:
        session.execute(update(Measurement).where(Measurement.id == over).values(state="open"))

    assert make.session.scalar(select(Measurement.state).where(Measurement.id == over)) == state


def test_every_table_of_an_organisation_has_row_level_security_and_its_id_first_in_the_key(make: Make) -> None:
    secured = set(make.session.scalars(text("select relname from pg_class where relrowsecurity")))

    tables = Base.metadata.tables.values()

    assert secured == {table.name for table in tables} - PLATFORM_WIDE
    owned = [table for table in tables if table.name not in {*PLATFORM_WIDE, "organisation"}]
    assert [table.name for table in owned if next(iter(table.primary_key)).name != "organisation_id"] == []


def ballot_box(make: Make) -> OrganisationId:
    """An organisation with one ballot."""
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None})
    make.session.execute(ballot(organisation_id, make.measurement(organisation_id)))
    return organisation_id


def ballot(organisation_id: OrganisationId, measurement_id: MeasurementId) -> Insert:
    """A ballot of unit E, put in as the form does."""
    return insert(Ballot).values(
        organisation_id=organisation_id,
        id=new_id(),
        measurement_id=measurement_id,
        unit_id="E",
        channel="email",
        envelope=b"sealed",
    )
