"""Keys in folders: two copies, tight rights, nothing left after destruction."""

from __future__ import annotations

import stat
import threading
from pathlib import Path
from uuid import UUID

import pytest

from dimios_dash.crypto import keystore
from dimios_dash.crypto.key_names import MASTER_KEY, SIGN_IN_KEY, addresses_key, box_key, links_key
from dimios_dash.crypto.keystore import FolderKeyStore, KeyExists, KeyMissing
from dimios_dash.ids import MeasurementId, OrganisationId

NAME = "boxes/7d3c"
KEY = b"a key of thirty-two bytes, fixed"
OTHER_KEY = b"another key of thirty-two bytes."


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [tmp_path / "first", tmp_path / "second"]


@pytest.fixture
def store(folders: list[Path]) -> FolderKeyStore:
    return FolderKeyStore(folders)


def power_failure(_self: Path, _target: Path) -> Path:
    raise OSError("power failure")


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("copies", [1, 2])
def test_a_written_key_lies_in_every_folder_and_is_read_back(folders: list[Path], copies: int) -> None:
    store = FolderKeyStore(folders[:copies])

    store.write_once(NAME, KEY)

    assert store.read(NAME) == KEY
    assert [(folder / NAME).read_bytes() for folder in folders[:copies]] == [KEY] * copies


def test_another_store_over_the_same_folders_finds_the_key(store: FolderKeyStore, folders: list[Path]) -> None:
    store.write_once(NAME, KEY)

    assert FolderKeyStore(folders).read(NAME) == KEY


def test_nobody_but_the_owner_may_look_into_folders_or_files(store: FolderKeyStore, folders: list[Path]) -> None:
    store.write_once(NAME, KEY)

    for folder in folders:
        rights = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "boxes", folder / NAME)]
        assert rights == [0o700, 0o700, 0o600]


def test_a_key_is_written_only_once(store: FolderKeyStore) -> None:
    store.write_once(NAME, KEY)

    with pytest.raises(KeyExists):
        store.write_once(NAME, OTHER_KEY)

    assert store.read(NAME) == KEY


def test_a_key_with_one_copy_left_cannot_be_written_again(store: FolderKeyStore, folders: list[Path]) -> None:
    store.write_once(NAME, KEY)
    (folders[0] / NAME).unlink()

    with pytest.raises(KeyExists):
        store.write_once(NAME, OTHER_KEY)


def test_a_replaced_key_is_overwritten_and_leaves_nothing_beside_the_new_one(
    store: FolderKeyStore, folders: list[Path], tmp_path: Path
) -> None:
    store.write_once(NAME, KEY)
    (tmp_path / "block").hardlink_to(folders[0] / NAME)  # shows what lies on the disk afterwards

    store.replace(NAME, OTHER_KEY)

    assert store.read(NAME) == OTHER_KEY
    assert [files_below(folder) for folder in folders] == [[folder / NAME] for folder in folders]
    assert (tmp_path / "block").read_bytes() not in (KEY, OTHER_KEY)


def test_a_key_with_one_copy_left_is_replaced_in_both_folders(store: FolderKeyStore, folders: list[Path]) -> None:
    store.write_once(NAME, KEY)
    (folders[1] / NAME).unlink()

    store.replace(NAME, OTHER_KEY)

    assert [(folder / NAME).read_bytes() for folder in folders] == [OTHER_KEY, OTHER_KEY]


@pytest.mark.parametrize("lost", [0, 1])
def test_reading_writes_a_lost_copy_anew(store: FolderKeyStore, folders: list[Path], lost: int) -> None:
    store.write_once(NAME, KEY)
    (folders[lost] / NAME).unlink()

    content = store.read(NAME)

    assert content == KEY
    assert (folders[lost] / NAME).read_bytes() == KEY
    assert stat.S_IMODE((folders[lost] / NAME).stat().st_mode) == 0o600


def test_an_empty_file_counts_as_a_lost_copy(store: FolderKeyStore, folders: list[Path]) -> None:
    store.write_once(NAME, KEY)
    (folders[0] / NAME).write_bytes(b"")

    content = store.read(NAME)

    assert content == (folders[0] / NAME).read_bytes() == KEY


def test_a_whole_lost_folder_comes_back_key_by_key(store: FolderKeyStore, folders: list[Path]) -> None:
    store.write_once(NAME, KEY)
    (folders[0] / NAME).unlink()
    (folders[0] / "boxes").rmdir()
    folders[0].rmdir()

    store.read(NAME)

    assert (folders[0] / NAME).read_bytes() == KEY


def test_a_destroyed_key_is_overwritten_and_gone_from_every_folder(
    store: FolderKeyStore, folders: list[Path], tmp_path: Path
) -> None:
    store.write_once(NAME, KEY)
    blocks = [tmp_path / "block-0", tmp_path / "block-1"]
    for block, folder in zip(blocks, folders, strict=True):
        block.hardlink_to(folder / NAME)

    copies = store.destroy(NAME)

    assert copies == 2
    assert [files_below(folder) for folder in folders] == [[], []]
    assert [len(block.read_bytes()) for block in blocks] == [len(KEY)] * 2
    assert all(block.read_bytes() != KEY for block in blocks)
    with pytest.raises(KeyMissing):
        store.read(NAME)


def test_destroying_leaves_other_keys_alone(store: FolderKeyStore) -> None:
    store.write_once(NAME, KEY)
    store.write_once(f"{NAME}-2", OTHER_KEY)

    store.destroy(NAME)

    assert store.read(f"{NAME}-2") == OTHER_KEY


def test_destroying_again_finishes_what_was_interrupted(store: FolderKeyStore, folders: list[Path]) -> None:
    store.write_once(NAME, KEY)
    (folders[0] / NAME).unlink()

    copies = store.destroy(NAME)

    assert copies == 1
    assert files_below(folders[1]) == []


def test_an_interrupted_writing_hides_no_key_from_destruction(
    store: FolderKeyStore, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", power_failure)
    with pytest.raises(OSError, match="power failure"):
        store.write_once(NAME, KEY)
    assert len(files_below(folders[0])) == 1

    copies = store.destroy(NAME)

    assert copies == 0
    assert files_below(folders[0]) == []


def test_an_interrupted_replacement_keeps_the_old_key(store: FolderKeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write_once(NAME, KEY)

    monkeypatch.setattr(Path, "replace", power_failure)
    with pytest.raises(OSError, match="power failure"):
        store.replace(NAME, OTHER_KEY)
    monkeypatch.undo()

    assert store.read(NAME) == KEY
    store.replace(NAME, OTHER_KEY)
    assert store.read(NAME) == OTHER_KEY


def test_a_reader_that_heals_cannot_bring_back_a_key_being_destroyed(
    store: FolderKeyStore, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write_once(NAME, KEY)
    (folders[0] / NAME).unlink()
    destroyer = threading.Thread(target=FolderKeyStore(folders).destroy, args=(NAME,))
    write = keystore._write

    def write_while_somebody_destroys(place: Path, content: bytes) -> None:
        destroyer.start()
        destroyer.join(timeout=0.2)  # without a lock the destruction would be over before the healing
        write(place, content)

    monkeypatch.setattr(keystore, "_write", write_while_somebody_destroys)
    store.read(NAME)
    destroyer.join()

    assert [files_below(folder) for folder in folders] == [[], []]


def test_a_key_that_was_never_written_is_missing(store: FolderKeyStore) -> None:
    with pytest.raises(KeyMissing):
        store.read(NAME)
    with pytest.raises(KeyMissing):
        store.replace(NAME, KEY)
    with pytest.raises(KeyMissing):
        store.destroy(NAME)


@pytest.mark.parametrize(
    "name",
    [
        *("", "boxes", "boxes/", "/boxes", "/etc/passwd", "boxes//7d3c", "boxes/7d3c/1", "boxes/7d3c\n"),
        *("../7d3c", "boxes/..", "boxes/../7d3c", "./7d3c", "boxes/.7d3c", "boxes/*", "boxes/7D3C", "boxes/å"),
        *("boxes\\7d3c", "boxes/7d3c\0", "-boxes/7d3c"),
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused_before_anything_happens(
    store: FolderKeyStore, folders: list[Path], name: str
) -> None:
    for deed in (store.read, store.destroy):
        with pytest.raises(ValueError, match="name"):
            deed(name)
    for deed_with_content in (store.write_once, store.replace):
        with pytest.raises(ValueError, match="name"):
            deed_with_content(name, KEY)

    assert not any(folder.exists() for folder in folders)


def test_an_empty_key_is_refused(store: FolderKeyStore) -> None:
    with pytest.raises(ValueError, match="empty"):
        store.write_once(NAME, b"")
    with pytest.raises(ValueError, match="empty"):
        store.replace(NAME, b"")


@pytest.mark.parametrize("names", [[], ["a", "a"], ["a", "b", "c"]])
def test_a_store_has_one_folder_or_two_different_ones(tmp_path: Path, names: list[str]) -> None:
    with pytest.raises(ValueError, match="folder"):
        FolderKeyStore([tmp_path / name for name in names])


def test_every_kind_of_key_has_a_name_the_store_accepts_and_a_group_of_its_own(store: FolderKeyStore) -> None:
    same = UUID("00000000-0000-4000-8000-0000000000ab")
    names = [
        addresses_key(OrganisationId(same)),
        links_key(MeasurementId(same)),
        box_key(MeasurementId(same)),
        MASTER_KEY,
        SIGN_IN_KEY,
    ]

    for name in names:
        store.write_once(name, name.encode())

    assert [store.read(name) for name in names] == [name.encode() for name in names]
