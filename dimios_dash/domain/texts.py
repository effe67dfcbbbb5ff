"""Texts that belong to the field itself and exist in more than one language."""

from __future__ import annotations

from dataclasses import dataclass

from dimios_dash.language import Language, spoken


@dataclass(frozen=True, slots=True)
class Texts:
    """The same text in every language: `texts.sv`, or `texts[language]` where the language is a choice.

    Swedish is what the others are translated from; an instrument of before they were has no nb and fi.
    """

    sv: str
    en: str
    nb: str = ""
    fi: str = ""

    def __getitem__(self, language: Language) -> str:
        """Swedish where the language lacks it. Raises ValueError for anything that is not a Language or its code."""
        own: str = getattr(self, Language(language))
        return own or self.sv

    @property
    def spoken(self) -> str:
        """In the language being spoken."""
        return self[spoken()]
