"""The organisations' keys as they lie in the key store, wrapped with the master key; and how both are followed.

A rotation puts a second key on a ring, moves what the first one sealed, and takes the first one off. Each of these
steps is one replacement of one key that nobody else has changed since it was read, so that two rotations at once, of
the same key or of master and organisation, never lose a key, and a killed one goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from dimios_dash.crypto.key_names import ADDRESSES, MASTER_KEY, addresses_key, owner_of
from dimios_dash.crypto.key_ring import BadCiphertext, KeyRing
from dimios_dash.crypto.keystore import KeyChanged, KeyExists, KeyMissing, KeyStore
from dimios_dash.ids import OrganisationId

Change = Callable[[KeyRing], KeyRing]


@dataclass(frozen=True, slots=True)
class MasterRotation:
    """What a rotation of the master key came upon."""

    rewrapped: int
    unreadable: tuple[str, ...]  # names of keys that no master key opens: they were lost before


def ensure_master_key(store: KeyStore) -> None:
    """Make the platform's master key unless there is one."""
    with suppress(KeyExists):
        store.write_once(MASTER_KEY, KeyRing.fresh().encode())


def create(store: KeyStore, organisation_id: OrganisationId, master: bytes | None = None) -> KeyRing:
    """Make and keep a new organisation key. `master` is the master key if it is not in the store.

    Raises KeyExists when the organisation has a key, KeyMissing without a master key, ValueError for a master key
    that is not 32 bytes.
    """
    ring, masters = KeyRing.fresh(), _masters(store, master)
    wrapped = _wrapped(masters, organisation_id, ring)
    store.write_once(addresses_key(organisation_id), wrapped)
    # A rotation of the master key that listed the keys before this one was written has not seen it.
    while (now := _masters(store, master)).newest != masters.newest:
        masters, before = now, wrapped
        wrapped = _wrapped(masters, organisation_id, ring)
        with suppress(KeyChanged):
            store.replace(addresses_key(organisation_id), wrapped, before)
    return ring


def read(store: KeyStore, organisation_id: OrganisationId, master: bytes | None = None) -> KeyRing:
    """The organisation's keys. Raises as `AddressVault.open` does."""
    return _opened(store, organisation_id, master)[1]


def follow(store: KeyStore, organisation_id: OrganisationId) -> KeyRing:
    """Put a new key on the organisation's ring, unless one is taking over already. Raises KeyMissing."""
    return _changed(store, organisation_id, KeyRing.followed)


def drop(store: KeyStore, organisation_id: OrganisationId, generations: tuple[int, ...]) -> KeyRing:
    """Destroy keys of the organisation that nothing is sealed with any more. Raises KeyMissing."""
    return _changed(store, organisation_id, lambda ring: ring.without(generations))


def rotate_master(store: KeyStore) -> MasterRotation:
    """Let a new master key take over, or finish a rotation that was interrupted; keys are re-wrapped one by one.

    Readers and writers go on meanwhile. Raises KeyMissing without a master key.
    """
    old = _change_masters(store, KeyRing.followed).generations[:-1]
    rewrapped, unreadable = 0, tuple[str, ...]()
    while True:  # again until nothing is left: keys may have been made meanwhile
        moved, unreadable = _rewrap_all(store)
        if not moved:
            break
        rewrapped += moved
    _change_masters(store, lambda masters: masters.without(old))
    return MasterRotation(rewrapped, unreadable)


def _rewrap_all(store: KeyStore) -> tuple[int, tuple[str, ...]]:
    moved, unreadable = 0, []
    for name in store.names(ADDRESSES):
        try:
            moved += _rewrap(store, owner_of(name))
        except BadCiphertext:
            unreadable.append(name)
        except KeyMissing:  # erased a moment ago
            continue
    return moved, tuple(unreadable)


def _rewrap(store: KeyStore, organisation_id: OrganisationId) -> bool:
    """Whether the key was wrapped with another master key than the newest."""
    wrapped, _ring = _opened(store, organisation_id, None)
    if wrapped[0] == _masters(store, None).newest:
        return False
    _changed(store, organisation_id, lambda ring: ring)
    return True


def _changed(store: KeyStore, organisation_id: OrganisationId, change: Change) -> KeyRing:
    """Wrapped with the newest master key, in every folder: also where nothing changes."""
    while True:
        wrapped, ring = _opened(store, organisation_id, None)
        ring = change(ring)
        with suppress(KeyChanged):
            again = _wrapped(_masters(store, None), organisation_id, ring)
            store.replace(addresses_key(organisation_id), again, wrapped)
            return ring


def _change_masters(store: KeyStore, change: Change) -> KeyRing:
    while True:
        before = store.read(MASTER_KEY)
        masters = change(KeyRing.decode(before))
        with suppress(KeyChanged):
            store.replace(MASTER_KEY, masters.encode(), before)
            return masters


def _opened(store: KeyStore, organisation_id: OrganisationId, master: bytes | None) -> tuple[bytes, KeyRing]:
    """The key as it lies there, and what is in it. Raises BadCiphertext where no master key opens it."""
    wrapped = store.read(addresses_key(organisation_id))
    try:
        content = _masters(store, master).open(wrapped, _bound(organisation_id))
    except BadCiphertext:
        if store.read(addresses_key(organisation_id)) == wrapped:
            raise
        return _opened(store, organisation_id, master)  # re-wrapped between the two readings
    return wrapped, KeyRing.decode(content)


def _masters(store: KeyStore, master: bytes | None) -> KeyRing:
    return KeyRing.decode(store.read(MASTER_KEY) if master is None else master)


def _wrapped(masters: KeyRing, organisation_id: OrganisationId, ring: KeyRing) -> bytes:
    return masters.seal(ring.encode(), _bound(organisation_id))


def _bound(organisation_id: OrganisationId) -> bytes:
    return f"{organisation_id}|key".encode()
