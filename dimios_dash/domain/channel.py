"""How an answer came in. Answers of the two channels never help each other over a threshold."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """The values are sealed into every envelope and stored beside it: never change them."""

    EMAIL = "email"  # by a personal link: one answer per invitation
    LINK = "link"  # by an open link: nobody knows who, or how often
