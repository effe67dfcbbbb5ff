"""What is encrypted with an organisation's key, as it stands in the rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Invitation, Upload
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import InvitationId


@dataclass(frozen=True, slots=True)
class Ciphertexts:
    """How many there are, and which: the SHA-256, in hex, of the SHA-256 of each, sorted."""

    count: int
    digest: str


def of_invitation(session: Session, scope: SystemScope, invitation_id: InvitationId) -> bytes:
    """The encrypted address of an invitation. Raises NoResultFound where it is gone."""
    return session.execute(
        select(Invitation.address).where(
            Invitation.organisation_id == scope.organisation_id, Invitation.id == invitation_id
        )
    ).scalar_one()


def all_of(session: Session, scope: SystemScope) -> Ciphertexts:
    """Every ciphertext of the scope's organisation: addresses of accounts and invitations, and files that wait."""
    digests = []
    for table, column in ((Account, Account.address), (Invitation, Invitation.address), (Upload, Upload.content)):
        found = session.scalars(
            select(column).where(table.organisation_id == scope.organisation_id).execution_options(yield_per=200)
        )
        digests += [hashlib.sha256(ciphertext).digest() for ciphertext in found]
    return Ciphertexts(len(digests), hashlib.sha256(b"".join(sorted(digests))).hexdigest())
