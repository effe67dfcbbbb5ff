"""Organisations and the accounts of those who sign in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands import address_keys
from db.models import Account, Organisation, SignInName, Unit
from dimios_dash.crypto.addresses import AddressVault, address_index
from dimios_dash.crypto.key_names import SIGN_IN_KEY
from dimios_dash.crypto.keystore import KeyExists, KeyStore
from dimios_dash.crypto.passwords import hash_password
from dimios_dash.domain.addresses import normalise_address
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.sector import Sector
from dimios_dash.errors import Invalid
from dimios_dash.ids import PLATFORM, AccountId, OrganisationId, UnitId, new_id

SHORTEST_PASSWORD = 12


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody who is to sign in. `branch` None: the whole organisation."""

    name: str
    address: str
    password: str
    role: Role
    branch: UnitId | None = None


def create_organisation(
    session: Session, _scope: SystemScope, keys: KeyStore, name: str, sector: Sector, *, synthetic: bool = False
) -> OrganisationId:
    """A new customer with its own address key. Raises Invalid when the name is empty or taken."""
    name = name.strip()
    if not name:
        raise Invalid("Organisationen måste ha ett namn.")
    if session.scalar(select(Organisation.id).where(Organisation.name == name)) is not None:
        raise Invalid(f"Det finns redan en organisation som heter {name}.")
    organisation_id = OrganisationId(new_id())
    session.add(Organisation(id=organisation_id, name=name, sector=sector.value, synthetic=synthetic))
    session.flush()
    vault = AddressVault.create(keys, organisation_id)
    address_keys.admit(session, SystemScope(organisation_id), vault.generations)
    return organisation_id


def ensure_platform(session: Session, _scope: SystemScope, keys: KeyStore) -> None:
    """The platform's own row and key, where operators belong; does nothing the second time."""
    if session.get(Organisation, PLATFORM) is None:
        session.add(Organisation(id=PLATFORM, name="Dimios drift", sector="plattform"))
        session.flush()
    with suppress(KeyExists):  # a database that was made anew keeps the key store it had
        AddressVault.create(keys, PLATFORM)
    address_keys.admit(session, SystemScope(PLATFORM), AddressVault.open(keys, PLATFORM).generations)


def create_account(session: Session, scope: SystemScope, keys: KeyStore, new: NewAccount) -> AccountId:
    """Somebody who may sign in to the scope's organisation.

    Raises Invalid for an address that signs in already, a weak password, or a branch that is no unit.
    """
    if scope.organisation_id is None:
        raise Invalid("Ange vilken organisation kontot hör till.")
    _require_possible(session, scope.organisation_id, new)
    index = address_index(keys.read(SIGN_IN_KEY), new.address)
    if session.get(SignInName, index) is not None:
        raise Invalid(f"Adressen {new.address} används redan för att logga in. Välj en annan adress.")
    account_id = AccountId(new_id())
    vault = AddressVault.open(keys, scope.organisation_id)
    session.add(
        Account(
            organisation_id=scope.organisation_id,
            id=account_id,
            name=new.name,
            address=vault.encrypt(account_id, normalise_address(new.address)),
            password_hash=hash_password(new.password),
            role=new.role.value,
            branch=new.branch,
        )
    )
    session.flush()
    session.add(SignInName(address_index=index, organisation_id=scope.organisation_id, account_id=account_id))
    session.flush()
    return account_id


def _require_possible(session: Session, organisation_id: OrganisationId, new: NewAccount) -> None:
    if len(new.password) < SHORTEST_PASSWORD:
        raise Invalid(f"Lösenordet är för kort. Välj ett med minst {SHORTEST_PASSWORD} tecken.")
    if (new.role is Role.OPERATOR) != (organisation_id == PLATFORM):
        raise Invalid("Driftansvariga hör till plattformen, och ingen annan gör det.")
    if new.branch is not None and session.get(Unit, (organisation_id, new.branch)) is None:
        raise Invalid(f"Det finns ingen enhet med id {new.branch} i organisationen.")
