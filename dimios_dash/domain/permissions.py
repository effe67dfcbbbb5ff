"""Who may do what. Which organisation and branch it may be done in is a matter of scopes, not of this table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from dimios_dash.translations import N_


class Role(StrEnum):
    KEY_USER = "key_user"
    SUB_ADMINISTRATOR = "sub_administrator"
    ACCOUNT_ADMINISTRATOR = "account_administrator"
    LEADER = "leader"
    FACILITATOR = "facilitator"
    EVALUATOR = "evaluator"
    OPERATOR = "operator"

    @property
    def label(self) -> str:
        """The Swedish name in the interface."""
        return _LABELS[self]


class Permission(StrEnum):
    RESULTS_READ = "results_read"
    TREE_EDIT = "tree_edit"
    RESPONDENTS_EDIT = "respondents_edit"
    MEASUREMENT_RUN = "measurement_run"  # start, close, release
    FOLLOW_UP = "follow_up"  # response rates and reminders
    SUGGESTIONS_REVIEW = "suggestions_review"  # free texts: decide what others may read
    TARGETS_SET = "targets_set"  # what the organisation aims at
    SHARING = "sharing"  # what others may see of the whole organisation, and whom it is compared with
    PEOPLE_EDIT = "people_edit"  # users, their roles and branches
    PLATFORM = "platform"  # orders, organisations, licences, instruments


GRANTS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.KEY_USER: frozenset(
            {
                Permission.RESULTS_READ,
                Permission.TREE_EDIT,
                Permission.RESPONDENTS_EDIT,
                Permission.MEASUREMENT_RUN,
                Permission.FOLLOW_UP,
                Permission.SUGGESTIONS_REVIEW,
                Permission.TARGETS_SET,
                Permission.SHARING,
            }
        ),
        Role.SUB_ADMINISTRATOR: frozenset({Permission.TREE_EDIT, Permission.RESPONDENTS_EDIT, Permission.FOLLOW_UP}),
        Role.ACCOUNT_ADMINISTRATOR: frozenset({Permission.PEOPLE_EDIT, Permission.SHARING}),
        Role.LEADER: frozenset({Permission.RESULTS_READ}),
        Role.FACILITATOR: frozenset({Permission.RESULTS_READ}),
        Role.EVALUATOR: frozenset({Permission.RESULTS_READ}),
        Role.OPERATOR: frozenset({Permission.PLATFORM}),  # never addresses, answers or results
    }
)

_LABELS = {
    Role.KEY_USER: N_("Nyckelanvändare"),
    Role.SUB_ADMINISTRATOR: N_("Underadministratör"),
    Role.ACCOUNT_ADMINISTRATOR: N_("Kontoadministratör"),
    Role.LEADER: N_("Ledning"),
    Role.FACILITATOR: N_("Processledare"),
    Role.EVALUATOR: N_("Utvärderare"),
    Role.OPERATOR: N_("Driftansvarig"),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether the role is granted the permission, within the scope of its user."""
    return permission in GRANTS[role]
