"""What a process was started with, made once: settings, database, keys."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.settings import Settings


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The engine is that of the process's own database role."""

    settings: Settings
    engine: Engine
    keys: KeyStore
