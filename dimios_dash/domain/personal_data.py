"""Finds what can point out a person in a text, so that its writer is asked before it is sent.

The patterns are written so that Python and JavaScript read them alike, and the form hands them to the browser: a
sealed text is looked through there and nowhere else. Each has one group, which holds what is pointed out. None of
them can be sure: what is found is shown, and the writer decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dimios_dash.translations import N_

_NOT_IN_ADDRESS = r'\s@<>(),;:!?"”'
_PART = f"[^{_NOT_IN_ADDRESS}]"
_APART = "[ \u00a0]?[-+–]?[ \u00a0]?"
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"  # 61–91: samordningsnummer
_NO_PHONE = "(?!0[0-9]{9}(?![0-9]))"  # 0701234567 could be both, and is hardly ever the other
_MONTH = "(?:0[1-9]|1[0-2])"
_FIRST_DAY = "(?:0[1-9]|[12][0-9]|3[01])"
_FINNISH = f"{_FIRST_DAY}{_MONTH}[0-9]{{2}}[-+A-FU-Y][0-9]{{3}}[0-9A-Y]"  # henkilötunnus, day first
_NORWEGIAN = f"(?:{_FIRST_DAY}|[4-7][0-9]){_MONTH}[0-9]{{2}}{_APART}[0-9]{{5}}"  # fødselsnummer; 41-71: D-nummer
_OF_EIGHT = "[2-9][0-9](?:[ \u00a0][0-9]{2}){3}|[49][0-9]{2}[ \u00a0][0-9]{2}[ \u00a0][0-9]{3}"  # as Norwegians write

PATTERNS: Final = (  # kind, as it is named to the writer; the first that finds something names it
    (N_("e-postadress"), f"({_PART}+@{_PART}+[.][^{_NOT_IN_ADDRESS}.]{{2,}})"),
    (N_("personnummer"), f"(?:^|[^0-9]){_NO_PHONE}((?:19|20)?[0-9]{{2}}{_MONTH}{_DAY}{_APART}[0-9]{{4}})(?![0-9])"),
    (N_("personnummer"), f"(?:^|[^0-9A-Za-z])({_FINNISH})(?![0-9A-Za-z])"),
    (N_("personnummer"), f"(?:^|[^0-9+])({_NORWEGIAN})(?![0-9])"),
    (N_("telefonnummer"), r"(?:^|[^0-9+])((?:\+[1-9]|0)[0-9]{1,3}(?:[ \u00a0()/.–-]{0,3}[0-9]){5,11})(?![0-9])"),
    (N_("telefonnummer"), f"(?:^|[^0-9 \u00a0])[ \u00a0]?({_OF_EIGHT})(?![ \u00a0]?[0-9])"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that looks like a person's number or address, as it was written."""

    kind: str
    text: str


def found(text: str) -> tuple[Found, ...]:
    """Everything in `text` that looks personal, kind after kind; nothing is named twice."""
    seen: list[Found] = []
    for kind, pattern in _COMPILED:
        for what in pattern.findall(text):
            if not any(what in earlier.text for earlier in seen):
                seen.append(Found(kind, what))
    return tuple(seen)
