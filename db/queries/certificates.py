"""The chain of certificates of erasure. *web* sees it only for the platform itself."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ErasureCertificate
from dimios_dash.crypto.certificates import Document, Stage
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import OrganisationId


def last(session: Session, _scope: SystemScope) -> tuple[int, Document | None]:
    """The number of the newest certificate, and its document; 0 and None where there is none."""
    row = session.execute(
        select(ErasureCertificate.number, ErasureCertificate.document)
        .order_by(ErasureCertificate.number.desc())
        .limit(1)
    ).one_or_none()
    return (0, None) if row is None else (row.number, row.document)


def begun(session: Session, _scope: SystemScope, organisation_id: OrganisationId) -> Document | None:
    """The certificate that an organisation's erasure has begun; None where it has not."""
    return session.scalar(
        select(ErasureCertificate.document).where(
            ErasureCertificate.erased_id == organisation_id, ErasureCertificate.stage == Stage.BEGUN
        )
    )


def of_erased(session: Session, _scope: SystemScope, name: str) -> Document | None:
    """The certificate of the organisation of that name which was erased last; None where none was."""
    return session.scalar(
        select(ErasureCertificate.document)
        .where(ErasureCertificate.erased_name == name.strip(), ErasureCertificate.stage == Stage.DONE)
        .order_by(ErasureCertificate.number.desc())
        .limit(1)
    )
