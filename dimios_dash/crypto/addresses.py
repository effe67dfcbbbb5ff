"""Addresses of one organisation, encrypted under a key of its own.

    master key → unwraps the organisation key (32 random bytes) → HKDF-SHA256 → encryption key, index key

Everything encrypted here is generation of the key (1 byte) || nonce (12) || AES-256-GCM ciphertext and tag, bound by
its associated data to the organisation, the row and the purpose: moved elsewhere it does not open.

While one organisation key takes over from another, a vault writes with the new one and reads what either wrote. It
looks into the key store again when it meets a generation that it does not know; so open it before reading rows.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from dimios_dash.crypto import organisation_keys
from dimios_dash.crypto.key_ring import KeyRing, UnknownKey
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.domain.addresses import MAX_ADDRESS_BYTES, normalise_address
from dimios_dash.ids import OrganisationId

_SALT = b"dimios-dash/addresses"


@dataclass(frozen=True, slots=True)
class AddressVault:
    """Encrypts, decrypts and indexes the addresses of one organisation; made by `create` or `open`."""

    organisation_id: OrganisationId
    generations: tuple[int, ...] = field(repr=False)  # of the organisation's key, the newest last
    _store: KeyStore = field(repr=False)
    _master: bytes | None = field(repr=False)
    _encryption: KeyRing = field(repr=False)
    _index: KeyRing = field(repr=False)

    @classmethod
    def create(cls, store: KeyStore, organisation_id: OrganisationId, master: bytes | None = None) -> Self:
        """Make and keep a new organisation key. `master` is the master key if it is not in the store.

        Raises KeyExists when the organisation has a key, KeyMissing without a master key, ValueError for
        a master key that is not 32 bytes.
        """
        return cls._of(store, organisation_id, master, organisation_keys.create(store, organisation_id, master))

    @classmethod
    def open(cls, store: KeyStore, organisation_id: OrganisationId, master: bytes | None = None) -> Self:
        """The vault of an organisation that has a key.

        Raises KeyMissing for no key (or a destroyed one) and for no master key, BadCiphertext for another
        master key than the one it was made with, ValueError for a master key that is not 32 bytes.
        """
        return cls._of(store, organisation_id, master, organisation_keys.read(store, organisation_id, master))

    @classmethod
    def _of(cls, store: KeyStore, organisation_id: OrganisationId, master: bytes | None, ring: KeyRing) -> Self:
        encryption, index = ring.derived(_SALT, b"encryption"), ring.derived(_SALT, b"index")
        return cls(organisation_id, ring.generations, store, master, encryption, index)

    def reopened(self) -> Self:
        """The vault as the key store has it now: a new key may have come, or an old one gone. Raises as `open`."""
        return self.open(self._store, self.organisation_id, self._master)

    @property
    def newest(self) -> int:
        """The generation of the key that everything new is written with."""
        return self.generations[-1]

    def encrypt(self, row_id: UUID, address: str) -> bytes:
        """Ciphertext of an address as it is written, of the same size for every address.

        Raises ValueError for more than 64 bytes of UTF-8 and for a zero byte.
        """
        return self._encryption.seal(_padded(address), self._bound_to(row_id, "email"))

    def decrypt(self, row_id: UUID, ciphertext: bytes) -> str:
        """The address of this row. Raises BadCiphertext, and KeyMissing where the key has been destroyed since."""
        return self._opened(ciphertext, self._bound_to(row_id, "email")).rstrip(b"\0").decode()

    def index(self, address: str) -> bytes:
        """32 bytes, equal for all spellings of one address, to find duplicates. Raises Invalid for no address."""
        return self.indexes(address)[0]

    def indexes(self, address: str) -> tuple[bytes, ...]:
        """What `index` gives under each key, the newest first: any of them may stand in a row."""
        return tuple(address_index(key, address) for key in self._index.newest_first)

    def seal_file(self, upload_id: UUID, content: bytes) -> bytes:
        """Ciphertext of an uploaded file that waits for confirmation; its length stays visible."""
        return self._encryption.seal(content, self._bound_to(upload_id, "file"))

    def open_file(self, upload_id: UUID, ciphertext: bytes) -> bytes:
        """The uploaded file. Raises as `decrypt` does."""
        return self._opened(ciphertext, self._bound_to(upload_id, "file"))

    def _opened(self, ciphertext: bytes, bound: bytes) -> bytes:
        try:
            return self._encryption.open(ciphertext, bound)
        except UnknownKey:  # a key has come since this vault was opened
            return self.reopened()._encryption.open(ciphertext, bound)  # noqa: SLF001, another of our own

    def _bound_to(self, row_id: UUID, purpose: str) -> bytes:
        return f"{self.organisation_id}|{row_id}|{purpose}".encode()


def address_index(key: bytes, address: str) -> bytes:
    """HMAC-SHA256 of the normalised address: per organisation in a vault, per platform for sign-in.

    Raises Invalid for what is not an address.
    """
    return hmac.digest(key, normalise_address(address).encode(), hashlib.sha256)


def _padded(address: str) -> bytes:
    encoded = address.encode()
    if len(encoded) > MAX_ADDRESS_BYTES or b"\0" in encoded:
        raise ValueError(f"an address has at most {MAX_ADDRESS_BYTES} bytes, none of them zero")
    return encoded.ljust(MAX_ADDRESS_BYTES, b"\0")
