"""Words found whatever their capitals, by the database and exactly as Python would find them.

`lower` and `ilike` of a database know only the letters of the language that it was set up for, in some not even å, ä
and ö, and read %, _ and \\ as signs of their own. Here only those characters are folded that can meet one of the words,
each as str.casefold folds it, and nothing has a meaning of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sqlalchemy import ColumnElement, Text, case, column, false, func, literal, null, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

EVERY_CHARACTER = range(0x110000)


def says(text: ColumnElement[str], sought: str) -> ColumnElement[bool]:
    """Whether `sought.casefold() in text.casefold()`."""
    if not can_be_kept(sought):
        return false()
    words = sought.casefold()
    one, more = _single(words), _longer(words)
    folded = func.translate(text, "".join(one), "".join(one.values())) if one else text
    return func.strpos(_with(folded, more) if more else folded, words) > 0


def _with(text: ColumnElement[str], longer: Mapping[str, str]) -> ColumnElement[str]:
    """Character by character, but only where any of these is in the text: hardly anywhere."""
    signs = func.unnest(func.string_to_array(text, null()))
    each = signs.table_valued(column("sign", Text), with_ordinality="place", name="signs").render_derived()
    fold = case(dict(longer), value=each.c.sign, else_=each.c.sign)
    whole = select(func.string_agg(fold, aggregate_order_by(literal(""), each.c.place)))
    has_none = func.translate(text, "".join(longer), "") == text
    return case((has_none, text), else_=whole.scalar_subquery())


def can_be_kept(words: str) -> bool:
    """No database keeps NUL and half characters, so no text has any."""
    return "\0" not in words and not any("\ud800" <= sign <= "\udfff" for sign in words)


def _single(words: str) -> dict[str, str]:
    """Characters that fold to one that is in the words."""
    return {sign: fold for sign, fold in _folds().items() if len(fold) == 1 and fold in words}


def _longer(words: str) -> dict[str, str]:
    """Characters that fold to several, some of which may be where the words stand: within, around or at an end."""
    return {sign: fold for sign, fold in _folds().items() if len(fold) > 1 and _may_meet(fold, words)}


def _may_meet(fold: str, words: str) -> bool:
    ends = any(words.startswith(fold[at:]) or words.endswith(fold[:at]) for at in range(1, len(fold)))
    return ends or fold in words or words in fold


@cache
def _folds() -> Mapping[str, str]:
    """Every character that is not its own fold; a fold folds to itself."""
    return {sign: fold for sign in map(chr, EVERY_CHARACTER) if (fold := sign.casefold()) != sign}
