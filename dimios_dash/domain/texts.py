"""Texts that belong to the field itself and exist in more than one language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """Languages in which the instrument and the positions are written."""

    SV = "sv"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    """The same text in every language: `texts.sv`, or `texts[language]` where the language is a choice."""

    sv: str
    en: str

    def __getitem__(self, language: Language) -> str:
        """Raises ValueError for anything that is not a Language or its code."""
        return self.sv if Language(language) is Language.SV else self.en
