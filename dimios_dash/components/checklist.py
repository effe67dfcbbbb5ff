"""What is ready and what is not, before something that cannot be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dash.development.base_component import Component

from dimios_dash.elements import dcc, html


class Standing(StrEnum):
    """How an item stands; the class of its css too."""

    READY = "ready"
    LOOK = "look"
    MUST = "must"


_WORDS = {Standing.READY: "Klart", Standing.LOOK: "Titta på det här", Standing.MUST: "Måste göras"}


@dataclass(frozen=True, slots=True)
class Check:
    """One item: what it is about, what will be, and where it is changed."""

    standing: Standing
    title: str
    sentences: tuple[str, ...]
    link: tuple[str, str] | None = None  # label and address


def checklist(checks: Sequence[Check]) -> Component:
    """The items in their order."""
    return html.Ul([_item(check) for check in checks], className="checklist")


def missing(checks: Sequence[Check]) -> tuple[str, ...]:
    """What must be done first, by its titles."""
    return tuple(check.title for check in checks if check.standing is Standing.MUST)


def _item(check: Check) -> Component:
    link = [] if check.link is None else [html.P(dcc.Link(check.link[0], href=check.link[1]))]
    return html.Li(
        [
            html.P(
                [html.Strong(check.title), html.Span(_WORDS[check.standing], className="check__state")],
                className="check__head",
            ),
            *(html.P(sentence) for sentence in check.sentences),
            *link,
        ],
        className=f"check check--{check.standing}",
    )
