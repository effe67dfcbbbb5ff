"""Where rows for tests go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from dimios_dash.crypto.keystore import KeyStore


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows go to `session` (which speaks as the owner), keys to `keys`."""

    session: Session
    keys: KeyStore
