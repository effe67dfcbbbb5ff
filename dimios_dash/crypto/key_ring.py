"""Keys that follow each other: while one takes over from another, both open what they have sealed.

What is sealed is generation of the key (1 byte) || nonce (12) || AES-256-GCM ciphertext and tag, so that it says
itself which key opens it.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_ENTRY_BYTES = 1 + KEY_BYTES
_NONCE_BYTES = 12
_GENERATIONS = 255  # then they begin at 1 again


class BadCiphertext(Exception):
    """Not made with this key for this row, or damaged."""


class UnknownKey(BadCiphertext):
    """Made with a key that is not on the ring: one that came later, or one that is gone."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys of 32 bytes by generation (1 to 255): one, or two while the newest, the last, takes over."""

    _keys: tuple[tuple[int, bytes], ...] = field(repr=False)

    @classmethod
    def fresh(cls) -> Self:
        """A first random key."""
        return cls(((1, os.urandom(KEY_BYTES)),))

    @classmethod
    def decode(cls, content: bytes) -> Self:
        """What `encode` wrote. Raises ValueError for any other length."""
        if len(content) == KEY_BYTES:
            return cls(((1, content),))
        if not content or len(content) % _ENTRY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        entries = (content[at : at + _ENTRY_BYTES] for at in range(0, len(content), _ENTRY_BYTES))
        return cls(tuple((entry[0], entry[1:]) for entry in entries))

    def encode(self) -> bytes:
        """For the key store. A first key alone is written bare, as an operator may give it."""
        if self.generations == (1,):
            return self._keys[0][1]
        return b"".join(bytes([generation]) + key for generation, key in self._keys)

    @property
    def generations(self) -> tuple[int, ...]:
        """The newest last."""
        return tuple(generation for generation, _key in self._keys)

    @property
    def newest(self) -> int:
        """The generation that seals."""
        return self._keys[-1][0]

    @property
    def newest_first(self) -> tuple[bytes, ...]:
        """The keys themselves."""
        return tuple(key for _generation, key in reversed(self._keys))

    @property
    def commitments(self) -> tuple[str, ...]:
        """SHA-256 of each key, in hex: tells which key it was, and nothing of it."""
        return tuple(hashlib.sha256(key).hexdigest() for _generation, key in self._keys)

    def followed(self) -> Self:
        """With a new key to take over; the same ring where one is taking over already."""
        if len(self._keys) > 1:
            return self
        return type(self)((*self._keys, (self.newest % _GENERATIONS + 1, os.urandom(KEY_BYTES))))

    def without(self, generations: tuple[int, ...]) -> Self:
        """With these keys taken off, the newest never."""
        kept = tuple(entry for entry in self._keys if entry[0] not in generations or entry[0] == self.newest)
        return type(self)(kept)

    def derived(self, salt: bytes, purpose: bytes) -> Self:
        """A ring of keys for one purpose, by HKDF-SHA256 from each of these."""
        hkdf = ((generation, _hkdf(salt, purpose).derive(key)) for generation, key in self._keys)
        return type(self)(tuple(hkdf))

    def seal(self, content: bytes, bound: bytes) -> bytes:
        """Ciphertext under the newest key that opens only with the same `bound`."""
        generation, key = self._keys[-1]
        nonce = os.urandom(_NONCE_BYTES)
        return bytes([generation]) + nonce + AESGCM(key).encrypt(nonce, content, bound)

    def open(self, ciphertext: bytes, bound: bytes) -> bytes:
        """What was sealed. Raises BadCiphertext; UnknownKey where it names a key that is not here."""
        nonce, sealed = ciphertext[1 : 1 + _NONCE_BYTES], ciphertext[1 + _NONCE_BYTES :]
        if len(nonce) < _NONCE_BYTES:
            raise BadCiphertext("too short")
        key = dict(self._keys).get(ciphertext[0])
        if key is None:
            raise UnknownKey(f"key of generation {ciphertext[0]}")
        try:
            return AESGCM(key).decrypt(nonce, sealed, bound)
        except InvalidTag:
            raise BadCiphertext("another key or row, or damaged") from None


def _hkdf(salt: bytes, purpose: bytes) -> HKDF:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose)
