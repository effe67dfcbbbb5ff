"""Rows for tests. Everything a test relies on is an argument; the rest gets a harmless value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.commands import people
from db.models import (
    Invitation,
    Measurement,
    OpenCode,
    OpenCodeOwner,
    OpenLink,
    OpenLinkUnit,
    Outbox,
    Placement,
    Release,
    ReleasedPiece,
    ReleasedUnit,
    Unit,
)
from dimios_dash import access, instruments
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.crypto.open_codes import open_code
from dimios_dash.crypto.sealing import new_box
from dimios_dash.crypto.tokens import invitation_token, token_hash
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.scopes import DeskScope, SystemScope
from dimios_dash.domain.sector import Sector
from dimios_dash.domain.work import INVITATION, MailState, OutboxState
from dimios_dash.ids import (
    AccountId,
    InvitationId,
    MeasurementId,
    OpenCodeId,
    OpenLinkId,
    OrganisationId,
    UnitId,
    new_id,
)

PASSWORD = "lugn och fin 2026"
LINK_SECRET = b"a secret for the links of tests."


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
class Make:
    """Makes rows in `session` (which speaks as the owner) and keys in `keys`."""

    session: Session
    keys: KeyStore

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

    def measurement(
        self,
        organisation_id: OrganisationId,
        state: MeasurementState = MeasurementState.OPEN,
        year: int = 2026,
        k: int = 3,
    ) -> MeasurementId:
        """A measurement of the whole year, with the organisation's units as its tree and a ballot box."""
        measurement_id = MeasurementId(new_id())
        private, public = new_box()
        self.session.add(
            Measurement(
                organisation_id=organisation_id,
                id=measurement_id,
                year=year,
                state=state.value,
                opens=date(year, 1, 1),
                closes=date(year, 12, 31),
                closed_on=date(year, 12, 31) if state is MeasurementState.CLOSED else None,
                k=k,
                promised_k=None if state is MeasurementState.DRAFT else k,
                instrument_version=instruments.LATEST,
                box_public_key=public,
            )
        )
        self.session.flush()
        self.keys.write_once(f"boxes/{measurement_id}", private)
        self.keys.write_once(f"links/{measurement_id}", LINK_SECRET)
        self._freeze_tree(organisation_id, measurement_id)
        return measurement_id

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

    def release(
        self,
        organisation_id: OrganisationId,
        year: int,
        means: Mapping[str, float | Mapping[str, float] | None],
        *,
        hidden: Hidden = Hidden.TOO_FEW,
        home: str | None = None,
        lifted: Collection[str] = (),
        outside: Collection[str] = (),
        bound: int = 0,
        answered: int = 40,
        invited: int | None = 60,
        spread: float | None = None,
    ) -> MeasurementId:
        """A released measurement of the organisation's units as they are.

        `means` gives each unit one mean for all statements, or one for each beginning of a key ("F", "A3.5": the
        longest counts; where there is none it is hidden), or None: all hidden for the reason `hidden`, the answers
        counted at `home`. Units in `lifted` are lifted, those in `outside` take no part. `spread` is that of both
        dimensions in the whole organisation.
        """
        measurement_id = self.measurement(organisation_id, MeasurementState.RELEASED, year)
        keys = instruments.load().statement_keys
        owner = {"organisation_id": organisation_id, "measurement_id": measurement_id}
        spreads = {} if spread is None else {"F": spread, "A": spread}
        packed = {"spread_keys": list(spreads), "spread_sd": list(spreads.values()), "spread_n": [40] * len(spreads)}
        self.session.add(Release(**owner, statements=list(keys), **packed))
        for unit_id, given in means.items():
            mean = [_mean(given, key) for key in keys]
            self.session.add(
                ReleasedUnit(
                    **owner,
                    unit_id=unit_id,
                    answered=answered,
                    invited=invited,
                    mean=mean,
                    hidden=[int(hidden if each is None else Hidden.SHOWN) for each in mean],
                    home=[home if each is None else unit_id for each in mean],
                    lifted=[int(unit_id in lifted)] * len(keys),
                    bound=[0 if each is None else bound for each in mean],
                )
            )
            counted = [0 if each is None else answered for each in mean]
            points = [round(answered * (1 + (each or 0) / 20)) for each in mean]
            total = [many and each for many, each in zip(counted, points, strict=True)]
            self.session.add(ReleasedPiece(**owner, unit_id=unit_id, n=counted, total=total))
        self.session.execute(
            update(Placement)
            .where(Placement.measurement_id == measurement_id, Placement.unit_id.in_(outside))
            .values(takes_part=False)
        )
        self.session.flush()
        return measurement_id

    def desk(self, organisation_id: OrganisationId, branch: str | None = None) -> DeskScope:
        """The scope of a key user, or of a sub-administrator of a branch."""
        return DeskScope(organisation_id, None, None if branch is None else UnitId(branch))

    def _freeze_tree(self, organisation_id: OrganisationId, measurement_id: MeasurementId) -> None:
        for unit in self.session.query(Unit).filter_by(organisation_id=organisation_id).order_by(Unit.position):
            self.session.add(
                Placement(
                    organisation_id=organisation_id,
                    measurement_id=measurement_id,
                    unit_id=unit.id,
                    parent_id=unit.parent_id,
                    name=unit.name,
                    activity=unit.activity,
                    employees=unit.employees,
                    position=unit.position,
                    takes_part=True,
                )
            )
        self.session.flush()


def _mean(given: float | Mapping[str, float] | None, key: str) -> float | None:
    if not isinstance(given, Mapping):
        return None if given is None else float(given)
    beginning = max((each for each in given if key.startswith(each)), key=len, default=None)
    return None if beginning is None else float(given[beginning])
