"""The end of a contract: keys and rows of one organisation go, a certificate stays, all others keep what they have."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from db.commands import people
from db.engine import transaction
from db.models import Account, Benchmark, ErasureCertificate, Invitation, SignInSession, Upload
from db.queries import certificates
from db.queries.organisations import KnownOrganisation
from dimios_dash import access
from dimios_dash.crypto import organisation_keys
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.certificates import Certificate, Document, Stage, document_hash, follows, verify
from dimios_dash.crypto.key_names import addresses_key, box_key, links_key
from dimios_dash.crypto.keystore import KeyMissing
from dimios_dash.custody.erasure import Order, erase
from dimios_dash.custody.rotation import rotate_organisation_key
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import PLATFORM
from tests.custody.conftest import Customer, Vaults

PEOPLE = ["eva@ekhamn.example", "bo.ek@ekhamn.example", "asa.oberg@ekhamn.example"]
ORDER = Order("Kim Öberg, Ekhamns kommun", date(2027, 1, 1))

# Erases, and kills itself at the n-th call of a function, before or after it.
PROGRAM = """
import os, signal, sys
from datetime import date
from importlib import import_module
from pathlib import Path
from uuid import UUID

from db.engine import connect
from db.queries.organisations import KnownOrganisation
from dimios_dash.crypto.keystore import FolderKeyStore
from dimios_dash.custody.erasure import Order, erase
from dimios_dash.domain.sector import Sector

url, first, second, organisation_id, organisation, module, name, call, after = sys.argv[1:]
place, calls = import_module(module), []
deed = getattr(place, name)

def mortal(*arguments):
    calls.append(name)
    if len(calls) < int(call):
        return deed(*arguments)
    if after == "after":
        deed(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(place, name, mortal)
keys = FolderKeyStore([Path(first), Path(second)])
customer = KnownOrganisation(UUID(organisation_id), organisation, Sector.KOMMUN, 3)
erase(connect(url), keys, customer, Order("Den förste", date(2027, 1, 1)))
"""
COMMANDS, STORE = "db.commands.erasure", "dimios_dash.crypto.keystore"


@pytest.fixture
def customer(vaults: Vaults) -> Customer:
    return vaults.customer(PEOPLE)


def known(customer: Customer) -> KnownOrganisation:
    return KnownOrganisation(customer.id, customer.name, Sector.KOMMUN, 3)


def chain(vaults: Vaults) -> list[Document]:
    with transaction(vaults.web, PLATFORM) as session:
        return certificates.chain(session, access.system())


def of(vaults: Vaults, customer: Customer) -> list[Certificate]:
    """The customer's certificates, in the order of the chain."""
    return [found for found in map(verify, chain(vaults)) if found.organisation_id == customer.id]


def key_files(vaults: Vaults, customer: Customer) -> list[str]:
    """Every file of the customer's in every folder of the key store, also hidden ones."""
    ids = (str(customer.id), str(customer.measurement_id))
    paths = (path for folder in vaults.settings.key_folders for path in folder.rglob("*"))
    return sorted(f"{path.parent.name}/{path.name}" for path in paths if any(each in path.name for each in ids))


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

    begun, done = of(vaults, customer)
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
    assert of(vaults, customer)[1].key_commitments == commitments


def test_an_organisation_that_has_lost_its_key_is_erased_too(vaults: Vaults, customer: Customer) -> None:
    vaults.keys.destroy(addresses_key(customer.id))

    erase(vaults.worker, vaults.keys, known(customer), ORDER)

    assert of(vaults, customer)[1].key_commitments == ()


def test_the_name_can_be_used_again(vaults: Vaults, customer: Customer) -> None:
    erase(vaults.worker, vaults.keys, known(customer), ORDER)

    with transaction(vaults.worker, None) as session:
        again = people.create_organisation(session, access.system(), vaults.keys, customer.name, Sector.KOMMUN)

    assert again != customer.id
    rotate_organisation_key(vaults.worker, vaults.keys, again)


DEATHS = [
    (COMMANDS, "append", 1, "after"),  # in the first transaction
    (STORE, "_shred", 1, "before"),
    (STORE, "_shred", 1, "after"),
    (STORE, "_shred", 3, "after"),
    (COMMANDS, "delete_rows", 1, "before"),
    (COMMANDS, "delete_rows", 1, "after"),
    (COMMANDS, "append", 2, "after"),  # in the second transaction
]


@pytest.mark.parametrize("death", DEATHS, ids=lambda death: f"{death[3]}-{death[1]}-{death[2]}")
def test_killed_anywhere_it_certifies_first_and_the_next_one_finishes_it(
    vaults: Vaults, arguments: list[str], customer: Customer, project: Path, death: tuple[str, str, int, str]
) -> None:
    program = [sys.executable, "-c", PROGRAM, *arguments, str(customer.id), customer.name, *map(str, death)]
    all_keys = key_files(vaults, customer)

    ended = subprocess.run(program, cwd=project, check=False, capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (-signal.SIGKILL, "")
    begun = of(vaults, customer)
    assert [each.stage for each in begun] in ([], [Stage.BEGUN])
    assert begun or key_files(vaults, customer) == all_keys
    assert vaults.rows()[f"invitation {customer.id}"] == len(PEOPLE)
    erase(vaults.worker, vaults.keys, known(customer), ORDER)
    done = of(vaults, customer)
    assert [each.stage for each in done] == [Stage.BEGUN, Stage.DONE]
    assert {each.by for each in done} == {begun[0].by if begun else ORDER.by}
    assert len(done[1].key_commitments) == 1
    assert vaults.rows()[f"organisation {customer.id}"] == 0
    assert key_files(vaults, customer) == []


def test_nobody_of_the_organisation_gets_in_once_it_has_begun(
    vaults: Vaults, arguments: list[str], customer: Customer, project: Path
) -> None:
    where = (COMMANDS, "delete_rows", "1", "before")
    program = [sys.executable, "-c", PROGRAM, *arguments, str(customer.id), customer.name, *where]

    subprocess.run(program, cwd=project, check=False)

    with transaction(vaults.worker, None) as session:
        own = Account.organisation_id == customer.id
        assert session.scalars(select(Account.disabled).where(own)).all() == [True]
        assert not session.scalars(select(SignInSession).where(SignInSession.organisation_id == customer.id)).all()
    with pytest.raises(KeyMissing):
        AddressVault.open(vaults.keys, customer.id)
    for name in (links_key(customer.measurement_id), box_key(customer.measurement_id)):
        with pytest.raises(KeyMissing):
            vaults.keys.read(name)


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
