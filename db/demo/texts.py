"""What Ekhamn's people wrote in their own words, and what its key user has decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from db.commands import suggestions as commands
from db.demo.files import DemoText
from db.queries import suggestions
from dimios_dash import access
from dimios_dash.domain.moderation.masking import occurrences
from dimios_dash.domain.moderation.review import Chosen, HideReason, Review, ReviewState, Status
from dimios_dash.domain.scopes import ReviewScope
from dimios_dash.ids import OrganisationId, SuggestionId


def decide(session: Session, organisation_id: OrganisationId, year: int, texts: Sequence[DemoText]) -> None:
    """Review the texts of a released year as a key user does; those without a decision wait."""
    scope = access.export_as_written(session, organisation_id, year)
    ids = {found.text: found.id for found in suggestions.as_written(session, scope)}
    for each in texts:
        if each.decision:
            commands.review(session, scope, Chosen(ids[each.text], 0), _review(each))
    for group in sorted({each.group for each in texts if each.group}):
        _gather(session, scope, [ids[each.text] for each in texts if each.group == group])


def _review(each: DemoText) -> Review:
    masks = tuple(passage for words in each.masked for passage in occurrences(each.text, words))
    told = Review(ReviewState.SHOWN, None, masks, each.tags, Status(each.status or Status.NEW))
    if each.decision == ReviewState.SHOWN:
        return told
    return replace(told, state=ReviewState.HIDDEN, reason=HideReason(each.decision))


def _gather(session: Session, scope: ReviewScope, ids: Sequence[SuggestionId]) -> None:
    head, *alike = (Chosen(each, 1) for each in ids)
    commands.gather(session, scope, head, alike)
