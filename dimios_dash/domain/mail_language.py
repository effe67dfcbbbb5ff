"""The language that somebody is written to in."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class MailLanguage(StrEnum):
    SWEDISH = "sv"
    ENGLISH = "en"
    NORWEGIAN = "nb"
    FINNISH = "fi"

    @property
    def label(self) -> str:
        """The Swedish name in the interface."""
        return _LABELS[self]


DEFAULT_LANGUAGE: Final = MailLanguage.SWEDISH
_LABELS: Final = {
    MailLanguage.SWEDISH: "Svenska",
    MailLanguage.ENGLISH: "Engelska",
    MailLanguage.NORWEGIAN: "Norska",
    MailLanguage.FINNISH: "Finska",
}
