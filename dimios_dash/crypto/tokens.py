"""Secrets that people carry: personal links and sessions, all of one shape.

    token = base64url without padding (organisation id, 16 bytes || secret part, 24 bytes), 54 characters

The organisation comes first so that the server knows whose rows to look in. The database keeps only
`token_hash`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from dimios_dash.errors import NotFound
from dimios_dash.ids import InvitationId, OrganisationId

_ORGANISATION_BYTES = 16
_SECRET_BYTES = 24
_UNKNOWN = (
    "Länken fungerar inte. Kontrollera att du fick med hela länken från mejlet, "
    "eller be den som bjöd in dig att skicka den igen."
)


def invitation_token(secret: bytes, organisation_id: OrganisationId, invitation_id: InvitationId) -> str:
    """The token of a personal link: the same each time, so that a reminder carries the same link.

    `secret` is the measurement's link secret.
    """
    return _token(organisation_id, hmac.digest(secret, invitation_id.bytes, hashlib.sha256)[:_SECRET_BYTES])


def new_session_secret(organisation_id: OrganisationId) -> str:
    """A token nobody has had before, for a new session."""
    return _token(organisation_id, secrets.token_bytes(_SECRET_BYTES))


def parse_token(token: str) -> tuple[OrganisationId, bytes]:
    """The organisation a token claims, and its secret part; whether it is true only the database knows.

    Raises NotFound for anything that is not a token to the letter.
    """
    try:
        content = urlsafe_b64decode(token + "==")
    except ValueError:
        raise NotFound(_UNKNOWN) from None
    if len(content) != _ORGANISATION_BYTES + _SECRET_BYTES or _written(content) != token:
        raise NotFound(_UNKNOWN)  # decoding forgives signs that are not of the alphabet
    return OrganisationId(UUID(bytes=content[:_ORGANISATION_BYTES])), content[_ORGANISATION_BYTES:]


def token_hash(token: str) -> bytes:
    """What the database keeps of a token: 32 bytes. Tokens are random enough to need no salt."""
    return hashlib.sha256(token.encode()).digest()


def csrf_token(session_secret: str) -> str:
    """What the pages of a session send back to prove that they are ours; tells nothing of the secret."""
    return _written(hmac.digest(session_secret.encode(), b"csrf", hashlib.sha256))


def _token(organisation_id: OrganisationId, secret_part: bytes) -> str:
    return _written(organisation_id.bytes + secret_part)


def _written(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
