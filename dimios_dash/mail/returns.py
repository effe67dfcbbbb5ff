"""Where a mail comes back to: an address of its own, which only we can make, so that what comes back can be believed.

studs@dimios.example  →  studs+<outbox id and HMAC, in base 32>@dimios.example
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32decode, b32encode
from uuid import UUID

_MARK_BYTES = 8
_ID_BYTES = 16
_MARKED = re.compile(r"\+([a-z2-7]{39})@", re.IGNORECASE)


def address(key: bytes, outbox_id: UUID, bounces: str) -> str:
    """`bounces` with the mail's mark; servers on the way may fold its letters."""
    local, _at, domain = bounces.rpartition("@")
    return f"{local}+{_written(outbox_id.bytes + _mark(key, outbox_id))}@{domain}"


def mail_of(key: bytes, text: str) -> UUID | None:
    """Which mail an address in the text is of; None where there is none, or nobody of us has made it."""
    for found in _MARKED.findall(text):
        content = b32decode(found.upper() + "=")
        outbox_id = UUID(bytes=content[:_ID_BYTES])
        if hmac.compare_digest(content[_ID_BYTES:], _mark(key, outbox_id)):
            return outbox_id
    return None


def _mark(key: bytes, outbox_id: UUID) -> bytes:
    return hmac.digest(key, outbox_id.bytes, hashlib.sha256)[:_MARK_BYTES]


def _written(content: bytes) -> str:
    return b32encode(content).decode().rstrip("=").lower()
