"""Enumeration in the language being spoken, for sentences that analyses say."""

from __future__ import annotations

from collections.abc import Sequence

from babel.lists import format_list

from dimios_dash.language import spoken


def listed(words: Sequence[str]) -> str:
    """ "A", "A och B", "A, B och C"; empty for none."""
    return format_list(list(words), locale=spoken())
