"""Lets a new key of an organisation take over, while everybody reads and writes.

    1  the database admits the next generation, then the key store gets the new key: from now on it encrypts
    2  rows are encrypted anew in batches, address and index together
    3  the database dismisses the old generation, which it can only when no row refers to it; whoever still holds the
       old key in memory can write nothing with it after that
    4  the key store destroys the old key

Killed anywhere, the next run sees two keys on the ring and goes on; every row names the key that opens it.
"""

from __future__ import annotations

import time

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from db.commands import address_keys
from db.engine import transaction
from dimios_dash import access
from dimios_dash.crypto import organisation_keys
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.key_ring import KeyRing
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.ids import OrganisationId

PAUSE = 0.05  # seconds: somebody holds a row


def rotate_organisation_key(engine: Engine, keys: KeyStore, organisation_id: OrganisationId) -> int:
    """Give the organisation a new key, or finish a rotation that was interrupted; how many rows were encrypted anew.

    The engine speaks as *worker*. Waits while another rotation of the same key goes on. Raises KeyMissing for an
    organisation without a key, BadCiphertext for a row that no key opens: then both keys stay.
    """
    with transaction(engine, organisation_id) as lock:
        address_keys.hold(lock, access.system(organisation_id))
        old = _begin(engine, keys, organisation_id).generations[:-1]
        renewed = _move(engine, AddressVault.open(keys, organisation_id), old)
        organisation_keys.drop(keys, organisation_id, old)
    return renewed


def _begin(engine: Engine, keys: KeyStore, organisation_id: OrganisationId) -> KeyRing:
    """Two keys on the ring, the new one admitted before anybody can write with it."""
    wanted = organisation_keys.read(keys, organisation_id).followed().generations
    with transaction(engine, organisation_id) as session:
        address_keys.admit(session, access.system(organisation_id), wanted)
    return organisation_keys.follow(keys, organisation_id)


def _move(engine: Engine, vault: AddressVault, old: tuple[int, ...]) -> int:
    """Every row to the newest key, the old ones dismissed; how many rows."""
    renewed = _renew_all(engine, vault)
    while not _dismissed(engine, vault.organisation_id, old):
        renewed += _renew_all(engine, vault)
    return renewed


def _renew_all(engine: Engine, vault: AddressVault) -> int:
    """Batch by batch, each in a transaction of its own, until no row is left."""
    renewed, scope = 0, access.system(vault.organisation_id)
    while True:
        with transaction(engine, vault.organisation_id) as session:
            batch = address_keys.renew(session, scope, vault)
            finished = not batch and address_keys.is_renewed(session, scope, vault)
        if finished:
            return renewed
        if not batch:
            time.sleep(PAUSE)
        renewed += batch


def _dismissed(engine: Engine, organisation_id: OrganisationId, generations: tuple[int, ...]) -> bool:
    """No where somebody had opened the vault before the new key came, and has written a row just now."""
    try:
        with transaction(engine, organisation_id) as session:
            address_keys.dismiss(session, access.system(organisation_id), generations)
    except IntegrityError:
        return False
    return True
