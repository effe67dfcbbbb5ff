"""A new key of an organisation takes over while everybody works."""

from __future__ import annotations

import time
from collections import Counter
from threading import Event, Thread

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from db.commands import people, uploads
from db.commands.uploads import KeptFile, UploadKind
from db.engine import transaction
from db.models import Account, Invitation, Upload
from dimios_dash import access
from dimios_dash.crypto import organisation_keys
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.key_names import addresses_key
from dimios_dash.crypto.key_ring import BadCiphertext, KeyRing
from dimios_dash.custody.rotation import rotate_organisation_key
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.respondents.respondent_plan import RespondentDeed
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import PLATFORM, AccountId
from tests.custody.conftest import Customer, Vaults
from tests.worker.waiting import NOW

PEOPLE = ["eva@ekhamn.example", "bo.ek@ekhamn.example", "asa.oberg@ekhamn.example"]


@pytest.fixture
def customer(vaults: Vaults) -> Customer:
    return vaults.customer(PEOPLE)


def test_everything_is_encrypted_anew_and_reads_as_before(vaults: Vaults, customer: Customer) -> None:
    before = vaults.indexes(customer)

    renewed = rotate_organisation_key(vaults.worker, vaults.keys, customer.id)

    vault = AddressVault.open(vaults.keys, customer.id)
    assert renewed == len(PEOPLE) + 2
    assert vaults.generations(customer) == {"account": {2}, "invitation": {2}, "upload": {2}}
    assert vaults.addresses(customer) == sorted(PEOPLE)
    assert vaults.indexes(customer) == {vault.index(address) for address in PEOPLE}
    assert vaults.indexes(customer) & before == set()
    with transaction(vaults.worker, None) as session:
        upload = session.scalars(select(Upload).where(Upload.organisation_id == customer.id)).one()
        account = session.scalars(select(Account).where(Account.organisation_id == customer.id)).one()
    assert vault.open_file(upload.id, upload.content) == b"E;;Enheten"
    assert vault.decrypt(account.id, account.address).endswith("@prov.example")


def test_the_old_key_is_gone_from_every_folder_and_opens_nothing(vaults: Vaults, customer: Customer) -> None:
    old = organisation_keys.read(vaults.keys, customer.id)

    rotate_organisation_key(vaults.worker, vaults.keys, customer.id)

    left = [path for folder in vaults.settings.key_folders for path in folder.rglob(f"*{customer.id}*")]
    assert [path.name for path in left] == [str(customer.id)] * 2
    assert {path.read_bytes() for path in left} == {vaults.keys.read(addresses_key(customer.id))}
    assert organisation_keys.read(vaults.keys, customer.id).generations == (2,)
    with transaction(vaults.worker, None) as session:
        row = session.scalars(select(Invitation).where(Invitation.organisation_id == customer.id)).first()
    assert row is not None
    stolen = KeyRing.decode(b"\x02" + old.newest_first[0]).derived(b"dimios-dash/addresses", b"encryption")
    with pytest.raises(BadCiphertext):
        stolen.open(row.address, f"{customer.id}|{row.id}|email".encode())


def test_a_vault_that_was_opened_before_reads_what_is_encrypted_anew(vaults: Vaults, customer: Customer) -> None:
    opened_before = AddressVault.open(vaults.keys, customer.id)

    rotate_organisation_key(vaults.worker, vaults.keys, customer.id)

    with transaction(vaults.worker, None) as session:
        rows = session.scalars(select(Invitation).where(Invitation.organisation_id == customer.id)).all()
    assert sorted(opened_before.decrypt(row.id, row.address) for row in rows) == sorted(PEOPLE)


def test_a_vault_that_was_opened_before_can_write_nothing_with_a_key_that_is_gone(
    vaults: Vaults, customer: Customer
) -> None:
    opened_before = AddressVault.open(vaults.keys, customer.id)
    rotate_organisation_key(vaults.worker, vaults.keys, customer.id)

    with transaction(vaults.worker, customer.id) as session:
        row_id = session.scalars(select(Invitation.id).where(Invitation.organisation_id == customer.id)).first()
    assert row_id is not None
    written = update(Invitation).where(Invitation.id == row_id).values(address=opened_before.encrypt(row_id, PEOPLE[0]))

    with pytest.raises(IntegrityError, match="key_generation"), transaction(vaults.worker, customer.id) as session:
        session.execute(written)

    assert vaults.addresses(customer) == sorted(PEOPLE)


def test_the_old_key_stays_until_a_row_that_is_just_being_written_with_it_is_moved_too(
    vaults: Vaults, customer: Customer
) -> None:
    opened_before, desk = (
        AddressVault.open(vaults.keys, customer.id),
        DeskScope(customer.id, an_account(vaults, customer), None),
    )
    file = KeptFile(UploadKind.RESPONDENTS, "urval.csv", b"enhet;e-post")

    with transaction(vaults.web, customer.id) as session:
        upload_id = uploads.keep(session, desk, opened_before, file, NOW)
        rotation = Thread(target=rotate_organisation_key, args=(vaults.worker, vaults.keys, customer.id))
        rotation.start()
        wait_for_a_lock(vaults)
        both = organisation_keys.read(vaults.keys, customer.id).generations
    rotation.join()

    assert both == (1, 2)
    assert organisation_keys.read(vaults.keys, customer.id).generations == (2,)
    assert vaults.generations(customer)["upload"] == {2}
    with transaction(vaults.web, customer.id) as session:
        vault = AddressVault.open(vaults.keys, customer.id)
        assert uploads.read(session, desk, vault, UploadKind.RESPONDENTS, upload_id).content == file.content


def test_a_row_that_somebody_holds_is_waited_for(vaults: Vaults, customer: Customer) -> None:
    with transaction(vaults.worker, customer.id) as session:
        session.execute(update(Invitation).where(Invitation.organisation_id == customer.id).values(answered=True))
        rotation = Thread(target=rotate_organisation_key, args=(vaults.worker, vaults.keys, customer.id))
        rotation.start()
        while vaults.generations(customer)["upload"] == {1}:
            time.sleep(0.01)
        held = vaults.generations(customer)["invitation"]
    rotation.join()

    assert held == {1}
    assert vaults.generations(customer)["invitation"] == {2}


def test_everybody_works_while_the_key_is_rotated_again_and_again(vaults: Vaults) -> None:
    customer = vaults.customer(PEOPLE)
    finished, troubles, invited, read_lists = Event(), list[BaseException](), list(PEOPLE), list[list[str]]()

    def repeat(deed: str) -> None:
        try:
            while not finished.is_set():
                read() if deed == "read" else write(len(invited))
        except BaseException as trouble:
            troubles.append(trouble)

    def read() -> None:
        read_lists.append(vaults.addresses(customer))

    def write(number: int) -> None:
        plan = vaults.read_in(customer, [*invited, f"ny{number}@ekhamn.example"])
        assert plan.counts == Counter({RespondentDeed.NEW: 1, RespondentDeed.UNCHANGED: len(invited)})
        invited.append(f"ny{number}@ekhamn.example")

    threads = [Thread(target=repeat, args=(deed,)) for deed in ("read", "read", "write")]
    for thread in threads:
        thread.start()
    for _rotation in range(5):
        rotate_organisation_key(vaults.worker, vaults.keys, customer.id)
        enough = len(read_lists) + 5  # months lie between two rotations; here at least some readings
        while len(read_lists) < enough and not troubles:
            time.sleep(0.01)
    finished.set()
    for thread in threads:
        thread.join()

    assert troubles == []
    assert len(invited) > len(PEOPLE)
    assert all(set(PEOPLE) <= set(read) for read in read_lists)
    assert vaults.addresses(customer) == sorted(invited)
    assert vaults.generations(customer)["invitation"] == {6}


def test_the_platforms_own_key_is_rotated_too(vaults: Vaults) -> None:
    def operator(address: str) -> str:
        new = people.NewAccount("Kim Prov", address, "lugn och fin 2026", Role.OPERATOR)
        with transaction(vaults.worker, PLATFORM) as session:
            account_id = people.create_account(session, access.system(PLATFORM), vaults.keys, new)
            row = session.get_one(Account, (PLATFORM, account_id))
            return AddressVault.open(vaults.keys, PLATFORM).decrypt(account_id, row.address)

    before = operator("drift@prov.example")

    renewed = rotate_organisation_key(vaults.worker, vaults.keys, PLATFORM)

    assert (before, renewed) == ("drift@prov.example", 1)
    assert operator("jour@prov.example") == "jour@prov.example"


def test_two_rotations_at_once_follow_each_other(vaults: Vaults, customer: Customer) -> None:
    rotations = [
        Thread(target=rotate_organisation_key, args=(vaults.worker, vaults.keys, customer.id)) for _number in range(2)
    ]

    for rotation in rotations:
        rotation.start()
    for rotation in rotations:
        rotation.join()

    assert organisation_keys.read(vaults.keys, customer.id).generations == (3,)
    assert vaults.addresses(customer) == sorted(PEOPLE)


def test_a_damaged_row_keeps_both_keys_and_everything_else_readable(vaults: Vaults, customer: Customer) -> None:
    with transaction(vaults.worker, customer.id) as session:
        session.execute(update(Upload).where(Upload.organisation_id == customer.id).values(content=b"\x01damaged"))

    with pytest.raises(BadCiphertext):
        rotate_organisation_key(vaults.worker, vaults.keys, customer.id)

    assert organisation_keys.read(vaults.keys, customer.id).generations == (1, 2)
    assert vaults.addresses(customer) == sorted(PEOPLE)


def test_other_organisations_keep_their_keys(vaults: Vaults, customer: Customer) -> None:
    other = vaults.customer(PEOPLE)
    before = vaults.keys.read(addresses_key(other.id))

    rotate_organisation_key(vaults.worker, vaults.keys, customer.id)

    assert vaults.keys.read(addresses_key(other.id)) == before
    assert vaults.generations(other) == {"account": {1}, "invitation": {1}, "upload": {1}}


def an_account(vaults: Vaults, customer: Customer) -> AccountId:
    with transaction(vaults.worker, None) as session:
        return AccountId(session.scalars(select(Account.id).where(Account.organisation_id == customer.id)).one())


def wait_for_a_lock(vaults: Vaults) -> None:
    """Until somebody waits for a row of somebody else's."""
    waiting = text("select count(*) from pg_locks where not granted and locktype = 'transactionid'")
    while True:
        with transaction(vaults.worker, None) as session:
            if session.scalar(waiting):
                return
        time.sleep(0.01)
