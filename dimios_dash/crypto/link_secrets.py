"""The secret of a measurement that its links and codes are made from."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final

from dimios_dash.crypto.key_names import links_key
from dimios_dash.crypto.keystore import KeyExists, KeyStore
from dimios_dash.ids import MeasurementId

_BYTES: Final = 32


def ensure_link_secret(keys: KeyStore, measurement_id: MeasurementId) -> bytes:
    """The measurement's secret, made where there is none: an open link may be printed before the start.

    Two processes at once get the same.
    """
    with suppress(KeyExists):
        keys.write_once(links_key(measurement_id), os.urandom(_BYTES))
    return keys.read(links_key(measurement_id))
