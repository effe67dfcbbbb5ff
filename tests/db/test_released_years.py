"""Years of one unit."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from db.models import Placement, ReleasedUnit
from db.queries import released_years
from db.role_group import RoleGroup
from dimios_dash import instruments
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId, new_id
from tests.conftest import AsWeb
from tests.factories import Make

KEYS = instruments.load().statement_keys


def scope(organisation_id: OrganisationId, unit: str, branch: str | None = None) -> ResultsScope:
    highest = None if branch is None else UnitId(branch)
    return ResultsScope(organisation_id, MeasurementId(new_id()), 2025, highest, UnitId(unit))


@pytest.fixture
def organisation(make: Make) -> OrganisationId:
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None, "A": "K", "A1": "A", "B": "K"})
    return organisation_id


def test_released_years_with_the_unit_come_oldest_first(
    make: Make, as_web: AsWeb, organisation: OrganisationId
) -> None:
    make.release(organisation, 2025, {"A": 55.5}, answered=12)
    make.release(organisation, 2023, {"A": 44.4}, answered=9)
    make.measurement(organisation, MeasurementState.CLOSED, 2024)

    with as_web(organisation) as session:
        years = released_years.of_unit(session, scope(organisation, "A"))

    assert [(each.year, each.answered, set(each.means.values())) for each in years] == [
        (2023, 9, {44.4}),
        (2025, 12, {55.5}),
    ]


def test_means_by_role_type_stand_beside_how_many_of_each_answered(
    make: Make, as_web: AsWeb, organisation: OrganisationId
) -> None:
    split = make.release(organisation, 2024, {"A": 50})
    make.release(organisation, 2025, {"A": 50})
    here = update(ReleasedUnit).where(ReleasedUnit.measurement_id == split, ReleasedUnit.unit_id == "A")
    make.session.execute(
        here.values(role_answered=[None, None, 7, 5], role_mean=[[None, None, 40.0, 60.0]] * len(KEYS))
    )

    with as_web(organisation) as session:
        found = released_years.role_means_of_unit(session, scope(organisation, "A"))
        elsewhere = released_years.role_means_of_unit(session, scope(organisation, "A", branch="B"))

    assert list(found) == [2024, 2025]
    assert found[2024].answered == {RoleGroup.TYPE_3: 7, RoleGroup.TYPES_1_2: 5}
    assert found[2024].means[KEYS[0]] == {RoleGroup.TYPE_3: 40.0, RoleGroup.TYPES_1_2: 60.0}
    assert found[2025].answered == {}
    assert elsewhere == {}


def test_a_year_when_the_unit_lay_outside_the_users_branch_is_not_theirs_to_see(
    make: Make, as_web: AsWeb, organisation: OrganisationId
) -> None:
    moved = make.release(organisation, 2024, {"A1": 40})
    make.session.execute(
        update(Placement).where(Placement.measurement_id == moved, Placement.unit_id == "A1").values(parent_id="B")
    )
    make.release(organisation, 2025, {"A1": 50})

    with as_web(organisation) as session:
        of_leader = released_years.of_unit(session, scope(organisation, "A1", branch="A"))
        of_everybody = released_years.of_unit(session, scope(organisation, "A1"))

    assert [each.year for each in of_leader] == [2025]
    assert [each.year for each in of_everybody] == [2024, 2025]


def test_another_organisation_with_a_unit_of_the_same_id_is_not_mixed_in(
    make: Make, as_web: AsWeb, organisation: OrganisationId
) -> None:
    other = make.organisation()
    make.units(other, {"K": None, "A": "K"})
    make.release(other, 2024, {"A": 90})
    make.release(organisation, 2025, {"A": 50})

    with as_web(organisation) as session:
        years = released_years.of_unit(session, scope(organisation, "A"))

    assert [each.year for each in years] == [2025]
