"""A free text and what is told of it, the same wherever it is read or reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dash.development.base_component import Component

from dimios_dash.domain.moderation.masking import Passage, covered, joined
from dimios_dash.elements import html
from dimios_dash.translations import _


def quoted(*words: Component | str) -> Component:
    """The words of somebody else, their line breaks kept."""
    return html.Blockquote(html.P(list(words), className="free-text__words"), className="free-text__quote")


def as_written(text: str, masks: Sequence[Passage], proposed: Sequence[Passage]) -> list[Component | str]:
    """For somebody who reviews it: what others do not read is struck out, what looks personal stands out."""
    shown: list[Component | str] = []
    at = 0
    for first, last in joined(text, [*masks, *proposed]):
        drawn = html.S if covered((first, last), masks) else html.Mark
        shown += [text[at:first], drawn(text[first:last])]
        at = last
    return [*shown, text[at:]]


def facts(*told: str, tags: Iterable[Component] = ()) -> Component:
    """What it is about, where it is shown, and its tags."""
    listed = list(tags)
    return html.P(
        [
            " · ".join(filter(None, told)),
            *([html.Span([html.Span(_("Etiketter: "), className="visually-hidden"), *listed])] if listed else []),
        ],
        className="free-text__facts",
    )
