"""Addresses of one organisation, encrypted under a key of its own.

    master key → unwraps the organisation key (32 random bytes) → HKDF-SHA256 → encryption key, index key

Everything encrypted here is version (1 byte) || nonce (12) || AES-256-GCM ciphertext and tag, bound by its
associated data to the organisation, the row and the purpose: moved elsewhere it does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dimios_dash.crypto.key_names import MASTER_KEY, addresses_key
from dimios_dash.crypto.keystore import KeyExists, KeyStore
from dimios_dash.domain.addresses import MAX_ADDRESS_BYTES, normalise_address
from dimios_dash.ids import OrganisationId

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"
_SALT = b"dimios-dash/addresses"


class BadCiphertext(Exception):
    """Not made with this key for this row, damaged, or of an unknown version."""


def ensure_master_key(store: KeyStore) -> None:
    """Make the platform's master key unless there is one."""
    try:
        store.write_once(MASTER_KEY, os.urandom(KEY_BYTES))
    except KeyExists:
        return


@dataclass(frozen=True, slots=True)
class AddressVault:
    """Encrypts, decrypts and indexes the addresses of one organisation; made by `create` or `open`."""

    organisation_id: OrganisationId
    _encryption_key: bytes = field(repr=False)
    _index_key: bytes = field(repr=False)

    @classmethod
    def create(cls, store: KeyStore, organisation_id: OrganisationId, master: bytes | None = None) -> Self:
        """Make and keep a new organisation key. `master` is the master key if it is not in the store.

        Raises KeyExists when the organisation has a key, KeyMissing without a master key, ValueError for
        a master key that is not 32 bytes.
        """
        key = os.urandom(KEY_BYTES)
        wrapped = _encrypt(_master(store, master), key, _bound(organisation_id, "key"))
        store.write_once(addresses_key(organisation_id), wrapped)
        return cls._of(organisation_id, key)

    @classmethod
    def open(cls, store: KeyStore, organisation_id: OrganisationId, master: bytes | None = None) -> Self:
        """The vault of an organisation that has a key.

        Raises KeyMissing for no key (or a destroyed one) and for no master key, BadCiphertext for another
        master key than the one it was made with, ValueError for a master key that is not 32 bytes.
        """
        wrapped = store.read(addresses_key(organisation_id))
        key = _decrypt(_master(store, master), wrapped, _bound(organisation_id, "key"))
        return cls._of(organisation_id, key)

    @classmethod
    def _of(cls, organisation_id: OrganisationId, key: bytes) -> Self:
        return cls(organisation_id, _derived(key, b"encryption"), _derived(key, b"index"))

    def encrypt(self, row_id: UUID, address: str) -> bytes:
        """Ciphertext of an address as it is written, of the same size for every address.

        Raises ValueError for more than 64 bytes of UTF-8 and for a zero byte.
        """
        return _encrypt(self._encryption_key, _padded(address), self._bound_to(row_id, "email"))

    def decrypt(self, row_id: UUID, ciphertext: bytes) -> str:
        """The address of this row. Raises BadCiphertext."""
        padded = _decrypt(self._encryption_key, ciphertext, self._bound_to(row_id, "email"))
        return padded.rstrip(b"\0").decode()

    def index(self, address: str) -> bytes:
        """32 bytes, equal for all spellings of one address, to find duplicates. Raises Invalid for no address."""
        return address_index(self._index_key, address)

    def seal_file(self, upload_id: UUID, content: bytes) -> bytes:
        """Ciphertext of an uploaded file that waits for confirmation; its length stays visible."""
        return _encrypt(self._encryption_key, content, self._bound_to(upload_id, "file"))

    def open_file(self, upload_id: UUID, ciphertext: bytes) -> bytes:
        """The uploaded file. Raises BadCiphertext."""
        return _decrypt(self._encryption_key, ciphertext, self._bound_to(upload_id, "file"))

    def _bound_to(self, row_id: UUID, purpose: str) -> bytes:
        return _bound(self.organisation_id, row_id, purpose)


def address_index(key: bytes, address: str) -> bytes:
    """HMAC-SHA256 of the normalised address: per organisation in a vault, per platform for sign-in.

    Raises Invalid for what is not an address.
    """
    return hmac.digest(key, normalise_address(address).encode(), hashlib.sha256)


def _master(store: KeyStore, master: bytes | None) -> bytes:
    key = store.read(MASTER_KEY) if master is None else master
    if len(key) != KEY_BYTES:
        raise ValueError(f"a master key has {KEY_BYTES} bytes")
    return key


def _bound(*parts: UUID | str) -> bytes:
    return "|".join(map(str, parts)).encode()


def _encrypt(key: bytes, content: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, content, bound)


def _decrypt(key: bytes, ciphertext: bytes, bound: bytes) -> bytes:
    nonce, sealed = ciphertext[1 : 1 + _NONCE_BYTES], ciphertext[1 + _NONCE_BYTES :]
    if ciphertext[:1] != _VERSION or len(nonce) < _NONCE_BYTES:
        raise BadCiphertext("unknown version, or too short")
    try:
        return AESGCM(key).decrypt(nonce, sealed, bound)
    except InvalidTag:
        raise BadCiphertext("another key or row, or damaged") from None


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=_SALT, info=purpose).derive(key)


def _padded(address: str) -> bytes:
    encoded = address.encode()
    if len(encoded) > MAX_ADDRESS_BYTES or b"\0" in encoded:
        raise ValueError(f"an address has at most {MAX_ADDRESS_BYTES} bytes, none of them zero")
    return encoded.ljust(MAX_ADDRESS_BYTES, b"\0")
