"""Who signs in to the demo. They share one password, which is no secret: it is printed at every start."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Select, select, tuple_, update
from sqlalchemy import delete as delete_rows
from sqlalchemy.orm import Session

from db.commands import people
from db.models import Account, SignInName
from dimios_dash import access
from dimios_dash.crypto.addresses import address_index
from dimios_dash.crypto.key_names import DEMO_SIGN_IN_KEY, SIGN_IN_KEY
from dimios_dash.crypto.keystore import KeyExists, KeyMissing, KeyStore
from dimios_dash.crypto.passwords import hash_password
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import OrganisationId

EKHAMN: Final = "Ekhamns kommun"
GRANVIK: Final = "Granviks kommun"
OPERATIONS: Final = "Dimios drift"
_RANDOM_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """One way into the demo, to be printed."""

    address: str
    password: str
    role: str  # in Swedish
    organisation: str


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    address: str
    role: Role
    organisation: str


_PEOPLE: Final = (
    _Person("Nora Ekman", "nyckelanvandare@ekhamn.example", Role.KEY_USER, EKHAMN),
    _Person("Lars Hamrin", "ledning@ekhamn.example", Role.LEADER, EKHAMN),
    _Person("Petra Skog", "processledare@ekhamn.example", Role.FACILITATOR, EKHAMN),
    _Person("Gunilla Vik", "nyckelanvandare@granvik.example", Role.KEY_USER, GRANVIK),
    _Person("Dag Rift", "drift@dimios.example", Role.OPERATOR, OPERATIONS),
)


def password(keys: KeyStore, wanted: str | None) -> str:
    """What everybody in the demo signs in with: as wanted, else as before, else made up and kept."""
    if wanted is not None:
        return wanted
    with_new = secrets.token_urlsafe(_RANDOM_BYTES)
    try:
        keys.write_once(DEMO_SIGN_IN_KEY, with_new.encode())
    except KeyExists:
        return keys.read(DEMO_SIGN_IN_KEY).decode()
    return with_new


def is_kept(keys: KeyStore, password: str) -> bool:
    """Whether the accounts have been given this password."""
    try:
        return keys.read(DEMO_SIGN_IN_KEY) == password.encode()
    except KeyMissing:
        return False


def keep_password(keys: KeyStore, password: str) -> None:
    """Remember the password the accounts have, for later starts."""
    if is_kept(keys, password):
        return
    try:
        keys.write_once(DEMO_SIGN_IN_KEY, password.encode())
    except KeyExists:
        keys.replace(DEMO_SIGN_IN_KEY, password.encode())


def sign_ins(password: str) -> tuple[DemoSignIn, ...]:
    """What is printed at a start, in the order of a walk through the demo."""
    return tuple(DemoSignIn(person.address, password, person.role.label, person.organisation) for person in _PEOPLE)


def create(session: Session, keys: KeyStore, places: Mapping[str, OrganisationId]) -> None:
    """All accounts, with passwords that nobody knows."""
    for person in _PEOPLE:
        new = people.NewAccount(person.name, person.address, secrets.token_urlsafe(), person.role)
        people.create_account(session, access.system(places[person.organisation]), keys, new)


def set_password(session: Session, keys: KeyStore, password: str) -> None:
    """Give every account of the demo the password. One hash for all: that it is the same is known anyway."""
    session.execute(
        update(Account)
        .where(tuple_(Account.organisation_id, Account.id).in_(_ids(keys)))
        .values(password_hash=hash_password(password))
        .execution_options(synchronize_session=False)
    )


def delete(session: Session, keys: KeyStore) -> None:
    """Delete the accounts with their sessions; the operator's organisation stays."""
    session.execute(
        delete_rows(Account)
        .where(tuple_(Account.organisation_id, Account.id).in_(_ids(keys)))
        .execution_options(synchronize_session=False)
    )


def _ids(keys: KeyStore) -> Select[UUID, UUID]:
    key = keys.read(SIGN_IN_KEY)
    indexes = [address_index(key, person.address) for person in _PEOPLE]
    return select(SignInName.organisation_id, SignInName.account_id).where(SignInName.address_index.in_(indexes))
