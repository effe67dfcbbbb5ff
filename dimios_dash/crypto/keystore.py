"""Where keys live: outside the database and outside its backups."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, runtime_checkable

MOST_FOLDERS = 2
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")


class KeyMissing(Exception):
    """No copy of the key exists: it was never written, or it has been destroyed."""


class KeyExists(Exception):
    """A key that may be written only once is already there."""


class KeyChanged(Exception):
    """Somebody else has put another key in place since it was read."""


@runtime_checkable  # for pydantic, which reads the types of a callback's Context
class KeyStore(Protocol):
    """Small secrets by name, "<group>/<key>" in a–z, 0–9 and hyphens. Other names raise ValueError."""

    def read(self, name: str) -> bytes:
        """The key. Raises KeyMissing."""

    def write_once(self, name: str, content: bytes) -> None:
        """Keep a new key. Raises KeyExists when there is one, ValueError for empty content."""

    def names(self, group: str) -> list[str]:
        """The names of all keys of a group, "<group>/<key>", sorted."""

    def replace(self, name: str, content: bytes, expected: bytes | None = None) -> None:
        """Put another key in place of an existing one; of `expected` only, where that is given.

        Raises KeyMissing, KeyChanged when another key than `expected` is there, ValueError for empty content.
        """

    def destroy(self, name: str) -> int:
        """Make the key unreadable for ever; how many copies there were.

        Fewer than expected is worth a warning: a copy may be on a disk that is not mounted. A retry
        after an interrupted destruction finishes it. Raises KeyMissing when nothing is left to destroy.
        """


class FolderKeyStore:
    """One file per key in one or two folders, preferably on different disks, the first one local.

    Each deed holds a lock on the key's group in the first folder, so that a reader that heals a lost
    copy can never bring back a key that another process is destroying.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        """Folders are made when first needed. Raises ValueError for none, three, or the same one twice."""
        if not 1 <= len(set(folders)) == len(folders) <= MOST_FOLDERS:
            raise ValueError("a key store has one folder, or two different ones")
        self._folders = tuple(folders)

    def read(self, name: str) -> bytes:
        """The first copy there is; lost copies are written anew from it. Raises KeyMissing."""
        with self._locked(name) as places:
            copies = _copies(places)
            if not copies:
                raise KeyMissing(name)
            content = copies[0].read_bytes()
            for lost in places:
                if lost not in copies:
                    _write(lost, content)
        return content

    def write_once(self, name: str, content: bytes) -> None:
        """See KeyStore; on disk in every folder when it returns."""
        _require_content(content)
        with self._locked(name) as places:
            if _copies(places):
                raise KeyExists(name)
            for place in places:
                _write(place, content)

    def names(self, group: str) -> list[str]:
        """See KeyStore; a key that has one copy left is among them."""
        places = (place for folder in self._folders for place in (folder / group).glob("*"))
        return sorted({name for place in places if _NAME.fullmatch(name := f"{group}/{place.name}")})

    def replace(self, name: str, content: bytes, expected: bytes | None = None) -> None:
        """See KeyStore; readers find the old key or the new one, never neither. The old one is overwritten."""
        _require_content(content)
        with self._locked(name) as places:
            copies = _copies(places)
            if not copies:
                raise KeyMissing(name)
            if expected is not None and copies[0].read_bytes() != expected:
                raise KeyChanged(name)
            for place in places:
                if place in copies:
                    _hidden_name(place).hardlink_to(place)  # so that it can be overwritten afterwards
                _write(place, content)
                _shred(_remains(place))

    def destroy(self, name: str) -> int:
        """See KeyStore. What interrupted writing left behind is destroyed too."""
        with self._locked(name) as places:
            copies = [place for place in places if place.exists()]
            files = [*copies, *(remain for place in places for remain in _remains(place))]
            if not files:
                raise KeyMissing(name)
            _shred(files)
        return len(copies)

    @contextmanager
    def _locked(self, name: str) -> Iterator[list[Path]]:
        """Where the copies of a key lie, for nobody else until the end of the block."""
        if not _NAME.fullmatch(name):
            raise ValueError("a key's name is <group>/<key> in a–z, 0–9 and hyphens")
        places = [folder / name for folder in self._folders]
        for place in places:
            _make_folder(place.parent.parent)
            _make_folder(place.parent)
        descriptor = os.open(places[0].parent, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield places
        finally:
            os.close(descriptor)


def _require_content(content: bytes) -> None:
    if not content:
        raise ValueError("a key is never empty")


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def _copies(places: Sequence[Path]) -> list[Path]:
    """The copies that hold something: a full disk or a broken one may leave an empty file."""
    return [place for place in places if place.exists() and place.stat().st_size]


def _write(place: Path, content: bytes) -> None:
    """All of it or nothing, on disk when it returns."""
    hidden = _hidden_name(place)
    descriptor = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    hidden.replace(place)
    _sync_folder(place.parent)


def _hidden_name(place: Path) -> Path:
    """A new name beside the key, of the kind that `_remains` finds and no key can have."""
    return place.with_name(f".{place.name}.{secrets.token_hex(8)}")


def _remains(place: Path) -> list[Path]:
    """Hidden files of this key: what an interrupted writing left, or what is about to be overwritten."""
    return list(place.parent.glob(f".{place.name}.*"))


def _shred(files: Sequence[Path]) -> None:
    """Overwrite, unlink, and see to it that both have reached the disk."""
    for path in files:
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
