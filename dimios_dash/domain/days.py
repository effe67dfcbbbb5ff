"""How days are written, on pages, in mails and in sentences about what went wrong, in the language being spoken."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from dimios_dash.language import spoken

_ABROAD = {"en": "en_GB"}  # days before months there too


def written(day: date, language: str | None = None) -> str:
    """A day in full: "22 november 2026", "22. marraskuuta 2026"."""
    return format_date(day, "long", locale=_locale(language or spoken()))


def short(day: date) -> str:
    """A day of a year that is known, where there is little room: "22 nov."."""
    return format_date(day, "d MMM", locale=_locale(spoken()))


def period(first: date, last: date) -> str:
    """First to last day without repeating what they share: "1–22 november 2026".

    Raises ValueError when the last day comes before the first.
    """
    if last < first:
        raise ValueError("a period cannot end before it begins")
    if first == last:
        return written(last)
    return f"{format_date(first, _beginning(first, last), locale=_locale(spoken()))}–{written(last)}"


def _beginning(first: date, last: date) -> str:
    """The pattern of a period's first day: only what differs from the last."""
    if first.year != last.year:
        return "d MMMM y"
    return "d" if first.month == last.month else "d MMMM"


def _locale(language: str) -> str:
    return _ABROAD.get(language, language)
