"""The name of a text in a list that is ticked: its id, and the version of its review that was seen."""

from __future__ import annotations

from uuid import UUID

from db.queries.suggestions import WrittenText
from dimios_dash.domain.moderation.review import Chosen
from dimios_dash.errors import Invalid
from dimios_dash.ids import SuggestionId
from dimios_dash.translations import _


def row_of(text: WrittenText) -> str:
    """As `chosen_of` reads it."""
    return f"{text.id}:{text.review.version}"


def chosen_of(row: str) -> Chosen:
    """The text of a box: its id and version. Raises Invalid for what is none."""
    found, _colon, version = row.partition(":")
    try:
        return Chosen(SuggestionId(UUID(found)), int(version))
    except ValueError:
        raise Invalid(_("Det går inte att läsa vad som är markerat. Ladda om sidan och markera på nytt.")) from None
