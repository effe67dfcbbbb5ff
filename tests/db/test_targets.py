"""Targets: set, changed and removed by one who saw what stood there."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, event, select

from db.commands import targets as commands
from db.commands.targets import Chosen
from db.models import Account, AuditEvent, SignInName
from db.models import Target as Row
from db.queries import targets as queries
from db.queries.targets import Target
from dimios_dash import access
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.targets import Wish
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import OrganisationId, TargetId, UnitId, new_id
from tests.conftest import AsWeb
from tests.factories import Make

TODAY = date(2026, 4, 10)
TREE = {"K": None, "A": "K", "A1": "A", "B": "K"}


@pytest.fixture
def organisation(make: Make) -> OrganisationId:
    """Released 2025."""
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    make.release(organisation_id, 2025, dict.fromkeys(TREE, 50.0))
    return organisation_id


def aim(make: Make, organisation_id: OrganisationId, unit: str, level: str = "F1", value: float = 55.0) -> None:
    wish = Wish(value, 2027, "Kim Prov")
    commands.add(make.session, make.desk(organisation_id), UnitId(unit), level, wish, today=TODAY)


def seen(make: Make, organisation_id: OrganisationId, branch: str | None = None) -> tuple[Target, ...]:
    whole = access.export(make.session, organisation_id, 2025)
    unit = whole.unit_id if branch is None else UnitId(branch)
    highest = None if branch is None else unit
    scope = ResultsScope(organisation_id, whole.measurement_id, 2025, highest, unit)
    return queries.of_branch(make.session, scope)


def test_a_target_is_seen_with_its_year_and_owner(make: Make, organisation: OrganisationId) -> None:
    aim(make, organisation, "A")

    (found,) = seen(make, organisation)

    assert (found.unit_id, found.level, found.value, found.year, found.owner) == ("A", "F1", 55.0, 2027, "Kim Prov")


def test_an_account_is_shown_by_its_name_and_leaves_nobody_behind(make: Make, organisation: OrganisationId) -> None:
    account = make.account(organisation)
    wish = Wish(55.0, 2027, owner_account=account)
    commands.add(make.session, make.desk(organisation), UnitId("A"), "F", wish, today=TODAY)

    (before,) = seen(make, organisation)
    make.session.execute(delete(SignInName).where(SignInName.account_id == account))
    make.session.execute(delete(Account).where(Account.id == account))
    make.session.expire_all()
    (after,) = seen(make, organisation)

    assert (before.owner, before.owner_account) == ("Kim Prov", account)
    assert (after.owner, after.owner_account, after.value) == ("", None, 55.0)


def test_a_branch_sees_its_own_targets_alone(make: Make, organisation: OrganisationId) -> None:
    for unit in ("K", "A", "A1", "B"):
        aim(make, organisation, unit)

    assert {target.unit_id for target in seen(make, organisation, "A")} == {"A", "A1"}
    assert len(seen(make, organisation)) == 4


def test_the_second_of_two_who_change_it_is_told_and_changes_nothing(make: Make, organisation: OrganisationId) -> None:
    aim(make, organisation, "A")
    (first,) = seen(make, organisation)
    chosen, desk = Chosen(first.id, first.version), make.desk(organisation)
    commands.change(make.session, desk, chosen, Wish(60.0, 2028), today=TODAY)

    with pytest.raises(Invalid, match="Någon annan"):
        commands.change(make.session, desk, chosen, Wish(70.0, 2029), today=TODAY)
    with pytest.raises(Invalid, match="Någon annan"):
        commands.remove(make.session, desk, chosen)
    with pytest.raises(Invalid, match="Någon annan"):
        aim(make, organisation, "A")

    (found,) = seen(make, organisation)
    assert (found.value, found.year, found.version) == (60.0, 2028, 2)


def test_every_deed_leaves_an_audit_event(make: Make, organisation: OrganisationId) -> None:
    aim(make, organisation, "A")
    (target,) = seen(make, organisation)
    desk = make.desk(organisation)
    commands.change(make.session, desk, Chosen(target.id, 1), Wish(60.0, 2028), today=TODAY)
    commands.remove(make.session, desk, Chosen(target.id, 2))

    told = make.session.scalars(select(AuditEvent).where(AuditEvent.organisation_id == organisation)).all()

    assert sorted((each.event, each.details.get("value")) for each in told) == [
        ("target_removed", None),
        ("target_set", 55.0),
        ("target_set", 60.0),
    ]
    assert seen(make, organisation) == ()


def test_what_belongs_to_others_looks_missing(make: Make, organisation: OrganisationId) -> None:
    aim(make, organisation, "A")
    (target,) = seen(make, organisation)
    other = make.organisation()
    make.units(other, {"X": None})
    strangers_account = make.account(other)
    chosen = Chosen(target.id, 1)

    for desk in (make.desk(other), make.desk(organisation, "B")):
        with pytest.raises(NotFound):
            commands.change(make.session, desk, chosen, Wish(60.0, 2028), today=TODAY)
        with pytest.raises(NotFound):
            commands.remove(make.session, desk, chosen)
        with pytest.raises(NotFound):
            commands.add(make.session, desk, UnitId("A"), "F2", Wish(60.0, 2028), today=TODAY)
    wish = Wish(60.0, 2028, owner_account=strangers_account)
    with pytest.raises(NotFound):
        commands.change(make.session, make.desk(organisation), chosen, wish, today=TODAY)
    with pytest.raises(NotFound):
        commands.remove(make.session, make.desk(organisation), Chosen(TargetId(new_id()), 1))


@pytest.mark.parametrize("level", ["F1.1", "X", ""])
def test_only_levels_of_the_instrument_have_targets(make: Make, organisation: OrganisationId, level: str) -> None:
    with pytest.raises(Invalid):
        aim(make, organisation, "A", level)


def test_web_sees_and_sets_those_of_its_organisation_alone(
    make: Make, organisation: OrganisationId, as_web: AsWeb
) -> None:
    aim(make, organisation, "A")
    other = make.organisation()
    make.units(other, {"A": None})

    with as_web(other) as session:
        assert session.scalars(select(Row)).all() == []
        commands.add(session, make.desk(other), UnitId("A"), "F1", Wish(10.0, 2027), today=TODAY)
    with as_web(organisation) as session:
        assert [each.value for each in session.scalars(select(Row))] == [55.0]


def test_reading_takes_one_statement(make: Make, organisation: OrganisationId) -> None:
    for unit in TREE:
        aim(make, organisation, unit)
    scope = access.export(make.session, organisation, 2025)
    statements: list[str] = []
    connection = make.session.connection()
    event.listen(connection, "before_cursor_execute", lambda *call: statements.append(call[2]))

    queries.of_branch(make.session, scope)

    assert len(statements) == 1
