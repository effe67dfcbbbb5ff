"""Texts an organisation may put in its own words: what each is for, what may stand in it, and how it is read.

What protects the respondent is not among them: link, days, anonymity and support stand in every mail and form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dimios_dash.errors import Invalid


class TextKind(StrEnum):
    """Where a text stands."""

    INVITATION_SUBJECT = "invitation_subject"
    INVITATION = "invitation"
    REMINDER_SUBJECT = "reminder_subject"
    REMINDER = "reminder"
    INTRODUCTION = "introduction"  # above the form
    THANKS = "thanks"  # after it

    @property
    def rules(self) -> Rules:
        return _RULES[self]


class Placeholder(StrEnum):
    """What is filled in for each respondent; stands in a text within braces."""

    ORGANISATION = "organisation"
    LAST_DAY = "sista_dag"
    K = "k"

    @property
    def meaning(self) -> str:
        """In Swedish, for the page that edits."""
        return _MEANINGS[self]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a text is called in Swedish, how long it may be, and whether it is one line."""

    label: str
    longest: int  # characters
    one_line: bool


_RULES: Final = {
    TextKind.INVITATION_SUBJECT: Rules("Inbjudan: ämne", 120, one_line=True),
    TextKind.INVITATION: Rules("Inbjudan: inledning", 2000, one_line=False),
    TextKind.REMINDER_SUBJECT: Rules("Påminnelse: ämne", 120, one_line=True),
    TextKind.REMINDER: Rules("Påminnelse: inledning", 2000, one_line=False),
    TextKind.INTRODUCTION: Rules("Formuläret: inledning", 2000, one_line=False),
    TextKind.THANKS: Rules("Formuläret: tack", 1000, one_line=False),
}
_MEANINGS: Final = {
    Placeholder.ORGANISATION: "er organisations namn",
    Placeholder.LAST_DAY: "sista dagen att svara",
    Placeholder.K: "det minsta antalet svar som visas",
}
_BRACES: Final = re.compile(r"\{([^{}]*)\}")


def checked(kind: TextKind, text: str) -> str:
    """The text as it is kept: without spaces at its ends, line breaks of one sort.

    Raises Invalid for an empty one, one that is too long, and for braces around what is no placeholder.
    """
    rules = kind.rules
    kept = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not kept:
        raise Invalid(f"{rules.label}: texten är tom. Skriv något.")
    if len(kept) > rules.longest:
        raise Invalid(f"{rules.label}: texten får ha högst {rules.longest} tecken. Den har {len(kept)}.")
    if rules.one_line and "\n" in kept:
        raise Invalid(f"{rules.label}: ämnet ska stå på en rad.")
    if any(not sign.isprintable() and sign != "\n" for sign in kept):
        raise Invalid(f"{rules.label}: texten har tecken som inte går att visa. Skriv om den för hand.")
    _require_known(rules.label, kept)
    return kept


def _require_known(label: str, text: str) -> None:
    known = {each.value for each in Placeholder}
    for name in _BRACES.findall(text):
        if name not in known:
            offered = ", ".join(f"{{{each}}}" for each in Placeholder)
            raise Invalid(f"{label}: {{{name}}} går inte att fylla i. Det som går är {offered}.")
    if "{" in _BRACES.sub("", text) or "}" in _BRACES.sub("", text):
        raise Invalid(f"{label}: en klammer saknar sin andra halva. Skriv till exempel {{{Placeholder.ORGANISATION}}}.")


def filled(text: str, values: Mapping[Placeholder, str]) -> str:
    """The text with every placeholder filled in; other braces stay as they are."""
    by_name = {each.value: value for each, value in values.items()}
    return _BRACES.sub(lambda found: by_name.get(found[1], found[0]), text)


def paragraphs(text: str) -> Sequence[Sequence[str]]:
    """Paragraphs, parted by empty lines, as lines."""
    return tuple(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[tuple[str, ...]]:
    for block in re.split(r"\n\s*\n", text.strip()):
        yield tuple(line.strip() for line in block.splitlines())
