"""The column språk: the language somebody is written to in, by its code or its name."""

from __future__ import annotations

from typing import Final

from dimios_dash.intake.findings import Notebook
from dimios_dash.intake.texts import quote
from dimios_dash.language import Language

LANGUAGE: Final = "sprak"
_KNOWN: Final = {
    **{word: language for language in Language for word in (language.value, language.label.casefold())},
    "no": Language.NORWEGIAN,
    "bokmål": Language.NORWEGIAN,
}


def read_language(notes: Notebook, row: int, text: str) -> Language | None:
    """None where it is empty, and where it is wrong, which is noted as an error."""
    found = _KNOWN.get(text.casefold())
    if text and found is None:
        message = f"{quote(text)} är inget av språken. Skriv sv, en, nb eller fi, eller lämna tomt."
        notes.error(row, LANGUAGE, message)
    return found
