"""Who may do what."""

from __future__ import annotations

import pytest

from dimios_dash.domain.permissions import GRANTS, Permission, Role, may

TABLE = {
    Role.KEY_USER: "results_read tree_edit respondents_edit measurement_run follow_up suggestions_review targets_set"
    " sharing",
    Role.SUB_ADMINISTRATOR: "tree_edit respondents_edit follow_up",
    Role.ACCOUNT_ADMINISTRATOR: "people_edit sharing",
    Role.LEADER: "results_read",
    Role.FACILITATOR: "results_read",
    Role.EVALUATOR: "results_read",
    Role.OPERATOR: "platform",
}


@pytest.mark.parametrize("permission", sorted({*Permission} - {Permission.PLATFORM}))
def test_an_operator_never_reads_results_or_respondents(permission: Permission) -> None:
    assert not may(Role.OPERATOR, permission)


@pytest.mark.parametrize("role", sorted({*Role} - {Role.OPERATOR}))
def test_nobody_in_an_organisation_runs_the_platform(role: Role) -> None:
    assert not may(role, Permission.PLATFORM)


@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_it_is_there_for_and_nothing_else(role: Role) -> None:
    allowed = {permission for permission in Permission if may(role, permission)}

    assert allowed == set(TABLE[role].split())


def test_a_sub_administrator_neither_runs_the_measurement_nor_reads_results() -> None:
    assert not may(Role.SUB_ADMINISTRATOR, Permission.MEASUREMENT_RUN)
    assert not may(Role.SUB_ADMINISTRATOR, Permission.RESULTS_READ)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_granted_to_somebody(permission: Permission) -> None:
    assert any(permission in granted for granted in GRANTS.values())


def test_every_role_has_a_name_of_its_own_in_swedish() -> None:
    assert [role.label for role in Role] == [
        "Nyckelanvändare",
        "Underadministratör",
        "Kontoadministratör",
        "Ledning",
        "Processledare",
        "Utvärderare",
        "Driftansvarig",
    ]
