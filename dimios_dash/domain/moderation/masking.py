"""Which passages of a text others may not read, and the text without them.

A passage is (first, last + 1), counted in code points, as Python counts. What stands in its place never tells how long
it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from dimios_dash.domain import personal_data
from dimios_dash.translations import _

Passage = tuple[int, int]

_WORD = re.compile(r"\S+")


def words(text: str) -> tuple[Passage, ...]:
    """Every word with the signs that hang on to it, in order."""
    return tuple(found.span() for found in _WORD.finditer(text))


def of_words(text: str, chosen: Collection[int]) -> tuple[Passage, ...]:
    """The passages of the chosen words, counted from 0. Raises IndexError for a word that is not there."""
    found = words(text)
    if any(number < 0 for number in chosen):
        raise IndexError("words are counted from 0")
    return joined(text, (found[number] for number in chosen))


def words_in(text: str, passages: Collection[Passage]) -> tuple[int, ...]:
    """Which words one of the passages touches."""
    return tuple(
        number
        for number, (first, last) in enumerate(words(text))
        if any(begins < last and first < ends for begins, ends in passages)
    )


def occurrences(text: str, typed: str) -> tuple[Passage, ...]:
    """Everywhere that `typed` stands, whatever its capitals and the white space between its words."""
    pattern = r"\s+".join(map(re.escape, typed.split()))
    return tuple(found.span() for found in re.finditer(pattern, text, re.IGNORECASE)) if pattern else ()


def proposed(text: str) -> tuple[Passage, ...]:
    """What looks like somebody's number or address; never sure to be all of it."""
    spans = (span for found in personal_data.found(text) for span in occurrences(text, found.text))
    return joined(text, spans)


def joined(text: str, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The same characters in as few passages as possible: what overlaps, or has only white space between, is one."""
    whole: list[Passage] = []
    for first, last in sorted(passages):
        if whole and not text[whole[-1][1] : first].strip():
            whole[-1] = whole[-1][0], max(whole[-1][1], last)
        else:
            whole.append((first, last))
    return tuple(whole)


def covered(passage: Passage, masks: Iterable[Passage]) -> bool:
    """Whether one of the masks holds the whole passage."""
    return any(first <= passage[0] and passage[1] <= last for first, last in masks)


def mark() -> str:
    """What stands in the place of a passage."""
    return _("[maskerat]")


def masked(text: str, masks: Sequence[Passage]) -> str:
    """What others may read."""
    kept, at = [], 0
    for first, last in masks:
        kept += [text[at:first], mark()]
        at = last
    return "".join([*kept, text[at:]])
