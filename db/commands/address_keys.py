"""Moves what is encrypted with an organisation's key to the next one, in batches, while others read and write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models import AddressKey, Base, Measurement, Organisation
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.scopes import SystemScope

Renewal = Callable[[AddressVault, UUID, bytes], Mapping[str, bytes]]


def hold(session: Session, scope: SystemScope) -> None:
    """Keep other rotations and the erasure of the scope's organisation waiting until the transaction ends."""
    session.execute(
        select(Organisation.id).where(Organisation.id == scope.organisation_id).with_for_update(key_share=True)
    )


def admit(session: Session, scope: SystemScope, generations: tuple[int, ...]) -> None:
    """Let rows of the scope's organisation be encrypted with these keys; nothing happens to those that are known."""
    rows = [{"organisation_id": scope.organisation_id, "generation": generation} for generation in generations]
    session.execute(insert(AddressKey).on_conflict_do_nothing(), rows)


def renew(session: Session, scope: SystemScope, vault: AddressVault) -> int:
    """Encrypt a batch of rows with the vault's newest key; how many.

    None does not mean that none is left: rows that somebody else holds are passed over. Nobody ever waits for a row
    while holding another. Raises BadCiphertext for a row that no key of the organisation opens.
    """
    return sum(_renew(session, scope, vault, each) for each in _ENCRYPTED)


def is_renewed(session: Session, scope: SystemScope, vault: AddressVault) -> bool:
    """Whether every row that has been committed is encrypted with the vault's newest key."""
    return not any(session.scalar(select(exists().where(_older(each.table, scope, vault)))) for each in _ENCRYPTED)


def dismiss(session: Session, scope: SystemScope, generations: tuple[int, ...]) -> None:
    """Let nothing be encrypted with these keys any more; waits for those who are just doing so.

    Who reads in respondents holds the measurement, so the next one opens the vault after this and has the new key.
    Raises IntegrityError while a row is encrypted with one of them.
    """
    session.execute(
        select(Measurement.id).where(Measurement.organisation_id == scope.organisation_id).with_for_update()
    )
    session.execute(
        delete(AddressKey).where(
            AddressKey.organisation_id == scope.organisation_id, AddressKey.generation.in_(generations)
        )
    )


@dataclass(frozen=True, slots=True)
class _Encrypted:
    """A table with a ciphertext in each row, and what makes a row's columns anew."""

    table: Table
    ciphertext: str
    batch: int  # rows
    renewed: Renewal


def _renew(session: Session, scope: SystemScope, vault: AddressVault, encrypted: _Encrypted) -> int:
    table = encrypted.table
    rows = session.execute(
        select(table.c.id, table.c[encrypted.ciphertext])
        .where(_older(table, scope, vault))
        .limit(encrypted.batch)
        .with_for_update(skip_locked=True)
    ).all()
    if rows:
        session.connection().execute(
            update(table).where(table.c.organisation_id == scope.organisation_id, table.c.id == bindparam("row_id")),
            [{"row_id": row_id, **encrypted.renewed(vault, row_id, ciphertext)} for row_id, ciphertext in rows],
        )
    return len(rows)


def _older(table: Table, scope: SystemScope, vault: AddressVault) -> ColumnElement[bool]:
    own = table.c.organisation_id == scope.organisation_id
    return and_(own, table.c.key_generation.in_(vault.generations[:-1]))


def _account(vault: AddressVault, row_id: UUID, ciphertext: bytes) -> dict[str, bytes]:
    return {"address": vault.encrypt(row_id, vault.decrypt(row_id, ciphertext))}


def _invitation(vault: AddressVault, row_id: UUID, ciphertext: bytes) -> dict[str, bytes]:
    address = vault.decrypt(row_id, ciphertext)
    return {"address": vault.encrypt(row_id, address), "address_index": vault.index(address)}


def _upload(vault: AddressVault, row_id: UUID, ciphertext: bytes) -> dict[str, bytes]:
    return {"content": vault.seal_file(row_id, vault.open_file(row_id, ciphertext))}


_TABLES = Base.metadata.tables
_ENCRYPTED = (
    _Encrypted(_TABLES["account"], "address", 200, _account),
    _Encrypted(_TABLES["invitation"], "address", 200, _invitation),
    _Encrypted(_TABLES["upload"], "content", 1, _upload),  # one may hold 20 MB
)
