"""Who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from dimios_dash.domain.permissions import Permission, Role, may
from dimios_dash.ids import AccountId, OrganisationId, UnitId
from dimios_dash.language import DEFAULT_LANGUAGE, Language


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a valid session."""

    account_id: AccountId
    organisation_id: OrganisationId
    organisation_name: str
    name: str
    role: Role
    branch: UnitId | None
    language: Language = DEFAULT_LANGUAGE  # of the pages

    def may(self, permission: Permission) -> bool:
        """Whether their role allows it; where, the scope decides."""
        return may(self.role, permission)
