"""Certificates of erasure: whole, from us, and behind one another."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from dimios_dash.crypto.certificates import (
    BadCertificate,
    Certificate,
    Fault,
    Stage,
    document_hash,
    follows,
    sign,
    verify,
)
from dimios_dash.crypto.keystore import FolderKeyStore
from dimios_dash.ids import OrganisationId

CERTIFICATE = Certificate(
    number=2,
    previous="ab" * 32,
    stage=Stage.DONE,
    begun="cd" * 32,
    organisation_id=OrganisationId(UUID(int=7)),
    organisation="Ekhamns kommun",
    key_commitments=("ef" * 32,),
    ciphertexts=3,
    ciphertexts_hash="01" * 32,
    rows={"unit": 2, "invitation": 3},
    by="Kim Öberg",
    at=datetime(2026, 11, 22, 10, 30, 0, 123456, UTC),
    backups_gone=date(2027, 1, 1),
)
CHANGES: dict[str, object] = {
    "number": 3,
    "previous": None,
    "stage": "begun",
    "begun": None,
    "organisation_id": str(UUID(int=8)),
    "organisation": "Granviks kommun",
    "key_commitments": [],
    "ciphertexts": 4,
    "ciphertexts_hash": "02" * 32,
    "rows": {},
    "by": "Bo Ek",
    "at": "2026-11-21T10:30:00Z",
    "backups_gone": "2026-12-01",
}


@pytest.fixture
def store(tmp_path: Path) -> FolderKeyStore:
    return FolderKeyStore([tmp_path / "keys"])


@pytest.fixture
def document(store: FolderKeyStore) -> dict[str, object]:
    return sign(store, CERTIFICATE)


def test_a_certificate_survives_being_saved_and_written_in_another_order(document: dict[str, object]) -> None:
    saved = json.dumps(dict(reversed(document.items())), indent=4)

    assert verify(json.loads(saved)) == CERTIFICATE


def test_all_certificates_are_signed_with_one_key(store: FolderKeyStore, document: dict[str, object]) -> None:
    again = sign(store, CERTIFICATE)

    assert again == document
    assert verify(document, str(again["public_key"]).upper()) == CERTIFICATE


def test_every_field_is_tried_below() -> None:
    assert CHANGES.keys() == set(Certificate.__dataclass_fields__)


@pytest.mark.parametrize("field", CHANGES)
def test_a_changed_field_is_found_out(document: dict[str, object], field: str) -> None:
    changed = copy.deepcopy(document)
    changed["certificate"][field] = CHANGES[field]  # type: ignore[index]

    with pytest.raises(BadCertificate, match=Fault.CHANGED):
        verify(changed)


def test_a_certificate_signed_by_somebody_else_is_refused_by_who_knows_the_key(
    document: dict[str, object], tmp_path: Path
) -> None:
    forged = sign(FolderKeyStore([tmp_path / "forger"]), CERTIFICATE)

    with pytest.raises(BadCertificate, match=Fault.ANOTHER_KEY):
        verify(forged, str(document["public_key"]))
    with pytest.raises(BadCertificate, match=Fault.CHANGED):
        verify({**forged, "public_key": document["public_key"]})


@pytest.mark.parametrize(
    "change",
    [
        {"certificate": None},
        {"certificate": {}},
        {"signature": "zz"},
        {"signature": None},
        {"public_key": "00"},
        {"public_key": None},
    ],
)
def test_what_is_no_certificate_is_refused(document: dict[str, object], change: dict[str, object]) -> None:
    with pytest.raises(BadCertificate):
        verify({**document, **change})


@pytest.mark.parametrize("nothing", [None, [], "text", 7, {}])
def test_other_json_is_refused(nothing: object) -> None:
    with pytest.raises(BadCertificate, match=Fault.NO_CERTIFICATE):
        verify(nothing)


def test_the_chain_breaks_where_an_earlier_certificate_is_changed(
    store: FolderKeyStore, document: dict[str, object]
) -> None:
    first = sign(store, CERTIFICATE)
    second = replace(CERTIFICATE, previous=document_hash(first))

    assert follows(second, first)
    assert not follows(second, {**document, "signature": "00"})
    assert not follows(second, None)
