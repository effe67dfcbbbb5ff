"""Makes the ballot box of each measurement that has been opened."""

from __future__ import annotations

from db.commands import boxes
from db.engine import transaction
from dimios_dash import access
from dimios_dash.crypto.key_names import box_key
from dimios_dash.crypto.keystore import KeyExists, KeyStore
from dimios_dash.crypto.link_secrets import ensure_link_secret
from dimios_dash.crypto.sealing import new_box, public_key
from dimios_dash.ids import MeasurementId
from dimios_dash.surroundings import Surroundings


def make_missing(here: Surroundings) -> None:
    """A box for every open measurement without one.

    The private key and the secret of the links are on disk before the public key is in the database: after a crash
    in between the next run finds and uses them, and no answer is ever sealed for a box that cannot be opened.
    """
    with transaction(here.engine, None) as session:
        for measurement_id in boxes.without_box(session, access.system()):
            public = _ensure_keys(here.keys, measurement_id)
            boxes.store_public_key(session, access.system(), measurement_id, public)


def _ensure_keys(keys: KeyStore, measurement_id: MeasurementId) -> bytes:
    """The public key of the measurement's box; two workers at once get the same."""
    ensure_link_secret(keys, measurement_id)
    private, _public = new_box()
    _write_once(keys, box_key(measurement_id), private)
    return public_key(keys.read(box_key(measurement_id)))


def _write_once(keys: KeyStore, name: str, content: bytes) -> None:
    try:
        keys.write_once(name, content)
    except KeyExists:
        return
