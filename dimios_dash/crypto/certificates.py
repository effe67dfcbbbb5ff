"""Certificates of erasure: signed with Ed25519, each carrying the hash of the one before.

    document    {"certificate": {…}, "public_key": hex, "signature": hex}
    signed      "dimios-dash/erasure/1" || newline || the certificate as JSON, compact, keys sorted, in UTF-8
    previous    SHA-256, in hex, of the whole document before, written in the same way; null for the first

A document may be indented or reordered on its way: it is written in this one way again before it is verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import TypeAdapter, ValidationError

from dimios_dash.crypto.key_names import CERTIFICATES_KEY
from dimios_dash.crypto.keystore import KeyExists, KeyStore
from dimios_dash.ids import OrganisationId

Document = Mapping[str, object]
_PREFIX = b"dimios-dash/erasure/1\n"


class Fault(StrEnum):
    """What is wrong with a certificate, as it is said to its reader."""

    NO_CERTIFICATE = "Filen är inget intyg. Välj filen som sparades vid raderingen."
    CHANGED = "Intyget är inte äkta: något i det har ändrats sedan det undertecknades. Be om ett nytt exemplar."
    ANOTHER_KEY = "Intyget är undertecknat med en annan nyckel än den som angavs. Kontrollera nyckeln."


class BadCertificate(Exception):
    """Nothing that it says can be relied on; its argument is the Fault."""


class Stage(StrEnum):
    """Every erasure has two certificates."""

    BEGUN = "begun"  # signed before anything is destroyed
    DONE = "done"  # signed with the deletion of the rows, after that of the keys


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is certified. All hashes are SHA-256 in hex."""

    number: int  # place in the chain, from 1
    previous: str | None
    stage: Stage
    begun: str | None  # the certificate of the beginning, where this one is of the end
    organisation_id: OrganisationId
    organisation: str
    key_commitments: tuple[str, ...]  # of each key of the organisation; none where it had lost its key before
    ciphertexts: int  # addresses and waiting files
    ciphertexts_hash: str  # of the sorted hashes of the ciphertexts
    rows: Mapping[str, int]  # by table
    by: str
    at: datetime  # in UTC
    backups_gone: date  # no backup of the key store that holds the key lives longer


def sign(store: KeyStore, certificate: Certificate) -> dict[str, object]:
    """The document, signed with the platform's key, which is made when it is first needed."""
    key, fields = _private_key(store), _fields(certificate)
    signature = key.sign(_PREFIX + _written(fields)).hex()
    return {"certificate": fields, "public_key": key.public_key().public_bytes_raw().hex(), "signature": signature}


def verify(document: object, public_key: str | None = None) -> Certificate:
    """The certificate of a document that is whole; signed with `public_key` (hex) where that is given.

    Raises BadCertificate.
    """
    try:
        parts = _DOCUMENT.validate_python(document, strict=True)
        certificate = _CERTIFICATE.validate_json(_written(parts["certificate"]))
        signature, key = bytes.fromhex(str(parts["signature"])), bytes.fromhex(str(parts["public_key"]))
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _PREFIX + _written(parts["certificate"]))
    except (ValidationError, KeyError, ValueError):
        raise BadCertificate(Fault.NO_CERTIFICATE) from None
    except InvalidSignature:
        raise BadCertificate(Fault.CHANGED) from None
    if _fields(certificate) != parts["certificate"]:
        raise BadCertificate(Fault.NO_CERTIFICATE)  # something stands in it that is no part of one
    if public_key is not None and public_key.strip().lower() != key.hex():
        raise BadCertificate(Fault.ANOTHER_KEY)
    return certificate


def follows(certificate: Certificate, previous: Document | None) -> bool:
    """Whether the certificate stands right behind this document in the chain; None: whether it is the first."""
    return certificate.previous == (None if previous is None else document_hash(previous))


def document_hash(document: Document) -> str:
    """What the next certificate in the chain carries."""
    return hashlib.sha256(_written(document)).hexdigest()


def _private_key(store: KeyStore) -> Ed25519PrivateKey:
    with suppress(KeyExists):
        store.write_once(CERTIFICATES_KEY, Ed25519PrivateKey.generate().private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(store.read(CERTIFICATES_KEY))


def _fields(certificate: Certificate) -> object:
    """As they stand in JSON."""
    fields: object = orjson.loads(orjson.dumps(certificate, option=orjson.OPT_UTC_Z))
    return fields


def _written(content: object) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


_DOCUMENT = TypeAdapter(dict[str, object])
_CERTIFICATE = TypeAdapter(Certificate)
