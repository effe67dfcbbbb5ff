"""Codes of open links: short enough to be typed from a sheet of paper, too many to be guessed.

code = 16 signs of Crockford's base 32 (80 bits) in groups of four, "K7RT-2MXP-9WQH-4FGA"

The alphabet has no I, L, O and U: what looks like 1 or 0 is taken for it. The organisation would not fit in: which
one a code belongs to stands in a table of hashes. The database keeps only `tokens.token_hash` of the code.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

from dimios_dash.ids import OpenCodeId

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGNS, _GROUP, _BITS = 16, 4, 5
_LOOKALIKES: Final = str.maketrans("ILO", "110")
_BETWEEN: Final = re.compile(r"[\s–-]+")
_PURPOSE: Final = b"open link "  # no code is ever part of an invitation's token


def open_code(secret: bytes, code_id: OpenCodeId) -> str:
    """The code of a link, or for one answer: the same each time, so that it can be printed again.

    `secret` is the measurement's link secret.
    """
    digest = hmac.digest(secret, _PURPOSE + code_id.bytes, hashlib.sha256)
    number = int.from_bytes(digest[: _SIGNS * _BITS // 8])
    return _grouped("".join(_ALPHABET[number >> _BITS * place & 31] for place in reversed(range(_SIGNS))))


def new_code() -> str:
    """A code at random, for what no secret stands behind: a group of organisations."""
    return _grouped("".join(secrets.choice(_ALPHABET) for _ in range(_SIGNS)))


def read_code(typed: str) -> str:
    """The code as it was printed, whatever its letters, spaces and hyphens; "" for what cannot be a code."""
    signs = _BETWEEN.sub("", typed).upper().translate(_LOOKALIKES)
    return _grouped(signs) if len(signs) == _SIGNS and set(signs) <= set(_ALPHABET) else ""


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP] for start in range(0, _SIGNS, _GROUP))
