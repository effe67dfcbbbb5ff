"""Organisations, their units and who signs in there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from db.commands import people
from db.models import Unit
from dimios_dash import access
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.scopes import DeskScope, SystemScope
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import AccountId, OrganisationId, UnitId
from tests.factories.rows import Rows

PASSWORD = "lugn och fin 2026"


@dataclass(frozen=True, slots=True)
class Organisations(Rows):
    """What an operator and a key user set up."""

    def organisation(self, name: str | None = None, sector: Sector = Sector.KOMMUN) -> OrganisationId:
        """An organisation without units."""
        name = name or f"Provkommun {uuid4().hex[:8]}"
        return people.create_organisation(self.session, access.system(), self.keys, name, sector)

    def units(self, organisation_id: OrganisationId, tree: Mapping[str, str | None]) -> None:
        """Units from {id: parent id or None}, parents first; each is named "Enhet <id>"."""
        for position, (unit_id, parent_id) in enumerate(tree.items()):
            self.session.add(
                Unit(
                    organisation_id=organisation_id,
                    id=unit_id,
                    parent_id=parent_id,
                    name=f"Enhet {unit_id}",
                    position=position,
                )
            )
        self.session.flush()

    def account(
        self,
        organisation_id: OrganisationId,
        role: Role = Role.KEY_USER,
        address: str | None = None,
        branch: str | None = None,
    ) -> AccountId:
        """Somebody who signs in with PASSWORD."""
        address = address or f"{uuid4().hex[:12]}@prov.example"
        new = people.NewAccount("Kim Prov", address, PASSWORD, role, None if branch is None else UnitId(branch))
        return people.create_account(self.session, SystemScope(organisation_id), self.keys, new)

    def desk(self, organisation_id: OrganisationId, branch: str | None = None) -> DeskScope:
        """The scope of a key user, or of a sub-administrator of a branch."""
        return DeskScope(organisation_id, None, None if branch is None else UnitId(branch))
