"""Enumeration and names in the language being spoken, for sentences that analyses say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from babel.lists import format_list

from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.language import spoken
from dimios_dash.translations import _


def listed(words: Sequence[str]) -> str:
    """ "A", "A och B", "A, B och C"; empty for none."""
    return format_list(list(words), locale=spoken())


def level_names(instrument: Instrument) -> Mapping[str, str]:
    """Index, dimensions and categories by key, in the order of the instrument."""
    dimensions = {part.key: part.name.spoken for part in instrument.dimensions}
    return {INDEX_KEY: _("Index"), **dimensions, **{part.key: part.name.spoken for part in instrument.categories}}
