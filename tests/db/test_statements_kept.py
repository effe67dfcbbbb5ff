"""Statements are kept by their scope: what one scope asks never answers another, and answers are never kept."""

from __future__ import annotations

from dataclasses import replace

from db.queries import released_years, releases, targets, year_comparisons
from dimios_dash import access
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import UnitId
from tests.factories import Make
from tests.pages.context import context

TREE = {"K": None, "A": "K", "A1": "A", "B": "K"}


def test_each_scope_is_answered_by_its_own_statement_and_anew(make: Make) -> None:
    one, other = make.organisation(), make.organisation()
    for organisation_id in (one, other):
        make.units(organisation_id, TREE)
        make.release(organisation_id, 2025, dict.fromkeys(TREE, 50.0))
    own = access.results(context(make, one, Role.LEADER), 2025, "A")
    branch = access.results(context(make, one, Role.LEADER, branch="A"), 2025, "A")
    theirs = access.results(context(make, other, Role.LEADER), 2025, "B")

    def seen() -> list[object]:
        return [
            [unit.unit_id for unit in releases.read(make.session, scope).units] for scope in (own, branch, theirs, own)
        ]

    first = seen()
    make.session.connection().exec_driver_sql("update placement set name = 'Nytt namn' where unit_id = 'A1'")

    assert first == seen() == [["K", "A", "B", "A1"], ["A", "A1"], ["K", "A", "B", "A1"], ["K", "A", "B", "A1"]]
    assert releases.read(make.session, own).unit(UnitId("A1")).name == "Nytt namn"


def test_a_unit_of_another_scope_has_years_and_comparisons_of_its_own(make: Make) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    make.release(organisation_id, 2024, {"K": 40.0, "A": 40.0, "A1": None, "B": 60.0})
    make.release(organisation_id, 2025, {"K": 50.0, "A": 45.0, "A1": None, "B": 65.0})
    scope = access.results(context(make, organisation_id, Role.LEADER), 2025, "A")

    years = [released_years.of_unit(make.session, scope.narrow(UnitId(unit))) for unit in ("A", "B", "A")]
    shown = [[set(year.means.values()) for year in each] for each in years]

    assert shown == [[{40.0}, {45.0}], [{60.0}, {65.0}], [{40.0}, {45.0}]]
    assert targets.of_branch(make.session, scope) == ()
    assert year_comparisons.of_children(make.session, scope, 2024).keys() <= {UnitId("A1")}
    assert released_years.of_unit(make.session, replace(scope, branch=UnitId("B"))) == ()
