"""The end of a contract: keys and rows of one organisation go, a certificate stays, all others keep what they have."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from db.commands import people
from db.engine import transaction
from db.models import Account, Benchmark, ErasureCertificate, Invitation, Upload
from dimios_dash import access
from dimios_dash.crypto import organisation_keys
from dimios_dash.crypto.certificates import Stage, document_hash, follows, verify
from dimios_dash.crypto.key_names import addresses_key
from dimios_dash.custody.erasure import Order, erase
from dimios_dash.custody.rotation import rotate_organisation_key
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import PLATFORM
from tests.custody.conftest import Customer, Vaults
from tests.custody.erased import certificates_of, chain, key_files, known

PEOPLE = ["eva@ekhamn.example", "bo.ek@ekhamn.example", "asa.oberg@ekhamn.example"]
ORDER = Order("Kim Öberg, Ekhamns kommun", date(2027, 1, 1))


@pytest.fixture
def customer(vaults: Vaults) -> Customer:
    return vaults.customer(PEOPLE)


def test_every_key_and_every_row_goes_and_nothing_of_anybody_elses(vaults: Vaults, customer: Customer) -> None:
    others = [vaults.customer(PEOPLE), vaults.customer(["ensam@granvik.example"])]
    others_keys = [key_files(vaults, other) for other in others]
    before = vaults.rows()

    erased = erase(vaults.worker, vaults.keys, known(customer), ORDER)

    own = {name for name in before if name.endswith(str(customer.id))}
    certified = {f"erasure_certificate {PLATFORM}": before[f"erasure_certificate {PLATFORM}"] + 2}
    assert {name.split()[0] for name in own} > {"organisation", "account", "invitation", "upload", "sign_in_name"}
    assert vaults.rows() == {name: count for name, count in before.items() if name not in own} | certified
    assert erased.copies == 6
    assert key_files(vaults, customer) == []
    assert [key_files(vaults, other) for other in others] == others_keys
    assert vaults.addresses(others[0]) == sorted(PEOPLE)


def test_what_others_were_shown_stays_frozen(vaults: Vaults, customer: Customer) -> None:
    other = vaults.customer(PEOPLE)
    arrays = {"keys": ["index"], "counts": [9], "mean": [50.0], "lower_quartile": [None], "median": [None]}
    frozen = {"year": 2025, "pool": "sector:kommun", "computed_on": date(2026, 3, 1), "organisations": 9}
    with transaction(vaults.worker, None) as session:
        for owner in (customer.id, other.id):
            row = {"organisation_id": owner, "synthetic": False, "upper_quartile": [None]}
            session.add(Benchmark(**row, **frozen, **arrays))

    erase(vaults.worker, vaults.keys, known(customer), ORDER)

    with transaction(vaults.worker, None) as session:
        assert session.scalars(select(Benchmark.organisation_id).where(Benchmark.year == 2025)).all() == [other.id]


def test_the_certificate_says_which_key_and_which_ciphertexts_are_gone(vaults: Vaults, customer: Customer) -> None:
    key = organisation_keys.read(vaults.keys, customer.id).newest_first[0]
    digest = hashlib.sha256(b"".join(sorted(map(_sha256, ciphertexts(vaults, customer))))).hexdigest()

    document = erase(vaults.worker, vaults.keys, known(customer), ORDER).document

    begun, done = certificates_of(vaults, customer)
    assert verify(document) == done
    assert (begun.stage, done.stage) == (Stage.BEGUN, Stage.DONE)
    assert done.organisation == customer.name
    assert done.key_commitments == begun.key_commitments == (hashlib.sha256(key).hexdigest(),)
    assert (done.ciphertexts, done.ciphertexts_hash) == (len(PEOPLE) + 2, digest)
    assert (done.by, done.backups_gone) == (ORDER.by, ORDER.backups_gone)
    assert (done.rows["invitation"], done.rows["address_key"]) == (len(PEOPLE), 1)
    assert begun.at < done.at


def test_all_certificates_are_one_chain(vaults: Vaults) -> None:
    for _number in range(2):
        erase(vaults.worker, vaults.keys, known(vaults.customer(PEOPLE)), ORDER)

    documents = chain(vaults)

    signed = [verify(document) for document in documents]
    assert [each.number for each in signed] == list(range(1, len(documents) + 1))
    assert [follows(*pair) for pair in zip(signed, [None, *documents], strict=False)] == [True] * len(signed)
    assert signed[-1].begun == document_hash(documents[-2])


def test_only_the_platform_sees_certificates_and_nobody_changes_them(vaults: Vaults, customer: Customer) -> None:
    other = vaults.customer(PEOPLE)
    erase(vaults.worker, vaults.keys, known(customer), ORDER)

    with transaction(vaults.web, other.id) as session:
        seen = session.scalars(select(ErasureCertificate.number)).all()

    assert seen == []
    change = update(ErasureCertificate).values(erased_name="Granvik")
    for engine in (vaults.web, vaults.worker):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction(engine, PLATFORM) as session:
            session.execute(change)


def test_an_erasure_between_two_keys_names_both(vaults: Vaults, customer: Customer) -> None:
    commitments = organisation_keys.follow(vaults.keys, customer.id).commitments

    erase(vaults.worker, vaults.keys, known(customer), ORDER)

    assert len(commitments) == 2
    assert certificates_of(vaults, customer)[1].key_commitments == commitments


def test_an_organisation_that_has_lost_its_key_is_erased_too(vaults: Vaults, customer: Customer) -> None:
    vaults.keys.destroy(addresses_key(customer.id))

    erase(vaults.worker, vaults.keys, known(customer), ORDER)

    assert certificates_of(vaults, customer)[1].key_commitments == ()


def test_the_name_can_be_used_again(vaults: Vaults, customer: Customer) -> None:
    erase(vaults.worker, vaults.keys, known(customer), ORDER)

    with transaction(vaults.worker, None) as session:
        again = people.create_organisation(session, access.system(), vaults.keys, customer.name, Sector.KOMMUN)

    assert again != customer.id
    rotate_organisation_key(vaults.worker, vaults.keys, again)


def ciphertexts(vaults: Vaults, customer: Customer) -> list[bytes]:
    columns = ((Account, Account.address), (Invitation, Invitation.address), (Upload, Upload.content))
    with transaction(vaults.worker, None) as session:
        return [
            found
            for table, column in columns
            for found in session.scalars(select(column).where(table.organisation_id == customer.id))
        ]


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
