"""A key that two may change at once, and the list of keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from dimios_dash.crypto.keystore import FolderKeyStore, KeyChanged, KeyMissing

NAME = "addresses/a"


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [tmp_path / "keys", tmp_path / "copy"]


@pytest.fixture
def store(folders: list[Path]) -> FolderKeyStore:
    store = FolderKeyStore(folders)
    store.write_once(NAME, b"one")
    return store


def test_a_key_that_is_as_expected_is_replaced(store: FolderKeyStore) -> None:
    store.replace(NAME, b"two", b"one")

    assert store.read(NAME) == b"two"


def test_a_key_that_somebody_else_has_changed_is_left_alone(store: FolderKeyStore, folders: list[Path]) -> None:
    store.replace(NAME, b"two")

    with pytest.raises(KeyChanged):
        store.replace(NAME, b"three", b"one")

    assert [(folder / NAME).read_bytes() for folder in folders] == [b"two", b"two"]


def test_a_key_that_is_gone_is_missing_and_not_changed(store: FolderKeyStore) -> None:
    store.destroy(NAME)

    with pytest.raises(KeyMissing):
        store.replace(NAME, b"two", b"one")


def test_the_keys_of_a_group_are_listed_also_those_with_one_copy_left(
    store: FolderKeyStore, folders: list[Path]
) -> None:
    for name in ("addresses/c", "addresses/b", "boxes/a"):
        store.write_once(name, b"key")
    (folders[0] / "addresses/b").unlink()
    (folders[1] / "addresses/c").unlink()
    (folders[0] / "addresses/.a.0123456789abcdef").write_bytes(b"left by a crash")

    assert store.names("addresses") == ["addresses/a", "addresses/b", "addresses/c"]
    assert store.names("links") == []
