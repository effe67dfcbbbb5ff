"""Whether the sender's domain says in DNS that our mails are its own: SPF, DKIM and DMARC.

Receivers who find nothing there put mails among the rubbish. What is looked up is public and about our own domain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import dns.exception
import dns.resolver

PATIENCE: Final = 3.0  # seconds in all, for each question

Ask = Callable[[str], Sequence[str]]
"""The TXT records of a name, none where it has none. Raises Unreachable."""


class Unreachable(Exception):
    """DNS did not answer, which says nothing about the record."""


class RecordState(StrEnum):
    FOUND = "found"
    WEAK = "weak"  # there, but it asks receivers for nothing
    MISSING = "missing"
    UNKNOWN = "unknown"  # DNS did not answer
    UNUSED = "unused"  # we do not sign


@dataclass(frozen=True, slots=True)
class Record:
    """What was found of one kind, at the name where it was looked for."""

    kind: str  # "SPF", "DKIM", "DMARC"
    name: str
    state: RecordState


def look_up(domain: str, key: str | None, ask: Ask | None = None) -> tuple[Record, ...]:
    """SPF, DKIM and DMARC of a domain. `key`: the name where that of our signatures stands; None: we do not sign."""
    ask = ask or ask_dns
    dkim = Record("DKIM", domain, RecordState.UNUSED) if key is None else _record("DKIM", key, ask, _dkim)
    return (_record("SPF", domain, ask, _spf), dkim, _record("DMARC", f"_dmarc.{domain}", ask, _dmarc))


def ask_dns(name: str) -> Sequence[str]:
    """Of this machine's own resolvers."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=PATIENCE)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ()
    except (dns.exception.DNSException, OSError) as problem:
        raise Unreachable(name) from problem
    return tuple(b"".join(row.strings).decode("ascii", "replace") for row in answer)


def _record(kind: str, name: str, ask: Ask, judge: Callable[[Sequence[str]], RecordState]) -> Record:
    try:
        return Record(kind, name, judge(ask(name)))
    except Unreachable:
        return Record(kind, name, RecordState.UNKNOWN)


def _spf(records: Sequence[str]) -> RecordState:
    """RFC 7208: one record, and an "all" at its end that does not let everybody through."""
    own = [record.lower().split() for record in records if record.lower().split()[:1] == ["v=spf1"]]
    if len(own) != 1:
        return RecordState.WEAK if own else RecordState.MISSING
    return RecordState.FOUND if {"-all", "~all"} & set(own[0]) or _redirects(own[0]) else RecordState.WEAK


def _redirects(terms: Sequence[str]) -> bool:
    return any(term.startswith("redirect=") for term in terms)


def _dkim(records: Sequence[str]) -> RecordState:
    """RFC 6376: a key that has not been revoked."""
    keys = [_tags(record).get("p") for record in records]
    return RecordState.FOUND if any(keys) else RecordState.MISSING


def _dmarc(records: Sequence[str]) -> RecordState:
    """RFC 7489: a policy, and one that asks for something."""
    policies = [_tags(record).get("p", "") for record in records if _tags(record).get("v") == "DMARC1"]
    if not policies:
        return RecordState.MISSING
    return RecordState.FOUND if policies[0] in {"quarantine", "reject"} else RecordState.WEAK


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}
