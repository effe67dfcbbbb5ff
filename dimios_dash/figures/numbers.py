"""How numbers are written in the language being spoken, in charts, tables, slides and sheets alike."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import format_decimal, format_percent

from dimios_dash.language import Language, spoken

HIDDEN = "–"  # stands where a value is hidden or missing; the reason is said beside it
MINUS = "−"


def number(value: float | None, decimals: int = 1) -> str:
    """`value` with a true minus sign: "56,0", "−3,2", "1 234,5", in English "1,234.5"; None is "–".

    Halves are rounded away from zero, and nothing is ever "−0,0". Raises ValueError for NaN and infinity.
    """
    if value is None:
        return HIDDEN
    return _written(value, decimals, spoken())


@lru_cache(maxsize=10_000)  # Babel takes 0.1 ms, and a page shows the same hundred numbers over and over
def _written(value: float, decimals: int, language: Language) -> str:
    text = format_decimal(_rounded(value, decimals), format=_pattern(decimals), locale=language)
    return text.replace("-", MINUS)  # a pattern of our own makes Babel write a hyphen


def signed(value: float | None, decimals: int = 1) -> str:
    """A difference: "+3,2", "−3,2", and "0,0" where it rounds to nothing; None is "–"."""
    if value is None:
        return HIDDEN
    plus = "+" if _rounded(value, decimals) > 0 else ""
    return plus + number(value, decimals)


def percent(share: float | None, decimals: int = 0) -> str:
    """A share of 1 as per cent with a non-breaking space: 0.655 is "66 %", in English "66%"; None is "–"."""
    if share is None:
        return HIDDEN
    space = "" if spoken() is Language.ENGLISH else "\u00a0"
    return format_percent(_rounded(share, decimals + 2), format=f"{_pattern(decimals)}{space}%", locale=spoken())


def count(n: int) -> str:
    """A number of people or things, thousands held together by a non-breaking space: "12 345"."""
    return _written(n, 0, spoken())


def _rounded(value: float, decimals: int) -> Decimal:
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("a number that is shown must be finite")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0  # + 0 turns −0 into 0


def _pattern(decimals: int) -> str:
    return "#,##0." + "0" * decimals if decimals else "#,##0"
