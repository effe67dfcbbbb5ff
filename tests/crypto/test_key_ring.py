"""A ring of keys: what each one sealed opens as long as it is on the ring."""

from __future__ import annotations

import hashlib

import pytest

from dimios_dash.crypto.key_ring import BadCiphertext, KeyRing, UnknownKey

BOUND = b"row"


def test_both_keys_open_what_they_sealed_and_the_newest_seals() -> None:
    first = KeyRing.fresh()
    before = first.seal(b"old", BOUND)

    both = first.followed()

    after = both.seal(b"new", BOUND)
    assert (before[0], after[0]) == (1, 2)
    assert (both.open(before, BOUND), both.open(after, BOUND)) == (b"old", b"new")


def test_a_key_that_is_not_on_the_ring_is_told_from_damage() -> None:
    first = KeyRing.fresh()
    both = first.followed()
    old, new = first.seal(b"old", BOUND), both.seal(b"new", BOUND)

    with pytest.raises(UnknownKey):
        first.open(new, BOUND)
    with pytest.raises(UnknownKey):
        both.without((1,)).open(old, BOUND)
    with pytest.raises(BadCiphertext) as damage:
        both.open(old[:-1], BOUND)
    assert damage.type is BadCiphertext


def test_only_one_key_takes_over_at_a_time_and_the_newest_is_never_taken_off() -> None:
    both = KeyRing.fresh().followed()

    assert both.followed() is both
    assert both.without((1, 2)).generations == (2,)


def test_after_generation_255_comes_1_again() -> None:
    ring = KeyRing.fresh()

    for _rotation in range(255):
        ring = ring.followed().without(ring.generations)

    assert ring.generations == (1,)


def test_a_ring_comes_back_from_the_key_store_and_a_first_key_is_32_bytes() -> None:
    first = KeyRing.fresh()
    both = first.followed()

    assert [KeyRing.decode(ring.encode()) for ring in (first, both, both.without((1,)))] == [
        first,
        both,
        both.without((1,)),
    ]
    assert len(first.encode()) == 32


@pytest.mark.parametrize("content", [b"", b"short", b"k" * 34])
def test_other_lengths_are_no_ring(content: bytes) -> None:
    with pytest.raises(ValueError, match="32"):
        KeyRing.decode(content)


def test_a_commitment_is_the_hash_of_the_key_and_a_ring_shows_no_key() -> None:
    ring = KeyRing.decode(b"k" * 32)

    assert ring.commitments == (hashlib.sha256(b"k" * 32).hexdigest(),)
    assert "kkk" not in repr(ring)
