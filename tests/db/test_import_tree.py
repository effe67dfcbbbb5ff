from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from db.commands.tree import import_tree, plan_import
from db.models import AuditEvent, Placement
from db.models import Unit as Stored
from db.queries import unit_history, units
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.lineage import ChangeKind
from dimios_dash.errors import Invalid
from dimios_dash.ids import OrganisationId, UnitId
from dimios_dash.intake.tree_file import UnitRow, read_tree
from tests.conftest import AsWeb
from tests.factories import Make

FILE = ("K;;Kommunen;ledning;4", "A1;A;Norra skolan;skola;", "A;K;Skola;skola;120", "B;K;Vård;vard;80")
YEAR = 2026


def rows(*lines: str) -> tuple[UnitRow, ...]:
    """Rows of a file without errors."""
    parsed = read_tree("\n".join(["enhet_id;overordnad_id;namn;verksamhet;anstallda", *lines]).encode(), "trad.csv")
    assert parsed.as_lines() == []
    return parsed.rows


def stored(make: Make, organisation_id: OrganisationId) -> dict[str, tuple[object, ...]]:
    found = make.session.scalars(select(Stored).where(Stored.organisation_id == organisation_id))
    return {unit.id: (unit.parent_id, unit.name, unit.activity, unit.employees, unit.closed) for unit in found}


def events(make: Make, organisation_id: OrganisationId) -> list[AuditEvent]:
    found = make.session.scalars(select(AuditEvent).where(AuditEvent.organisation_id == organisation_id))
    return [event for event in found if event.event == "tree_imported"]


def test_a_file_becomes_the_tree_whatever_the_order_of_its_rows(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()

    with as_web(organisation_id) as session:
        import_tree(session, make.desk(organisation_id), rows(*FILE), YEAR)
        seen = units.tree(session, make.desk(organisation_id))

    assert stored(make, organisation_id) == {
        "K": (None, "Kommunen", "ledning", 4, False),
        "A": ("K", "Skola", "skola", 120, False),
        "A1": ("A", "Norra skolan", "skola", None, False),
        "B": ("K", "Vård", "vard", 80, False),
    }
    assert [unit.unit_id for unit in seen] == ["K", "A", "A1", "B"]


def test_the_same_file_again_changes_nothing_and_leaves_no_event(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    account_id = make.account(organisation_id)
    scope = DeskScope(organisation_id, account_id, None)

    with as_web(organisation_id) as session:
        first = import_tree(session, scope, rows(*FILE), YEAR)
        second = import_tree(session, scope, rows(*FILE), YEAR)

    assert (first.nothing_to_do, second.nothing_to_do) == (False, True)
    (event,) = events(make, organisation_id)
    assert event.account_id == account_id
    assert event.details == {
        "created": 4,
        "reopened": 0,
        "renamed": 0,
        "moved": 0,
        "described": 0,
        "closed": 0,
    }


def test_units_change_and_units_without_respondents_close(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    changed = rows("K;;Kommunen;ledning;4", "B;K;Omsorg;vard;90", "A1;B;Norra skolan;skola;")

    with as_web(organisation_id) as session:
        import_tree(session, make.desk(organisation_id), rows(*FILE), YEAR)
        import_tree(session, make.desk(organisation_id), changed, YEAR)
        seen = units.tree(session, make.desk(organisation_id))

    assert stored(make, organisation_id) == {
        "K": (None, "Kommunen", "ledning", 4, False),
        "A": ("K", "Skola", "skola", 120, True),
        "A1": ("B", "Norra skolan", "skola", None, False),
        "B": ("K", "Omsorg", "vard", 90, False),
    }
    assert [unit.unit_id for unit in seen] == ["K", "B", "A1"]


def test_another_order_in_the_file_is_another_order_in_the_tree(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()

    with as_web(organisation_id) as session:
        import_tree(session, make.desk(organisation_id), rows(*FILE), YEAR)
        import_tree(session, make.desk(organisation_id), rows(FILE[0], FILE[3], FILE[2], FILE[1]), YEAR)
        seen = units.tree(session, make.desk(organisation_id))

    assert [unit.unit_id for unit in seen] == ["K", "B", "A", "A1"]


def test_a_unit_with_respondents_this_year_stays(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None, "A": "K", "B": "K"})
    last_year = make.measurement(organisation_id, MeasurementState.RELEASED, YEAR - 1)
    this_year = make.measurement(organisation_id, MeasurementState.DRAFT, YEAR)
    make.invitation(organisation_id, last_year, "B")
    make.invitation(organisation_id, this_year, "A")

    with as_web(organisation_id) as session:
        with pytest.raises(Invalid, match=r"har respondenter i årets mätning: Enhet A \(A\)\."):
            import_tree(session, make.desk(organisation_id), rows("K;;Kommunen;;"), YEAR)
        import_tree(session, make.desk(organisation_id), rows("K;;Kommunen;;", "A;K;Enhet A;;"), YEAR)

    assert {unit: facts[-1] for unit, facts in stored(make, organisation_id).items()} == {
        "K": False,
        "A": False,
        "B": True,
    }


def test_while_a_measurement_is_open_the_tree_changes_and_the_tree_that_is_measured_does_not(
    make: Make, as_web: AsWeb
) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None, "A": "K"})
    measurement_id = make.measurement(organisation_id, MeasurementState.OPEN, YEAR)

    with as_web(organisation_id) as session:
        import_tree(session, make.desk(organisation_id), rows(*FILE), YEAR)

    frozen = select(Placement.unit_id, Placement.name).where(Placement.measurement_id == measurement_id)
    assert set(map(tuple, make.session.execute(frozen))) == {("K", "Enhet K"), ("A", "Enhet A")}
    assert len(stored(make, organisation_id)) == 4


def test_what_a_file_did_is_remembered_unit_by_unit(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None, "A": "K", "A1": "A", "B": "K"})
    make.measurement(organisation_id, MeasurementState.RELEASED, YEAR - 1)
    changed = rows("K;;Enhet K;;", "A;K;Skola;skola;7", "A1;K;Enhet A1;;")

    with as_web(organisation_id) as session:
        import_tree(session, make.desk(organisation_id), changed, YEAR)
        happened = unit_history.between(session, make.desk(organisation_id), YEAR - 1)

    assert {(each.kind, each.unit_id, each.to, each.was, each.became) for each in happened} == {
        (ChangeKind.RENAMED, "A", (), "Enhet A", "Skola"),
        (ChangeKind.DESCRIBED, "A", (), "Övrigt, inget antal anställda", "Skola, 7 anställda"),
        (ChangeKind.MOVED, "A1", ("K",), "Skola", "Enhet K"),
        (ChangeKind.CLOSED, "B", (), "Enhet B", "Enhet B"),
    }
    versions = make.session.execute(select(Stored.id, Stored.version).where(Stored.organisation_id == organisation_id))
    assert {row.id: row.version for row in versions} == {"K": 1, "A": 2, "A1": 2, "B": 2}


def test_a_sub_administrator_changes_the_own_branch_and_nothing_else(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None, "A": "K", "A1": "A", "B": "K"})
    before = stored(make, organisation_id)
    desk = make.desk(organisation_id, branch="A")

    with as_web(organisation_id) as session:
        import_tree(session, desk, rows("A;;Skola;;", "A2;A;Södra;;"), YEAR)
        seen = units.tree(session, desk)

    after = stored(make, organisation_id)
    assert {unit: after[unit] for unit in ("K", "B")} == {unit: before[unit] for unit in ("K", "B")}
    assert after["A"][:2] == ("K", "Skola")
    assert after["A1"][-1] is True
    assert [unit.unit_id for unit in seen] == ["A", "A2"]


@pytest.mark.parametrize("lines", [FILE, ("A;;Skola;;", "B;A;Vård;;"), ("B;;Vård;;",)])
def test_a_sub_administrators_file_cannot_reach_outside_the_branch(
    make: Make, as_web: AsWeb, lines: tuple[str, ...]
) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None, "A": "K", "A1": "A", "B": "K"})
    before = stored(make, organisation_id)

    with pytest.raises(Invalid), as_web(organisation_id) as session:
        import_tree(session, make.desk(organisation_id, branch="A"), rows(*lines), YEAR)

    assert stored(make, organisation_id) == before


def test_another_organisations_units_of_the_same_ids_are_not_touched(make: Make, as_web: AsWeb) -> None:
    own, other = make.organisation(), make.organisation()
    make.units(other, {"K": None, "A": "K"})
    before = stored(make, other)

    with as_web(own) as session:
        import_tree(session, make.desk(own), rows(*FILE), YEAR)

    assert stored(make, other) == before
    assert len(stored(make, own)) == 4


def test_planning_writes_nothing(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()

    with as_web(organisation_id) as session:
        plan = plan_import(session, make.desk(organisation_id), rows(*FILE), YEAR)

    assert len(plan.changes) == 4
    assert stored(make, organisation_id) == {}


def test_three_thousand_units_are_imported(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    lines = ["K;;Kommunen;;", *(f"E{n};{'K' if n < 10 else f'E{n // 10}'};Enhet {n};;" for n in range(1, 3000))]

    with as_web(organisation_id) as session:
        import_tree(session, make.desk(organisation_id), rows(*lines), YEAR)
        seen = units.tree(session, make.desk(organisation_id, branch="E7"))

    assert len(stored(make, organisation_id)) == 3000
    assert {unit.unit_id for unit in seen} == {UnitId(f"E{n}") for n in range(1, 3000) if str(n).startswith("7")}


def test_a_yes_to_an_older_tree_than_that_of_today_is_refused(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    scope = DeskScope(organisation_id, make.account(organisation_id), None)

    with as_web(organisation_id) as session:
        import_tree(session, scope, rows(*FILE), YEAR, datetime.now(UTC))
        before = units.every(session, scope)
        with pytest.raises(Invalid, match="Kim Prov ändrade trädet klockan"):
            import_tree(session, scope, rows("K;;Kommunen;;"), YEAR, datetime(2026, 1, 1, tzinfo=UTC))
        assert units.every(session, scope) == before
