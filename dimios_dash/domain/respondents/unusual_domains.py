"""Domains that few of the others have: a private address among colleagues', or a slip of the finger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

SMALLEST_LIST: Final = 10  # addresses; below it nothing is usual
_RARE: Final = 0.02  # of the list
_FEW: Final = 2  # addresses, in a list too short for the share to say anything
_AS_COMMON: Final = 5  # times: what a slip of the finger is taken to have meant
_NEAR: Final = 0.85  # similarity of two domains, 0-1


@dataclass(frozen=True, slots=True)
class UnusualDomain:
    """A domain, how many have it, and the usual one it may be a slip for."""

    domain: str
    count: int
    meant: str | None


def domains_of(addresses: Iterable[str]) -> Counter[str]:
    """How many addresses each domain has, without regard to case."""
    return Counter(address.rpartition("@")[2].casefold() for address in addresses)


def unusual_domains(counts: Mapping[str, int]) -> tuple[UnusualDomain, ...]:
    """Those that at most two, or 2 per cent, have; and those nearly like one that is five times as common.

    Slips first, then by name. Nothing for a list of fewer than SMALLEST_LIST.
    """
    total = sum(counts.values())
    if total < SMALLEST_LIST:
        return ()
    rare = [domain for domain, count in counts.items() if count <= max(_FEW, total * _RARE)]
    common = [domain for domain in counts if domain not in rare]
    found = [UnusualDomain(domain, counts[domain], _meant(domain, counts, common)) for domain in rare]
    return tuple(sorted(found, key=lambda each: (each.meant is None, each.domain))) if common else ()


def _meant(domain: str, counts: Mapping[str, int], common: Iterable[str]) -> str | None:
    """The most common of those that are nearly the same."""
    near = [
        other
        for other in common
        if counts[other] >= _AS_COMMON * counts[domain] and SequenceMatcher(None, domain, other).ratio() >= _NEAR
    ]
    return max(near, key=lambda other: (counts[other], other), default=None)
