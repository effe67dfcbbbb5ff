"""How days are written, on pages, in mails and in sentences about what went wrong: in Swedish, mails in others too."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

_LOCALE = "sv"
_ABROAD = {"en": "en_GB"}  # days before months there too


def written(day: date, language: str = _LOCALE) -> str:
    """A day in full: "22 november 2026", "22. marraskuuta 2026"."""
    return format_date(day, "long", locale=_ABROAD.get(language, language))


def short(day: date) -> str:
    """A day of a year that is known, where there is little room: "22 nov."."""
    return format_date(day, "d MMM", locale=_LOCALE)


def period(first: date, last: date) -> str:
    """First to last day without repeating what they share: "1–22 november 2026".

    Raises ValueError when the last day comes before the first.
    """
    if last < first:
        raise ValueError("a period cannot end before it begins")
    if first == last:
        return written(last)
    return f"{format_date(first, _beginning(first, last), locale=_LOCALE)}–{written(last)}"


def _beginning(first: date, last: date) -> str:
    """The pattern of a period's first day: only what differs from the last."""
    if first.year != last.year:
        return "d MMMM y"
    return "d" if first.month == last.month else "d MMMM"
