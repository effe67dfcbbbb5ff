"""Names of envelopes, so that one sent twice is in the box once. Nobody can work out an answer from its name."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from dimios_dash.crypto.sealing import Sheet
from dimios_dash.ids import new_id

ROUND: Final = "omgang"  # the hidden field of a form that has been opened once
Name = UUID
_SHORTEST: Final = 20  # signs of a round that is ours


def new_round() -> str:
    """What tells this opening of the form from all others; the server forgets it at once."""
    return secrets.token_urlsafe(24)


def of_envelope(envelope: bytes) -> Name:
    """The same for the same envelope, which the browser sends until it has arrived."""
    return _name(hashlib.sha256(envelope).digest())


def of_sheet(rounds: Sequence[str], sheet: Sheet) -> Name:
    """The same for the same answers from the same opened form, as by a double click; others from it are another's.

    The round is random and kept nowhere: without it the name says nothing of the answers. Without a round of ours
    every answer is a new one.
    """
    if len(rounds) != 1 or len(rounds[0]) < _SHORTEST:
        return new_id()
    content = [rounds[0], sheet.role_type, sorted(sheet.answers.items()), sorted(sheet.texts.items())]
    return _name(hashlib.sha256(json.dumps(content).encode()).digest())


def _name(digest: bytes) -> Name:
    return UUID(bytes=digest[:16], version=4)
