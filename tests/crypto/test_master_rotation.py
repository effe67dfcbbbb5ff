"""A new master key takes over: everything stays readable at every moment, and a killed rotation goes on."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest

from dimios_dash.crypto import organisation_keys
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.key_names import MASTER_KEY, addresses_key
from dimios_dash.crypto.key_ring import BadCiphertext, KeyRing
from dimios_dash.crypto.keystore import FolderKeyStore
from dimios_dash.crypto.organisation_keys import ensure_master_key, rotate_master
from dimios_dash.ids import OrganisationId

ADDRESS = "asa.oberg@ekhamn.example"
ROW = uuid4()
STEPS = 5  # replacements of keys in a rotation with three organisations: master, three, master


class Killed(BaseException):
    """The process ends here."""


class MortalStore(FolderKeyStore):
    """Dies before or after a number of replacements."""

    left: int
    after: bool

    def replace(self, name: str, content: bytes, expected: bytes | None = None) -> None:
        self.left -= 1
        if self.left < 0 and not self.after:
            raise Killed
        super().replace(name, content, expected)
        if self.left < 0:
            raise Killed


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [tmp_path / "keys", tmp_path / "copy"]


@pytest.fixture
def store(folders: list[Path]) -> FolderKeyStore:
    store = FolderKeyStore(folders)
    ensure_master_key(store)
    return store


def organisation(store: FolderKeyStore) -> tuple[OrganisationId, bytes]:
    """One with an encrypted address."""
    vault = AddressVault.create(store, OrganisationId(uuid4()))
    return vault.organisation_id, vault.encrypt(ROW, ADDRESS)


def address(store: FolderKeyStore, organisation_id: OrganisationId, ciphertext: bytes) -> str:
    return AddressVault.open(store, organisation_id).decrypt(ROW, ciphertext)


def test_afterwards_the_old_master_key_opens_nothing_and_the_new_one_everything(
    store: FolderKeyStore, folders: list[Path]
) -> None:
    organisations = [organisation(store) for _number in range(3)]
    old = store.read(MASTER_KEY)

    done = rotate_master(store)

    assert (done.rewrapped, done.unreadable) == (3, ())
    assert [address(store, *each) for each in organisations] == [ADDRESS] * 3
    assert KeyRing.decode(store.read(MASTER_KEY)).generations == (2,)
    for organisation_id, _ciphertext in organisations:
        with pytest.raises(BadCiphertext):
            AddressVault.open(store, organisation_id, old)
    everything = b"".join(path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file())
    assert old not in everything


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(STEPS))
def test_killed_at_any_step_it_loses_nothing_and_the_next_one_finishes_it(
    store: FolderKeyStore, folders: list[Path], step: int, after: bool
) -> None:
    organisations = [organisation(store) for _number in range(3)]
    mortal = MortalStore(folders)
    mortal.left, mortal.after = step, after

    with pytest.raises(Killed):
        rotate_master(mortal)

    assert [address(store, *each) for each in organisations] == [ADDRESS] * 3
    organisations.append(organisation(store))
    rotate_master(store)
    assert [address(store, *each) for each in organisations] == [ADDRESS] * 4
    assert len(KeyRing.decode(store.read(MASTER_KEY)).generations) == 1


def test_a_rotation_replaces_as_many_keys_as_the_test_above_kills_it_at(
    store: FolderKeyStore, folders: list[Path]
) -> None:
    for _number in range(3):
        organisation(store)
    mortal = MortalStore(folders)
    mortal.left, mortal.after = STEPS, False

    rotate_master(mortal)

    assert mortal.left == 0


def test_vaults_are_opened_and_made_and_their_keys_followed_while_master_keys_are_rotated(
    store: FolderKeyStore, folders: list[Path]
) -> None:
    organisations, finished, troubles = [organisation(store)], Event(), list[BaseException]()

    def work() -> None:
        own = FolderKeyStore(folders)
        try:
            while not finished.is_set():
                organisations.append(made := organisation(own))
                ring = organisation_keys.follow(own, made[0])
                assert address(own, *organisations[0]) == address(own, *made) == ADDRESS
                assert ring.generations == (1, 2)
        except BaseException as trouble:
            troubles.append(trouble)

    workers = [Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for _rotation in range(5):
        rotate_master(store)
    finished.set()
    for worker in workers:
        worker.join()

    assert troubles == []
    assert len(organisations) > 1
    assert [address(store, *each) for each in organisations] == [ADDRESS] * len(organisations)


def test_a_key_that_no_master_key_opens_is_named_and_hinders_nothing(store: FolderKeyStore) -> None:
    kept, lost = organisation(store), OrganisationId(uuid4())
    store.write_once(addresses_key(lost), b"\x01" + b"x" * 60)

    done = rotate_master(store)

    assert done.unreadable == (addresses_key(lost),)
    assert address(store, *kept) == ADDRESS


def test_a_vault_of_a_destroyed_key_does_not_come_back(store: FolderKeyStore) -> None:
    organisation_id, _ciphertext = organisation(store)
    store.destroy(addresses_key(organisation_id))

    rotate_master(store)

    assert addresses_key(organisation_id) not in store.names("addresses")
