"""Words in four languages. Swedish is the source and the key: `_("Svar")` says it in the language being spoken.

Catalogues are gettext's, <language>/<area>.po, read once and merged; nothing is compiled, so none can be out of date.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from dimios_dash.language import DEFAULT_LANGUAGE, Language, spoken

FOLDER: Final = Path(__file__).resolve().parent


def _(message: str, /, **values: object) -> str:
    """The message in the language being spoken, its %(name)s filled in."""
    said = _translations(spoken()).ugettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The form that `n` takes; `values` fill in %(name)s, `n` itself where none of them does."""
    said = _translations(spoken()).ungettext(one, many, n)
    return said % ({"n": n} | values)


def N_(message: str) -> str:  # noqa: N802, gettext's own name
    """Marks a constant that is translated where it is shown, by `_(constant)`."""
    return message


def catalogues(language: Language) -> dict[str, Catalog]:
    """By area. Swedish, the source, has none."""
    files = sorted((FOLDER / language).glob("*.po"))
    return {file.stem: read_po(BytesIO(file.read_bytes()), locale=language) for file in files}


@cache
def _translations(language: Language) -> NullTranslations:
    """Swedish is what is left where there is no translation."""
    if language is DEFAULT_LANGUAGE:
        return NullTranslations()
    merged = Translations()
    for catalogue in catalogues(language).values():
        merged.merge(_read(catalogue))
    return merged


def _read(catalogue: Catalog) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
