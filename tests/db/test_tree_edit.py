from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands import tree_edit
from db.commands.tree_edit import Named, Stale
from db.models import AuditEvent, Invitation, Placement, UnitChange
from db.queries import unit_history, units
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.lineage import ChangeKind
from dimios_dash.domain.trees.tree_deeds import Edit
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.unit_description import Described
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import OrganisationId, UnitId
from tests.conftest import AsWeb
from tests.factories import Make

K, A, A1, B = map(UnitId, ("K", "A", "A1", "B"))
TREE = {"K": None, "A": "K", "A1": "A", "B": "K"}
YEAR = 2026
VARD = Described("Vård", Activity.VARD, "80")


@pytest.fixture
def ours(make: Make) -> OrganisationId:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    return organisation_id


def unit(session: Session, scope: DeskScope, unit_id: str) -> Unit:
    return next(each for each in units.every(session, scope) if each.unit_id == unit_id)


def order(session: Session, scope: DeskScope) -> list[str]:
    return [each.unit_id for each in units.tree(session, scope)]


def people(make: Make, organisation_id: OrganisationId) -> dict[str, str]:
    """The unit of each invitation."""
    make.session.expire_all()
    found = make.session.scalars(select(Invitation).where(Invitation.organisation_id == organisation_id))
    return {str(each.id): each.unit_id for each in found}


def test_each_deed_is_written_remembered_and_told_to_those_who_ask(
    make: Make, as_web: AsWeb, ours: OrganisationId
) -> None:
    account_id = make.account(ours)
    scope = DeskScope(ours, account_id, None)

    with as_web(ours) as session:
        tree_edit.describe(session, scope, Named(B, 1), VARD)
        tree_edit.add(session, scope, Named(A, 1), "", Described("Södra", Activity.SKOLA, ""))
        tree_edit.move(session, scope, Named(A1, 1), B)
        tree_edit.split(session, scope, Named(A1, 2), ["Norra", "Östra"])
        tree_edit.close(session, scope, Named(UnitId("A-1"), 1))
        tree_edit.reopen(session, scope, Named(UnitId("A-1"), 2))
        tree_edit.merge(session, scope, Named(UnitId("A-1"), 3), A)
        seen, history = order(session, scope), unit_history.of_unit(session, scope, A1)

    assert seen == ["K", "A", "B", "A1", "A1-1", "A1-2"]
    assert [(each.change.kind, each.who) for each in history] == [
        (ChangeKind.MOVED, "Kim Prov"),
        (ChangeKind.SPLIT, "Kim Prov"),
    ]
    events = make.session.scalars(select(AuditEvent.event).where(AuditEvent.account_id == account_id))
    assert sorted(events) == [
        *("unit_added", "unit_closed", "unit_described", "unit_merged", "unit_moved", "unit_reopened", "unit_split"),
    ]


def test_a_deed_that_changes_nothing_leaves_no_trace(make: Make, as_web: AsWeb, ours: OrganisationId) -> None:
    with as_web(ours) as session:
        tree_edit.describe(session, make.desk(ours), Named(A, 1), Described("Enhet A", Activity.OVRIGT, ""))
        same = unit(session, make.desk(ours), "A")

    assert same.version == 1
    assert make.session.scalars(select(UnitChange).where(UnitChange.organisation_id == ours)).all() == []
    assert make.session.scalars(select(AuditEvent).where(AuditEvent.organisation_id == ours)).all() == []


def test_another_order_is_kept_and_changes_no_version(make: Make, as_web: AsWeb, ours: OrganisationId) -> None:
    with as_web(ours) as session:
        tree_edit.move(session, make.desk(ours), Named(B, 1), K, before=A)
        seen, moved = order(session, make.desk(ours)), unit(session, make.desk(ours), "B")

    assert seen == ["K", "B", "A", "A1"]
    assert moved.version == 1


def test_who_comes_second_is_told_who_did_what_and_nothing_of_theirs_is_done(
    make: Make, as_web: AsWeb, ours: OrganisationId
) -> None:
    first, second = DeskScope(ours, make.account(ours), None), make.desk(ours)

    with as_web(ours) as session:
        tree_edit.describe(session, first, Named(A, 1), VARD)
        with pytest.raises(Stale) as told:
            tree_edit.describe(session, second, Named(A, 1), Described("Omsorg", Activity.SOCIAL, ""))
        left = unit(session, second, "A")

    assert "Vård har ändrats sedan du öppnade sidan. Kim Prov bytte namn från Enhet A till Vård klockan" in str(
        told.value
    )
    assert "Din ändring är inte gjord" in str(told.value)
    assert (left.name, left.version) == ("Vård", 2)


DEEDS: dict[str, Callable[[Session, DeskScope, Named], Edit]] = {
    "add": lambda session, scope, named: tree_edit.add(session, scope, named, "", VARD),
    "describe": lambda session, scope, named: tree_edit.describe(session, scope, named, VARD),
    "move": lambda session, scope, named: tree_edit.move(session, scope, named, K),
    "merge": lambda session, scope, named: tree_edit.merge(session, scope, named, B),
    "split": lambda session, scope, named: tree_edit.split(session, scope, named, ["En", "Två"]),
    "close": tree_edit.close,
    "reopen": tree_edit.reopen,
}


@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_is_refused_to_somebody_who_saw_an_older_version(
    make: Make, as_web: AsWeb, ours: OrganisationId, deed: str
) -> None:
    scope = make.desk(ours)

    with as_web(ours) as session:
        tree_edit.describe(session, scope, Named(A1, 1), VARD)
        before = units.every(session, scope)
        with pytest.raises(Stale, match="Din ändring är inte gjord"):
            DEEDS[deed](session, scope, Named(A1, 1))
        assert units.every(session, scope) == before


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("outside", ["K", "B", "B1"])
def test_a_sub_administrator_finds_nothing_outside_the_branch(
    make: Make, as_web: AsWeb, ours: OrganisationId, deed: str, outside: str
) -> None:
    make.units(ours, {"B1": "B"})
    scope = make.desk(ours, branch="A")

    with as_web(ours) as session:
        before = units.every(session, scope)
        with pytest.raises(NotFound):
            DEEDS[deed](session, scope, Named(UnitId(outside), 1))
        for target in (K, B):
            with pytest.raises(NotFound):
                tree_edit.move(session, scope, Named(A1, 1), target)
            with pytest.raises(NotFound):
                tree_edit.merge(session, scope, Named(A1, 1), target)
        assert units.every(session, scope) == before


def test_a_sub_administrator_does_everything_inside_the_branch(make: Make, as_web: AsWeb, ours: OrganisationId) -> None:
    scope = make.desk(ours, branch="A")

    with as_web(ours) as session:
        tree_edit.describe(session, scope, Named(A, 1), VARD)
        tree_edit.add(session, scope, Named(A, 2), "A2", VARD)
        tree_edit.move(session, scope, Named(A1, 1), UnitId("A2"))
        tree_edit.split(session, scope, Named(UnitId("A2"), 1), ["En", "Två"])
        tree_edit.merge(session, scope, Named(UnitId("A2-1"), 1), UnitId("A2-2"))
        tree_edit.close(session, scope, Named(UnitId("A2"), 2))
        seen = order(session, scope)

    assert seen == ["A", "A2-2"]


@pytest.mark.parametrize("deed", DEEDS)
def test_another_organisations_units_of_the_same_ids_are_not_found(
    make: Make, as_web: AsWeb, ours: OrganisationId, deed: str
) -> None:
    stranger = make.organisation()
    make.units(stranger, {"X": None})

    with as_web(stranger) as session, pytest.raises(NotFound):
        DEEDS[deed](session, make.desk(stranger), Named(A1, 1))

    assert unit(make.session, make.desk(ours), "A1").version == 1


def test_people_of_a_draft_follow_a_merged_unit_and_those_of_earlier_years_do_not(
    make: Make, as_web: AsWeb, ours: OrganisationId
) -> None:
    last_year = make.measurement(ours, MeasurementState.RELEASED, YEAR - 1)
    draft = make.measurement(ours, MeasurementState.DRAFT, YEAR)
    then = make.invitation(ours, last_year, "A1")
    now, removed = make.invitation(ours, draft, "A1"), make.invitation(ours, draft, "A1", removed=True)

    with as_web(ours) as session:
        tree_edit.merge(session, make.desk(ours), Named(A1, 1), B)

    assert people(make, ours) == {str(then.id): "A1", str(now.id): "B", str(removed.id): "B"}
    versions = {each: make.session.get_one(Invitation, (ours, each)).version for each in (then.id, now.id)}
    assert versions == {then.id: 1, now.id: 2}  # whoever has them open to edit is told


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("deed", ["merge", "close"])
def test_while_a_measurement_is_open_a_unit_with_people_in_it_waits(
    make: Make, as_web: AsWeb, ours: OrganisationId, deed: str, *, answered: bool
) -> None:
    measurement_id = make.measurement(ours, MeasurementState.OPEN, YEAR)
    invited = make.invitation(ours, measurement_id, "A1", answered=answered)

    with as_web(ours) as session, pytest.raises(Invalid, match="respondenter i Enhet A1"):
        DEEDS[deed](session, make.desk(ours), Named(A1, 1))

    assert people(make, ours) == {str(invited.id): "A1"}
    assert not unit(make.session, make.desk(ours), "A1").closed


def test_a_unit_whose_branch_has_people_in_the_draft_cannot_close(
    make: Make, as_web: AsWeb, ours: OrganisationId
) -> None:
    draft = make.measurement(ours, MeasurementState.DRAFT, YEAR)
    make.invitation(ours, draft, "A1")

    with as_web(ours) as session, pytest.raises(Invalid, match="Enhet A1 har respondenter i årets urval"):
        tree_edit.close(session, make.desk(ours), Named(A, 1))


@pytest.mark.parametrize("deed", [each for each in DEEDS if each != "reopen"])
def test_the_tree_of_a_measurement_that_has_started_never_changes(
    make: Make, as_web: AsWeb, ours: OrganisationId, deed: str
) -> None:
    make.measurement(ours, MeasurementState.OPEN, YEAR)
    frozen = select(Placement.unit_id, Placement.parent_id, Placement.name, Placement.position)
    before = sorted(map(tuple, make.session.execute(frozen.where(Placement.organisation_id == ours))))

    with as_web(ours) as session:
        DEEDS[deed](session, make.desk(ours), Named(A1, 1))

    assert sorted(map(tuple, make.session.execute(frozen.where(Placement.organisation_id == ours)))) == before


def test_a_change_is_remembered_as_later_than_the_newest_measurement_that_has_started(
    make: Make, as_web: AsWeb, ours: OrganisationId
) -> None:
    scope = make.desk(ours)
    with as_web(ours) as session:
        tree_edit.describe(session, scope, Named(A, 1), Described("Ett", Activity.SKOLA, ""))
    make.measurement(ours, MeasurementState.RELEASED, YEAR - 1)
    with as_web(ours) as session:
        tree_edit.describe(session, scope, Named(A, 2), Described("Två", Activity.SKOLA, ""))
    make.measurement(ours, MeasurementState.OPEN, YEAR)

    with as_web(ours) as session:
        tree_edit.describe(session, scope, Named(A, 3), Described("Tre", Activity.SKOLA, ""))
        between = unit_history.between(session, scope, YEAR - 1, YEAR)
        since = unit_history.between(session, scope, YEAR - 1)

    assert [each.became for each in between] == ["Två"]
    assert [each.became for each in since] == ["Två", "Tre"]


def test_the_first_unit_can_be_written_by_hand(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()

    with as_web(organisation_id) as session:
        tree_edit.add(session, make.desk(organisation_id), None, "", Described("Granvik", Activity.OVRIGT, ""))
        seen = order(session, make.desk(organisation_id))

    assert seen == ["1"]
