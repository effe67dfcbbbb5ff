"""Pages that speak the reader's language hold no word of Swedish that a catalogue knows in that language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from plotly.utils import PlotlyJSONEncoder

import pages  # noqa: F401, every page registers itself
from db.demo import files
from dimios_dash.components.review_view import ONE
from dimios_dash.domain.permissions import Role
from dimios_dash.language import DEFAULT_LANGUAGE, Language, speaking
from dimios_dash.translations import catalogues
from dimios_dash.web import PAGES, Context
from tests.factories import Make
from tests.pages.context import context
from tests.pages.released_demo import ekhamn, others

OTHERS = [language for language in Language if language is not DEFAULT_LANGUAGE]
LONG = 12  # shorter words are the same in Norwegian too often, or stand in a name


def test_no_page_in_languages_speaks_swedish(make: Make) -> None:
    organisation_id = ekhamn(make, 2024, 2025)
    others(make, organisation_id)
    ctx = context(make, organisation_id, Role.KEY_USER)

    left = [(language, path, words) for language in OTHERS for path, words in _left(ctx, language)]

    assert left == []


def _left(ctx: Context, language: Language) -> Iterator[tuple[str, str]]:
    """Addresses, and the Swedish that stands there."""
    swedish = re.compile(rf"\b({'|'.join(map(re.escape, _swedish(language)))})(?!\w)")
    for found in PAGES.values():
        if found.in_languages and found.path != ONE:  # which needs somebody's text
            with speaking(language):
                drawn = found.draw(ctx, found.open(ctx, {})[0])
            yield from ((found.path, said[0]) for said in swedish.finditer(_texts(drawn)))


def _swedish(language: Language) -> list[str]:
    """Whole texts, nothing to fill in, that are said otherwise in the language; the longest first. Units keep names."""
    names = {row.name for row in files.ekhamns_tree()}
    ids = {each.id: each for catalogue in catalogues(language).values() for each in catalogue}
    singles = {key: str(each.string) for key, each in ids.items() if isinstance(key, str)}
    plain = [key for key in singles if len(key) > LONG and "%(" not in key and key not in names]
    return sorted((key for key in plain if key not in singles[key]), key=len, reverse=True)


def _texts(drawn: object) -> str:
    """Everything that goes to the browser: words, labels of boxes, what charts say."""
    return json.dumps(drawn, cls=PlotlyJSONEncoder, ensure_ascii=False)
