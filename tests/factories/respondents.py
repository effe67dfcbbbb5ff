"""Respondents: invitations, their mails, and open links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from db.models import Invitation, OpenCode, OpenCodeOwner, OpenLink, OpenLinkUnit, Outbox
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.open_codes import open_code
from dimios_dash.crypto.tokens import invitation_token, token_hash
from dimios_dash.domain.work import INVITATION, MailState, OutboxState
from dimios_dash.ids import InvitationId, MeasurementId, OpenCodeId, OpenLinkId, OrganisationId, new_id
from tests.factories.measurements import LINK_SECRET
from tests.factories.rows import Rows


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation with the link that was sent."""

    id: InvitationId
    token: str
    address: str


@dataclass(frozen=True, slots=True)
class Linked:
    """An open link with its codes, as they are printed."""

    id: OpenLinkId
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Respondents(Rows):
    """Who may answer, and how they were told."""

    def invitation(
        self,
        organisation_id: OrganisationId,
        measurement_id: MeasurementId,
        unit_id: str,
        address: str | None = None,
        role_type: int | None = None,
        *,
        mail: MailState = MailState.SENT,
        answered: bool = False,
        removed: bool = False,
    ) -> Invited:
        """A respondent whose invitation has been sent, unless `mail` says otherwise."""
        address = address or f"{uuid4().hex[:12]}@prov.example"
        vault = AddressVault.open(self.keys, organisation_id)
        invitation_id = InvitationId(new_id())
        token = invitation_token(LINK_SECRET, organisation_id, invitation_id)
        self.session.add(
            Invitation(
                organisation_id=organisation_id,
                id=invitation_id,
                measurement_id=measurement_id,
                unit_id=unit_id,
                role_type=role_type,
                address=vault.encrypt(invitation_id, address),
                address_index=vault.index(address),
                token_hash=token_hash(token),
                mail=mail.value,
                answered=answered,
                removed=removed,
            )
        )
        self.session.flush()
        return Invited(invitation_id, token, address)

    def mail(
        self,
        organisation_id: OrganisationId,
        measurement_id: MeasurementId,
        invitation_id: InvitationId,
        state: OutboxState,
        kind: str = INVITATION,
    ) -> UUID:
        """A mail in the outbox, of an invitation that is there; its id."""
        mail_id = new_id()
        row = {"organisation_id": organisation_id, "measurement_id": measurement_id, "invitation_id": invitation_id}
        self.session.add(Outbox(**row, id=mail_id, kind=kind, state=state))
        self.session.flush()
        return mail_id

    def open_link(
        self,
        organisation_id: OrganisationId,
        measurement_id: MeasurementId,
        units: Mapping[str, int | None],
        *,
        codes: int | None = None,
        closed: bool = False,
    ) -> Linked:
        """An open link to units from {id: expected number or None}; with `codes`, so many for one answer each."""
        link_id = OpenLinkId(new_id())
        owner = {"organisation_id": organisation_id}
        one_answer = codes is not None
        self.session.add(
            OpenLink(**owner, id=link_id, measurement_id=measurement_id, one_answer=one_answer, closed=closed)
        )
        self.session.flush()
        for unit_id, expected in units.items():
            self.session.add(OpenLinkUnit(**owner, link_id=link_id, unit_id=unit_id, expected=expected))
        written = []
        for code_id in (OpenCodeId(new_id()) for _ in range(codes or 1)):
            written.append(open_code(LINK_SECRET, code_id))
            code_hash = token_hash(written[-1])
            self.session.add(OpenCode(**owner, id=code_id, link_id=link_id, code_hash=code_hash))
            self.session.add(OpenCodeOwner(**owner, code_hash=code_hash))
        self.session.flush()
        return Linked(link_id, tuple(written))
