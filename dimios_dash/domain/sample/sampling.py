"""Whom to ask: a sample that sees small units too, and does not ask the same people every year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dimios_dash.errors import Invalid

_NUMBER_BYTES = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked."""

    number: float  # their permanent random number
    asked: int | None  # the last year they were asked; None: never


def allocate(sizes: Sequence[int], sample: int, minimum: int) -> tuple[int, ...]:
    """How many of `sample` to ask in each stratum of `sizes` people: in proportion, with a minimum.

    A stratum gets at least `minimum` people, or all it has; the rest share what remains in proportion to their
    sizes, whole people by largest remainder (equal ones in the order given). Neither more nor fewer than
    `sample`, and never more than a stratum holds. `invitations_needed` tells the minimum.
    Raises Invalid where the sample cannot hold the minimums or exceeds everybody, ValueError for negative numbers.
    """
    if min(sizes, default=0) < 0 or minimum < 0:
        raise ValueError("a number of people is never negative")
    least = [min(size, minimum) for size in sizes]
    _require_possible(sample, sum(least), sum(sizes), minimum)
    lifted = _lifted(sizes, least, sample)
    free = [0 if up else size for size, up in zip(sizes, lifted, strict=True)]
    fixed = [low if up else 0 for low, up in zip(least, lifted, strict=True)]
    shares = _by_largest_remainder(free, sample - sum(fixed))
    return tuple(low + share for low, share in zip(fixed, shares, strict=True))


def _require_possible(sample: int, least: int, people: int, minimum: int) -> None:
    if sample < least:
        raise Invalid(
            f"Urvalet behöver vara minst {least} personer för att varje enhet ska få minst {minimum}, "
            "eller alla om den är mindre. Öka urvalet eller sänk det minsta antalet."
        )
    if sample > people:
        raise Invalid(f"Urvalet kan vara högst {people} personer, för fler finns inte. Minska urvalet.")


def _lifted(sizes: Sequence[int], least: Sequence[int], sample: int) -> list[bool]:
    """Strata whose share would be below their minimum; each one lifted leaves less to the others."""
    lifted = [False] * len(sizes)
    while True:
        people = sum(size for size, up in zip(sizes, lifted, strict=True) if not up)
        left = sample - sum(low for low, up in zip(least, lifted, strict=True) if up)
        below = [up or left * size < low * people for size, low, up in zip(sizes, least, lifted, strict=True)]
        if below == lifted:
            return lifted
        lifted = below


def _by_largest_remainder(sizes: Sequence[int], seats: int) -> list[int]:
    """`seats` shared in proportion to sizes, in whole numbers (Hamilton); in integers, so that ties are exact."""
    people = sum(sizes) or 1
    shares = [seats * size // people for size in sizes]
    by_remainder = sorted(range(len(sizes)), key=lambda stratum: -(seats * sizes[stratum] % people))
    for stratum in by_remainder[: seats - sum(shares)]:
        shares[stratum] += 1
    return shares


def permanent_number(digest: bytes) -> float:
    """A person's own random number in 0-1, the same every year: HMAC-SHA256(organisation's key, person) / 2^64.

    The first eight bytes of the digest count. `person` is the normalised address, so that its spelling does not
    matter; without the key nobody can tell who will be asked.
    """
    return int.from_bytes(digest[:_NUMBER_BYTES]) / 2.0 ** (8 * _NUMBER_BYTES)


def draw(people: Sequence[Candidate], size: int) -> tuple[int, ...]:
    """Places of the `size` people of one stratum who are asked this time, in the order given.

    Who was never asked comes first, then those who were asked longest ago, and among equals the lowest permanent
    random number (Ohlsson 1995, in Cox et al., Business Survey Methods, ch. 9). So nobody is asked again before
    everybody has been, also when people have left or joined since.
    Raises ValueError where the stratum has fewer people than `size`, or `size` is negative.
    """
    if not 0 <= size <= len(people):
        raise ValueError(f"{size} people cannot be drawn from {len(people)}")
    in_turn = sorted(range(len(people)), key=lambda place: (people[place].asked or 0, people[place].number))
    return tuple(sorted(in_turn[:size]))
