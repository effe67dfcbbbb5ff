"""Text as people type it, made comparable: cells, column names, and values quoted in messages."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Invisible characters that come along when cells are pasted from web pages and mail; str.strip() leaves them.
_ZERO_WIDTH: Final = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_EDGES: Final = re.compile(rf"^[\s{_ZERO_WIDTH}]+|[\s{_ZERO_WIDTH}]+$")
_SPACES: Final = re.compile(r"\s+")
_LONGEST_QUOTE: Final = 60


def clean(text: str) -> str:
    """`text` without space around it (non-breaking and zero-width too), å as one character (Macs write two)."""
    if text.isascii():
        return text.strip()
    return _EDGES.sub("", unicodedata.normalize("NFC", text))


def column_name(text: str) -> str:
    """The name by which a column is known: "Enhet id", " ENHET_ID" and "enhet_id" are the same."""
    return _SPACES.sub("_", clean(text).casefold())


def quote(text: str) -> str:
    """`text` in Swedish quotation marks for a message; long values are cut, invisible characters shown as "?"."""
    shown = "".join(character if character.isprintable() else "?" for character in text[: _LONGEST_QUOTE + 1])
    return f"”{shown[:_LONGEST_QUOTE]}…”" if len(shown) > _LONGEST_QUOTE else f"”{shown}”"


def listing(words: list[str]) -> str:
    """ "a", "a och b", "a, b och c"; of more than ten the first ten and how many there are besides."""
    most = 10
    if len(words) > most:
        return f"{', '.join(words[:most])} och {len(words) - most} till"
    return " och ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
