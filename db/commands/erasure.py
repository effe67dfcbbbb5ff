"""Takes an organisation out of the database, and bears witness of it."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from db.models import Account, Base, ErasureCertificate, Job, Measurement, Organisation, Outbox, SignInSession
from dimios_dash.crypto.certificates import Certificate, Document
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import PLATFORM, MeasurementId


def hold_chain(session: Session, _scope: SystemScope) -> None:
    """Let nobody else add a certificate until the transaction ends."""
    session.execute(select(Organisation.id).where(Organisation.id == PLATFORM).with_for_update(key_share=True))


def hold(session: Session, scope: SystemScope) -> list[MeasurementId]:
    """Let nobody add anything to the organisation until the transaction ends; all measurements it has had.

    Waits for those who are just doing so, and for a rotation of its key.
    """
    session.execute(select(Organisation.id).where(Organisation.id == scope.organisation_id).with_for_update())
    found = session.scalars(select(Measurement.id).where(Measurement.organisation_id == scope.organisation_id))
    return [MeasurementId(measurement_id) for measurement_id in found]


def shut_out(session: Session, scope: SystemScope) -> None:
    """Nobody of the organisation is or gets signed in, and nothing more is sent or done for it."""
    session.execute(update(Account).where(Account.organisation_id == scope.organisation_id).values(disabled=True))
    for table in (SignInSession, Outbox, Job):
        session.execute(delete(table).where(table.organisation_id == scope.organisation_id))


def rows(session: Session, scope: SystemScope) -> dict[str, int]:
    """How many rows each table has of the organisation; tables without any are left out."""
    owned = {name: table for name, table in Base.metadata.tables.items() if "organisation_id" in table.c}
    counts = {
        name: session.scalar(
            select(func.count()).select_from(table).where(table.c.organisation_id == scope.organisation_id)
        )
        for name, table in owned.items()
    }
    return {name: count for name, count in counts.items() if count}


def delete_rows(session: Session, scope: SystemScope) -> None:
    """Delete the organisation with everything that is its own. What others were shown of it stays frozen."""
    session.execute(delete(Organisation).where(Organisation.id == scope.organisation_id))


def append(session: Session, _scope: SystemScope, certificate: Certificate, document: Document) -> None:
    """Put a certificate at the end of the chain, which the caller holds."""
    session.add(
        ErasureCertificate(
            organisation_id=PLATFORM,
            number=certificate.number,
            erased_id=certificate.organisation_id,
            erased_name=certificate.organisation,
            stage=certificate.stage.value,
            document=dict(document),
        )
    )
    session.flush()
