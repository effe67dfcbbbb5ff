from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select, update

from db.commands.respondents import import_respondents, plan_import
from db.models import AuditEvent, Invitation, Outbox, Placement
from db.queries import respondents
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.respondents.respondent_plan import RespondentDeed
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.intake.respondent_file import RespondentRow
from tests.conftest import AsWeb
from tests.factories import Make

TREE = {"K": None, "A": "K", "A1": "A", "B": "K"}


def row(address: str, unit: str = "A", role_type: int | None = None, number: int = 2) -> RespondentRow:
    return RespondentRow(number, address, UnitId(unit), role_type)


def begun(make: Make, state: MeasurementState = MeasurementState.DRAFT) -> tuple[OrganisationId, MeasurementId]:
    """An organisation with a tree and a measurement."""
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    return organisation_id, make.measurement(organisation_id, state)


def vault(make: Make, organisation_id: OrganisationId) -> AddressVault:
    return AddressVault.open(make.keys, organisation_id)


def listed(make: Make, organisation_id: OrganisationId, measurement_id: MeasurementId) -> dict[str, tuple[object, ...]]:
    """Address -> unit, role type, state of the mail."""
    found = respondents.listing(make.session, make.desk(organisation_id), vault(make, organisation_id), measurement_id)
    return {person.address: (person.unit_id, person.role_type, person.mail) for person in found}


def queued(make: Make, measurement_id: MeasurementId) -> Sequence[tuple[str, str]]:
    """Kind and unit of every mail that waits."""
    rows = make.session.execute(
        select(Outbox.kind, Invitation.unit_id)
        .join(Invitation, Invitation.id == Outbox.invitation_id)
        .where(Outbox.measurement_id == measurement_id)
        .order_by(Invitation.unit_id)
    )
    return [(kind, unit) for kind, unit in rows]


def test_respondents_are_added_and_nobody_is_mailed_before_the_start(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    rows = [row("Anna@kommun.example", "A", 2), row("bo@kommun.example", "B")]

    with as_web(organisation_id) as session:
        import_respondents(session, make.desk(organisation_id), vault(make, organisation_id), measurement_id, rows)

    assert listed(make, organisation_id, measurement_id) == {
        "Anna@kommun.example": ("A", 2, "not_sent"),
        "bo@kommun.example": ("B", None, "not_sent"),
    }
    assert queued(make, measurement_id) == []
    assert b"kommun" not in b"".join(make.session.scalars(select(Invitation.address)))


def test_whoever_runs_the_measurement_may_be_asked_as_well(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make, MeasurementState.OPEN)
    make.account(organisation_id, address="nyckel@kommun.example")
    rows = [row("Nyckel@kommun.example", "A", 2)]

    with as_web(organisation_id) as session:
        import_respondents(session, make.desk(organisation_id), vault(make, organisation_id), measurement_id, rows)

    assert listed(make, organisation_id, measurement_id) == {"Nyckel@kommun.example": ("A", 2, "not_sent")}
    assert queued(make, measurement_id) == [("invitation", "A")]


def test_the_same_list_in_other_letters_changes_nothing_and_leaves_no_event(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    keys, desk = vault(make, organisation_id), make.desk(organisation_id)

    with as_web(organisation_id) as session:
        import_respondents(session, desk, keys, measurement_id, [row("anna@kommun.example", "A", 1)])
        again = import_respondents(session, desk, keys, measurement_id, [row("ANNA@Kommun.Example", "A", None)])

    assert again.nothing_to_do
    assert listed(make, organisation_id, measurement_id) == {"anna@kommun.example": ("A", 1, "not_sent")}
    details = make.session.scalars(select(AuditEvent.details).where(AuditEvent.organisation_id == organisation_id))
    assert details.all() == [dict.fromkeys(RespondentDeed, 0) | {"new": 1}]


def test_those_who_have_not_answered_move_and_those_who_have_stay(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make, MeasurementState.OPEN)
    make.invitation(organisation_id, measurement_id, "A", "tyst@kommun.example", role_type=1)
    answered = make.invitation(organisation_id, measurement_id, "A", "klar@kommun.example", role_type=1)
    make.session.execute(update(Invitation).where(Invitation.id == answered.id).values(answered=True))
    rows = [row("tyst@kommun.example", "B", 3), row("klar@kommun.example", "B", 3)]

    with as_web(organisation_id) as session:
        plan = import_respondents(
            session, make.desk(organisation_id), vault(make, organisation_id), measurement_id, rows
        )

    assert [outcome.deed for outcome in plan.outcomes] == [RespondentDeed.CHANGED, RespondentDeed.ANSWERED]
    assert listed(make, organisation_id, measurement_id) == {
        "tyst@kommun.example": ("B", 3, "sent"),
        "klar@kommun.example": ("A", 1, "sent"),
    }


def test_somebody_who_was_removed_comes_back(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    gone = make.invitation(organisation_id, measurement_id, "A", "ater@kommun.example", role_type=1)
    make.session.execute(update(Invitation).where(Invitation.id == gone.id).values(removed=True))

    with as_web(organisation_id) as session:
        import_respondents(
            session,
            make.desk(organisation_id),
            vault(make, organisation_id),
            measurement_id,
            [row("ater@kommun.example", "B")],
        )

    assert listed(make, organisation_id, measurement_id) == {"ater@kommun.example": ("B", 1, "sent")}


def test_who_is_added_while_the_measurement_is_open_is_invited_once(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make, MeasurementState.OPEN)
    keys, desk = vault(make, organisation_id), make.desk(organisation_id)

    with as_web(organisation_id) as session:
        import_respondents(session, desk, keys, measurement_id, [row("a@kommun.example", "A")])
        import_respondents(
            session, desk, keys, measurement_id, [row("a@kommun.example", "A"), row("b@kommun.example", "B")]
        )

    assert queued(make, measurement_id) == [("invitation", "A"), ("invitation", "B")]


def test_nobody_is_added_to_a_unit_that_does_not_take_part(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make, MeasurementState.OPEN)
    make.session.execute(update(Placement).where(Placement.unit_id == "B").values(takes_part=False))

    with pytest.raises(Invalid, match="Rad 5: Enheten B ingår inte"), as_web(organisation_id) as session:
        import_respondents(
            session,
            make.desk(organisation_id),
            vault(make, organisation_id),
            measurement_id,
            [row("a@kommun.example", "A"), row("b@kommun.example", "B", number=5)],
        )

    assert listed(make, organisation_id, measurement_id) == {}


@pytest.mark.parametrize("state", [MeasurementState.CLOSED, MeasurementState.RELEASED])
def test_a_measurement_that_is_over_takes_no_respondents(make: Make, as_web: AsWeb, state: MeasurementState) -> None:
    organisation_id, measurement_id = begun(make, state)

    with pytest.raises(Invalid, match="utkast eller pågår"), as_web(organisation_id) as session:
        import_respondents(
            session,
            make.desk(organisation_id),
            vault(make, organisation_id),
            measurement_id,
            [row("a@kommun.example")],
        )


def test_another_organisations_measurement_looks_missing(make: Make, as_web: AsWeb) -> None:
    own, _ = begun(make)
    _, others = begun(make)

    with pytest.raises(Invalid), as_web(own) as session:
        import_respondents(session, make.desk(own), vault(make, own), others, [row("a@kommun.example")])

    assert make.session.scalar(select(func.count()).where(Invitation.measurement_id == others)) == 0


def test_a_sub_administrator_adds_to_the_own_branch_only(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    keys, desk = vault(make, organisation_id), make.desk(organisation_id, branch="A")

    with as_web(organisation_id) as session:
        import_respondents(session, desk, keys, measurement_id, [row("a@kommun.example", "A1")])
        with pytest.raises(Invalid, match="Enheten B ingår inte"):
            import_respondents(session, desk, keys, measurement_id, [row("b@kommun.example", "B")])

    assert listed(make, organisation_id, measurement_id) == {"a@kommun.example": ("A1", None, "not_sent")}


def test_a_sub_administrator_neither_sees_nor_fetches_somebody_of_another_branch(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    make.invitation(organisation_id, measurement_id, "B", "bo@kommun.example", role_type=1)
    keys, desk = vault(make, organisation_id), make.desk(organisation_id, branch="A")

    with as_web(organisation_id) as session:
        plan = import_respondents(session, desk, keys, measurement_id, [row("bo@kommun.example", "A", 3)])
        seen = respondents.listing(session, desk, keys, measurement_id)
        counts = respondents.count_per_unit(session, desk, measurement_id)

    assert plan.nothing_to_do
    assert (seen, counts) == ([], {})
    assert listed(make, organisation_id, measurement_id) == {"bo@kommun.example": ("B", 1, "sent")}


def test_planning_before_there_is_a_measurement_finds_everybody_new(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)

    with as_web(organisation_id) as session:
        plan = plan_import(
            session,
            make.desk(organisation_id),
            vault(make, organisation_id),
            None,
            [row("a@kommun.example")],
            year=2026,
        )

    assert plan.counts == {RespondentDeed.NEW: 1}
    assert plan.obstacles == ()


def test_twenty_thousand_respondents_are_imported_and_listed_by_unit(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make, MeasurementState.OPEN)
    keys, desk = vault(make, organisation_id), make.desk(organisation_id)
    rows = [row(f"person{n}@kommun.example", ("A", "B")[n % 2], n % 3 + 1) for n in range(20_000)]

    with as_web(organisation_id) as session:
        import_respondents(session, desk, keys, measurement_id, rows)
        counts = respondents.count_per_unit(session, desk, measurement_id)
        first = respondents.listing(session, desk, keys, measurement_id, limit=100)

    assert counts == {"A": 10_000, "B": 10_000}
    assert [person.unit_id for person in first] == ["A"] * 100
    assert len(queued(make, measurement_id)) == 20_000
