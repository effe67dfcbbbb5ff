"""Texts as others may read them, and those alike gathered under one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dimios_dash.domain.moderation.review import Status
from dimios_dash.ids import SuggestionId, UnitId


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text that has been reviewed, masked, at the unit where it is shown. Only `db.queries.suggestions` makes it.

    Nothing says which texts one person wrote.
    """

    id: SuggestionId
    unit_id: UnitId
    category: str | None  # None: what worked that others can learn from
    text: str
    is_masked: bool
    tags: tuple[str, ...]
    status: Status
    merged_into: SuggestionId | None
    offered: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """A text and those alike that are gathered under it, each with its unit."""

    head: ShownText
    alike: tuple[ShownText, ...]

    @property
    def count(self) -> int:
        """How many have been written."""
        return 1 + len(self.alike)


def gathered(texts: Iterable[ShownText]) -> tuple[Gathered, ...]:
    """Every text once, those with the most alike first, else in the order that they came in.

    Only what is among `texts` counts: where a head is not (it is hidden, or stands outside of the reader's branch),
    the first of those gathered under it takes its place. `db.queries.listed_texts` has the same order in SQL.
    """
    groups: dict[SuggestionId, list[ShownText]] = {}
    for text in texts:
        groups.setdefault(text.merged_into or text.id, []).append(text)
    found = [_with_head(head, group) for head, group in groups.items()]
    return tuple(sorted(found, key=lambda each: -each.count))


def _with_head(head: SuggestionId, group: list[ShownText]) -> Gathered:
    if len(group) == 1:
        return Gathered(group[0], ())
    first = next((text for text in group if text.id == head), group[0])
    return Gathered(first, tuple(text for text in group if text is not first))
