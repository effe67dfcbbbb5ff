"""The address vault: what the database holds opens only for its organisation, row and purpose."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.crypto.addresses import AddressVault, address_index
from dimios_dash.crypto.key_names import MASTER_KEY, addresses_key
from dimios_dash.crypto.key_ring import BadCiphertext
from dimios_dash.crypto.keystore import FolderKeyStore, KeyExists, KeyMissing
from dimios_dash.crypto.organisation_keys import ensure_master_key
from dimios_dash.ids import OrganisationId

ADDRESS = "asa.oberg@ekhamn.example"
ROW = uuid4()
ADDRESSES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=64).filter(
    lambda text: len(text.encode()) <= 64
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FolderKeyStore:
    store = FolderKeyStore([tmp_path_factory.mktemp("keys")])
    ensure_master_key(store)
    return store


@pytest.fixture(scope="module")
def vault(store: FolderKeyStore) -> AddressVault:
    return AddressVault.create(store, OrganisationId(uuid4()))


@given(address=ADDRESSES)
def test_an_address_comes_back_as_it_was_written(vault: AddressVault, address: str) -> None:
    assert vault.decrypt(ROW, vault.encrypt(ROW, address)) == address


def test_an_opened_vault_reads_what_the_created_one_wrote(store: FolderKeyStore, vault: AddressVault) -> None:
    ciphertext = vault.encrypt(ROW, ADDRESS)

    opened = AddressVault.open(store, vault.organisation_id)

    assert opened.decrypt(ROW, ciphertext) == ADDRESS
    assert opened.index(ADDRESS) == vault.index(ADDRESS)


def test_a_ciphertext_tells_neither_the_length_nor_the_text(vault: AddressVault) -> None:
    short, long = vault.encrypt(ROW, "a@b.se"), vault.encrypt(ROW, "å" * 32)

    assert len(short) == len(long) == 1 + 12 + 64 + 16
    assert b"a@b" not in short


def test_the_same_address_twice_gives_different_ciphertexts(vault: AddressVault) -> None:
    assert vault.encrypt(ROW, ADDRESS) != vault.encrypt(ROW, ADDRESS)


def test_a_ciphertext_moved_to_another_row_does_not_open(vault: AddressVault) -> None:
    ciphertext = vault.encrypt(ROW, ADDRESS)

    with pytest.raises(BadCiphertext):
        vault.decrypt(uuid4(), ciphertext)


def test_a_ciphertext_moved_to_another_organisation_does_not_open(store: FolderKeyStore, vault: AddressVault) -> None:
    other = AddressVault.create(store, OrganisationId(uuid4()))

    with pytest.raises(BadCiphertext):
        other.decrypt(ROW, vault.encrypt(ROW, ADDRESS))


def test_any_flipped_bit_makes_a_ciphertext_unreadable(vault: AddressVault) -> None:
    ciphertext = vault.encrypt(ROW, ADDRESS)

    for position in range(len(ciphertext)):
        damaged = bytearray(ciphertext)
        damaged[position] ^= 1
        with pytest.raises(BadCiphertext):
            vault.decrypt(ROW, bytes(damaged))


def test_any_cut_makes_a_ciphertext_unreadable(vault: AddressVault) -> None:
    ciphertext = vault.encrypt(ROW, ADDRESS)

    for length in range(len(ciphertext)):
        with pytest.raises(BadCiphertext):
            vault.decrypt(ROW, ciphertext[:length])


@pytest.mark.parametrize("address", ["a" * 65, "å" * 33, "a\0@b.se"])
def test_an_address_that_does_not_fit_is_refused(vault: AddressVault, address: str) -> None:
    with pytest.raises(ValueError, match="64"):
        vault.encrypt(ROW, address)


def test_the_index_finds_the_same_mailbox_in_another_writing(vault: AddressVault) -> None:
    assert vault.index("Asa.Oberg@EKHAMN.example") == vault.index(ADDRESS)
    assert len(vault.index(ADDRESS)) == 32


def test_the_index_tells_addresses_and_organisations_apart(store: FolderKeyStore, vault: AddressVault) -> None:
    other = AddressVault.create(store, OrganisationId(uuid4()))

    indexes = {vault.index(ADDRESS), vault.index("bo.ek@ekhamn.example"), other.index(ADDRESS)}

    assert len(indexes) == 3


def test_the_sign_in_index_depends_on_its_key() -> None:
    assert address_index(b"one key", ADDRESS) != address_index(b"another key", ADDRESS)


def test_an_uploaded_file_comes_back_unchanged_and_only_as_that_upload(vault: AddressVault) -> None:
    content = b"enhet_id;e-post\n17;asa.oberg@ekhamn.example\n" * 1000
    sealed = vault.seal_file(ROW, content)

    assert vault.open_file(ROW, sealed) == content
    assert b"ekhamn" not in sealed
    with pytest.raises(BadCiphertext):
        vault.open_file(uuid4(), sealed)


def test_a_file_and_an_address_of_the_same_row_are_never_mistaken_for_each_other(vault: AddressVault) -> None:
    with pytest.raises(BadCiphertext):
        vault.open_file(ROW, vault.encrypt(ROW, ADDRESS))
    with pytest.raises(BadCiphertext):
        vault.decrypt(ROW, vault.seal_file(ROW, ADDRESS.encode()))


def test_an_organisation_has_one_vault(store: FolderKeyStore, vault: AddressVault) -> None:
    with pytest.raises(KeyExists):
        AddressVault.create(store, vault.organisation_id)


def test_an_organisation_without_a_key_has_no_vault(store: FolderKeyStore) -> None:
    with pytest.raises(KeyMissing):
        AddressVault.open(store, OrganisationId(uuid4()))


def test_without_a_master_key_no_vault_is_made_and_nothing_is_written(tmp_path: Path) -> None:
    organisation_id = OrganisationId(uuid4())

    with pytest.raises(KeyMissing):
        AddressVault.create(FolderKeyStore([tmp_path]), organisation_id)

    assert not (tmp_path / addresses_key(organisation_id)).exists()


def test_a_destroyed_organisation_key_closes_the_vault_for_ever(tmp_path: Path) -> None:
    store, organisation_id = FolderKeyStore([tmp_path]), OrganisationId(uuid4())
    ensure_master_key(store)
    ciphertext = AddressVault.create(store, organisation_id).encrypt(ROW, ADDRESS)

    store.destroy(addresses_key(organisation_id))

    with pytest.raises(KeyMissing):
        AddressVault.open(store, organisation_id)
    with pytest.raises(BadCiphertext):
        AddressVault.create(store, organisation_id).decrypt(ROW, ciphertext)


def test_a_master_key_may_be_given_instead_of_stored(tmp_path: Path) -> None:
    store, organisation_id, master = FolderKeyStore([tmp_path]), OrganisationId(uuid4()), b"m" * 32
    ciphertext = AddressVault.create(store, organisation_id, master).encrypt(ROW, ADDRESS)

    opened = AddressVault.open(store, organisation_id, master)

    assert opened.decrypt(ROW, ciphertext) == ADDRESS
    assert not (tmp_path / MASTER_KEY).exists()


def test_another_master_key_opens_no_vault(store: FolderKeyStore, vault: AddressVault) -> None:
    with pytest.raises(BadCiphertext):
        AddressVault.open(store, vault.organisation_id, b"w" * 32)


def test_an_organisation_key_moved_to_another_organisation_opens_no_vault(
    store: FolderKeyStore, vault: AddressVault
) -> None:
    thief = OrganisationId(uuid4())
    store.write_once(addresses_key(thief), store.read(addresses_key(vault.organisation_id)))

    with pytest.raises(BadCiphertext):
        AddressVault.open(store, thief)


def test_a_master_key_of_the_wrong_size_is_refused(store: FolderKeyStore, vault: AddressVault) -> None:
    with pytest.raises(ValueError, match="32"):
        AddressVault.open(store, vault.organisation_id, b"short")


def test_the_master_key_is_made_once(store: FolderKeyStore) -> None:
    before = store.read(MASTER_KEY)

    ensure_master_key(store)

    assert store.read(MASTER_KEY) == before
    assert len(before) == 32


def test_a_vault_shows_no_key_when_printed(vault: AddressVault) -> None:
    assert repr(vault) == f"AddressVault(organisation_id={vault.organisation_id!r})"
