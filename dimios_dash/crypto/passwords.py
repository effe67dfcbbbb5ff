"""Passwords of those who sign in: argon2id."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

PARAMETERS = RFC_9106_LOW_MEMORY  # RFC 9106's second choice: 64 MiB, 3 passes, 4 lanes
_HASHER = PasswordHasher.from_parameters(PARAMETERS)
# Of a random password nobody kept, with the parameters above.
_NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$EcgqTAIpKRz75JGOYgkgfA$7mBIs8i3wnmSQLaHXI3Nh7SXNhZUA7nRSzP6ssvZ20E"


def hash_password(password: str) -> str:
    """Salted hash with its parameters, as text for the database."""
    return _HASHER.hash(password)


def verify_password(stored: str, password: str) -> bool:
    """Whether the password is the one `stored` was made from.

    Raises argon2's InvalidHashError for text that is no hash.
    """
    try:
        return _HASHER.verify(stored, password)
    except VerifyMismatchError:
        return False


def needs_rehash(stored: str) -> bool:
    """Whether the hash has other parameters than new ones get: make a new one at the next sign-in."""
    return _HASHER.check_needs_rehash(stored)


def burn() -> None:
    """Take as long as a verification, so that an unknown name cannot be told from a wrong password."""
    verify_password(_NOBODYS_HASH, "")
