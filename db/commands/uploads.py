"""Files that wait for the yes of the person who sent them, encrypted with the organisation's key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.orm import Session

from db.models import Upload
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import AccountId, new_id

LARGEST: Final = 20 * 1024 * 1024
KEPT_FOR: Final = timedelta(days=1)  # a file somebody walked away from; addresses may be in it
_LONGEST_NAME: Final = 200
_GONE: Final = "Filen finns inte längre: den är redan inläst eller borttagen. Välj filen en gång till."


class UploadKind(StrEnum):
    TREE = "tree"
    RESPONDENTS = "respondents"
    STAFF = "staff"  # everybody a sample may be drawn from


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was sent, and what it is to be read as."""

    kind: UploadKind
    filename: str
    content: bytes


def keep(session: Session, scope: DeskScope, vault: AddressVault, file: KeptFile, now: datetime) -> UUID:
    """Keep a file in place of the person's earlier one of the same kind. Raises Invalid for none, or more than 20 MB.

    Files that were left behind more than a day ago are deleted on this occasion.
    """
    if not file.filename or not file.content:
        raise Invalid("Ingen fil kom fram, eller så är den tom. Gå tillbaka, välj en fil och försök igen.")
    if len(file.content) > LARGEST:
        raise Invalid("Filen är för stor. Den får vara högst 20 MB. Ta bort det som inte behövs och försök igen.")
    session.execute(delete(Upload).where(_own(scope), Upload.kind == file.kind))
    session.execute(
        delete(Upload).where(Upload.organisation_id == scope.organisation_id, Upload.uploaded_at < now - KEPT_FOR)
    )
    upload_id = new_id()
    session.add(
        Upload(
            organisation_id=scope.organisation_id,
            id=upload_id,
            account_id=_account(scope),
            kind=file.kind.value,
            filename=file.filename[-_LONGEST_NAME:],
            content=vault.seal_file(upload_id, file.content),
            uploaded_at=now,
        )
    )
    session.flush()
    return upload_id


def read(session: Session, scope: DeskScope, vault: AddressVault, kind: UploadKind, upload_id: UUID) -> KeptFile:
    """The file. Raises NotFound for one that is gone, of another kind, or another account's."""
    row = session.execute(
        select(Upload.filename, Upload.content).where(_own(scope), Upload.kind == kind, Upload.id == upload_id)
    ).one_or_none()
    if row is None:
        raise NotFound(_GONE)
    return KeptFile(kind, row.filename, vault.open_file(upload_id, row.content))


def kept_at(session: Session, scope: DeskScope, upload_id: UUID) -> datetime:
    """When the person's own file came. Raises NotFound for one that is gone, or another account's."""
    at = session.scalar(select(Upload.uploaded_at).where(_own(scope), Upload.id == upload_id))
    if at is None:
        raise NotFound(_GONE)
    return at


def forget(session: Session, scope: DeskScope, upload_id: UUID) -> None:
    """Delete the person's own file; does nothing to any other."""
    session.execute(delete(Upload).where(_own(scope), Upload.id == upload_id))


def _own(scope: DeskScope) -> ColumnElement[bool]:
    return and_(Upload.organisation_id == scope.organisation_id, Upload.account_id == _account(scope))


def _account(scope: DeskScope) -> AccountId:
    """Whose file it is. Raises ValueError at the command line, where files are read from the disk."""
    if scope.account_id is None:
        raise ValueError("an uploaded file belongs to somebody who is signed in")
    return scope.account_id
