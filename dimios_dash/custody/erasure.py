"""The end of a contract: an organisation's keys are destroyed, its rows deleted, and both are certified.

    1  in one transaction: everybody is shut out, and the certificate that the erasure has begun is in the chain
    2  the keys are overwritten and unlinked: of addresses, of links, of ballot boxes
    3  in one transaction: keys that were made meanwhile, all rows, and the certificate that it is done

So there is no key and no row that went without a certificate, and no certificate of the end while a row is left.
Interrupted anywhere, the next run finds the first certificate and goes on: its words are the ones that count.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.commands import erasure
from db.engine import transaction
from db.queries import certificates, ciphertexts
from db.queries.organisations import KnownOrganisation
from dimios_dash import access
from dimios_dash.crypto import organisation_keys
from dimios_dash.crypto.certificates import Certificate, Document, Stage, document_hash, sign, verify
from dimios_dash.crypto.key_names import addresses_key, box_key, links_key
from dimios_dash.crypto.key_ring import BadCiphertext
from dimios_dash.crypto.keystore import KeyMissing, KeyStore
from dimios_dash.ids import MeasurementId, OrganisationId


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants it, and from which day no backup of the key store holds the key any more."""

    by: str
    backups_gone: date


@dataclass(frozen=True, slots=True)
class Erased:
    """The certificate of the end, and how many copies of keys were destroyed in this run."""

    document: Document
    copies: int


def erase(engine: Engine, keys: KeyStore, organisation: KnownOrganisation, order: Order) -> Erased:
    """Erase the organisation for ever, or go on where an earlier run was interrupted.

    The engine speaks as *worker*.
    """
    begun, measurements = _begin(engine, keys, organisation, order)
    copies = _destroy(keys, [addresses_key(organisation.id), *_measurement_keys(measurements)])
    return Erased(_finish(engine, keys, organisation.id, begun), copies)


def _begin(
    engine: Engine, keys: KeyStore, organisation: KnownOrganisation, order: Order
) -> tuple[Document, list[MeasurementId]]:
    """The certificate of the beginning, made unless there is one, and the measurements whose keys are to go."""
    scope = access.system(organisation.id)
    with transaction(engine, organisation.id) as session:
        erasure.hold_chain(session, scope)
        measurements = erasure.hold(session, scope)
        erasure.shut_out(session, scope)
        begun = certificates.begun(session, scope, organisation.id)
        if begun is None:
            begun = _append(session, keys, _beginning(session, keys, organisation, order))
    return begun, measurements


def _finish(engine: Engine, keys: KeyStore, organisation_id: OrganisationId, begun: Document) -> Document:
    scope = access.system(organisation_id)
    with transaction(engine, organisation_id) as session:
        erasure.hold_chain(session, scope)
        _destroy(keys, _measurement_keys(erasure.hold(session, scope)))
        done = _counted(session, replace(verify(begun), stage=Stage.DONE, begun=document_hash(begun)))
        erasure.delete_rows(session, scope)
        return _append(session, keys, done)


def _beginning(session: Session, keys: KeyStore, organisation: KnownOrganisation, order: Order) -> Certificate:
    return _counted(
        session,
        Certificate(
            number=0,
            previous=None,
            stage=Stage.BEGUN,
            begun=None,
            organisation_id=organisation.id,
            organisation=organisation.name,
            key_commitments=_commitments(keys, organisation.id),
            ciphertexts=0,
            ciphertexts_hash="",
            rows={},
            by=order.by,
            at=datetime.now(UTC),
            backups_gone=order.backups_gone,
        ),
    )


def _counted(session: Session, certificate: Certificate) -> Certificate:
    """With what the organisation has now, at the end of the chain as it is now."""
    scope = access.system(certificate.organisation_id)
    found, (number, previous) = ciphertexts.all_of(session, scope), certificates.last(session, scope)
    return replace(
        certificate,
        number=number + 1,
        previous=None if previous is None else document_hash(previous),
        ciphertexts=found.count,
        ciphertexts_hash=found.digest,
        rows=erasure.rows(session, scope),
        at=datetime.now(UTC),
    )


def _append(session: Session, keys: KeyStore, certificate: Certificate) -> Document:
    document = sign(keys, certificate)
    erasure.append(session, access.system(), certificate, document)
    return document


def _commitments(keys: KeyStore, organisation_id: OrganisationId) -> tuple[str, ...]:
    """None for a key that is lost or opens no more: the rest must be possible to erase all the same."""
    try:
        return organisation_keys.read(keys, organisation_id).commitments
    except (KeyMissing, BadCiphertext):
        return ()


def _measurement_keys(measurements: Sequence[MeasurementId]) -> list[str]:
    return [name for each in measurements for name in (links_key(each), box_key(each))]


def _destroy(keys: KeyStore, names: Sequence[str]) -> int:
    """How many copies there were; those that an earlier run destroyed are not counted."""
    copies = 0
    for name in names:
        with suppress(KeyMissing):
            copies += keys.destroy(name)
    return copies
