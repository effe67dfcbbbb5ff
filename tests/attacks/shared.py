"""What the victim shows to others, and the groups around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db.commands import groups
from db.queries import memberships
from dimios_dash.domain.scopes import DeskScope
from tests.factories import Make


@dataclass(frozen=True)
class Groups:
    """One that the victim belongs to, and the code of one that it is invited to."""

    own: UUID
    invited_to: str

    @classmethod
    def begin(cls, make: Make, scope: DeskScope, name: str) -> Groups:
        other = make.desk(make.organisation())
        groups.propose(make.session, other, "En annan grupp")
        own = groups.propose(make.session, scope, name)
        return cls(own, memberships.own(make.session, other)[0].code)

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the victim's own page, by "id.property"."""
        return {
            **{f"sharing-{deed}.n_clicks": 1 for deed in ("describe", "keep", "propose", "join")},
            "sharing-county.value": "12",
            "sharing-employees.value": "1200",
            "consent": {kind: [kind] for kind in ("point", "named", "similar", "areas")},
            "sharing-group-name.value": "En ny grupp",
            "sharing-code.value": self.invited_to,
            "group-leave": {str(self.own): 1},
        }
