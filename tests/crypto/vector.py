"""One envelope with a fixed key pair and nonce, which every program that seals must make to the byte."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from dimios_dash.crypto.sealing import Associated, Sheet, public_key
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, UnitId

BOX: Final = bytes(range(1, 33))  # private keys as numbers, in 32 bytes
EPHEMERAL: Final = bytes(range(33, 65))
NONCE: Final = bytes(range(12))
PUBLIC: Final = public_key(BOX)
HERE: Final = Associated(
    MeasurementId(UUID("0b7d3c52-6f0e-4c6e-9a51-2f3a4b5c6d7e")), UnitId("Förskola|17"), Channel.EMAIL
)
SHEET: Final = Sheet(
    2,
    {"F1.2": 5, "A2.4": 0, "F1.10": 6},
    {"larande": 'Små "steg" \\ 🙂\n\tslut', "A2": "Fler bör veta vem som beslutar."},
)
SHA256: Final = "70c74b01cccfaae925be24301ba79abaced58dbdd23bc7bcbeb45dddfeba7081"
