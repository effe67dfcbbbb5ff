"""Released free texts: improvement suggestions by category, and what worked that others can learn from.

Readers get what has been reviewed and is shown, without what is masked. The texts as they were written are for those
who review them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Row, Select, Uuid, any_, func, literal, or_, select
from sqlalchemy.orm import Session

from db.models import ReleasedUnit, Suggestion, SuggestionReview
from db.released_branch import from_highest_down
from dimios_dash.domain.moderation.masking import masked
from dimios_dash.domain.moderation.review import HideReason, Review, ReviewState, Status
from dimios_dash.domain.moderation.shown import ShownText
from dimios_dash.domain.scopes import ResultsScope, ReviewScope
from dimios_dash.errors import NotFound
from dimios_dash.ids import SuggestionId, UnitId
from dimios_dash.translations import _


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text as it was written, at the unit where it is shown, and what has been decided about it."""

    id: SuggestionId
    unit_id: UnitId
    category: str | None  # None: what worked that others can learn from
    text: str
    review: Review


def readable(
    session: Session, scope: ResultsScope, among: Collection[SuggestionId] | None = None
) -> tuple[ShownText, ...]:
    """What others may read, from the user's highest unit down, in the order of their random ids; `among` these only."""
    shown = _of_branch(scope).where(SuggestionReview.state == ReviewState.SHOWN)
    found = shown if among is None else shown.where(Suggestion.id == any_(_these(among)))
    return tuple(_shown(_written(row)) for row in session.execute(found))


def as_written(session: Session, scope: ReviewScope) -> tuple[WrittenText, ...]:
    """Every text from the user's highest unit down, in the order of their random ids."""
    return tuple(map(_written, session.execute(_of_branch(scope.released))))


def with_gathered(
    session: Session, scope: ReviewScope, chosen: Collection[SuggestionId]
) -> Mapping[SuggestionId, WrittenText]:
    """The chosen ones that are of this release and branch, and what is gathered under them, in the order of the ids."""
    these = _these(chosen)
    wanted = or_(Suggestion.id == any_(these), SuggestionReview.merged_into == any_(these))
    found = map(_written, session.execute(_of_branch(scope.released).where(wanted)))
    return {each.id: each for each in found}


def counts(session: Session, scope: ReviewScope) -> Mapping[ReviewState, int]:
    """How many texts there are in each list of the queue."""
    state = func.coalesce(SuggestionReview.state, ReviewState.WAITING)
    listed = _of_branch(scope.released).with_only_columns(state, func.count()).group_by(state).order_by(None)
    return {ReviewState(each): n for each, n in session.execute(listed)}


def queue(session: Session, scope: ReviewScope, state: ReviewState, places: tuple[int, int]) -> tuple[WrittenText, ...]:
    """Those in a list of the queue from the first of the two places, counted from 0, to before the second."""
    first, end = places
    listed = _of_branch(scope.released).where(_is(state)).offset(first).limit(end - first)
    return tuple(map(_written, session.execute(listed)))


def next_waiting(session: Session, scope: ReviewScope, but: SuggestionId) -> SuggestionId | None:
    """The first text that waits for somebody to decide, another than `but`."""
    waiting = _of_branch(scope.released).where(_is(ReviewState.WAITING), Suggestion.id != but)
    found = session.scalar(waiting.with_only_columns(Suggestion.id).limit(1))
    return None if found is None else SuggestionId(found)


def alone(session: Session, scope: ReviewScope, category: str | None) -> Mapping[SuggestionId, str]:
    """The words of those that answer one question and are gathered under no other, in the order of the ids."""
    wanted = Suggestion.category.is_not_distinct_from(category), SuggestionReview.merged_into.is_(None)
    found = session.execute(_of_branch(scope.released).where(*wanted).with_only_columns(Suggestion.id, Suggestion.text))
    return {SuggestionId(id_): text for id_, text in found}


def _these(ids: Collection[SuggestionId]) -> ColumnElement[Sequence[UUID]]:
    """As one parameter: a file may hold more texts than a statement may have parameters."""
    return literal([*ids], ARRAY(Uuid))


def _is(state: ReviewState) -> ColumnElement[bool]:
    return func.coalesce(SuggestionReview.state, ReviewState.WAITING) == state


def one_as_written(session: Session, scope: ReviewScope, suggestion_id: SuggestionId) -> WrittenText:
    """Raises NotFound for a text that is not of this release and branch."""
    row = session.execute(_of_branch(scope.released).where(Suggestion.id == suggestion_id)).one_or_none()
    if row is None:
        raise NotFound(_("Texten finns inte i den mätning du tittar på. Gå tillbaka till listan."))
    return _written(row)


def homes(session: Session, scope: ResultsScope) -> Mapping[UnitId, UnitId | None]:
    """Where the texts of each unit's own respondents are shown, from the user's highest unit down; None: nowhere.

    The unit named may lie above the user's own.
    """
    below = from_highest_down(scope)
    rows = session.execute(
        select(ReleasedUnit.unit_id, ReleasedUnit.text_home)
        .join(below, below.c.unit_id == ReleasedUnit.unit_id)
        .where(
            ReleasedUnit.organisation_id == scope.organisation_id, ReleasedUnit.measurement_id == scope.measurement_id
        )
    )
    return {UnitId(row.unit_id): row.text_home and UnitId(row.text_home) for row in rows}


def _of_branch(scope: ResultsScope) -> Select[*tuple[Any, ...]]:
    """Columns, for a large organisation has tens of thousands of texts."""
    below = from_highest_down(scope)
    review = (SuggestionReview.organisation_id == Suggestion.organisation_id) & (
        SuggestionReview.suggestion_id == Suggestion.id
    )
    return (
        select(Suggestion.id, Suggestion.unit_id, Suggestion.category, Suggestion.text, *_REVIEW)
        .join(below, below.c.unit_id == Suggestion.unit_id)
        .outerjoin(SuggestionReview, review)
        .where(Suggestion.organisation_id == scope.organisation_id, Suggestion.measurement_id == scope.measurement_id)
        .order_by(Suggestion.id)
    )


_REVIEW = (
    SuggestionReview.state,
    SuggestionReview.reason,
    SuggestionReview.masked_from,
    SuggestionReview.masked_to,
    SuggestionReview.tags,
    SuggestionReview.status,
    SuggestionReview.merged_into,
    SuggestionReview.offered,
    SuggestionReview.version,
)


def _written(row: Row[*tuple[Any, ...]]) -> WrittenText:
    id_, unit_id, category, text, *review = row
    return WrittenText(SuggestionId(id_), UnitId(unit_id), category, text, _review(*review))


def _review(  # noqa: PLR0917, the columns of _REVIEW
    state: str | None,
    reason: str | None,
    masked_from: list[int],
    masked_to: list[int],
    tags: list[str],
    status: str,
    merged_into: SuggestionId | None,
    offered: bool,
    version: int,
) -> Review:
    """`state` None: nobody has looked at it."""
    if state is None:
        return Review()
    return Review(
        ReviewState(state),
        None if reason is None else HideReason(reason),
        tuple(zip(masked_from, masked_to, strict=True)),
        tuple(tags),
        Status(status),
        merged_into,
        offered,
        version,
    )


def _shown(found: WrittenText) -> ShownText:
    review = found.review
    return ShownText(
        found.id,
        found.unit_id,
        found.category,
        masked(found.text, review.masks),
        bool(review.masks),
        review.tags,
        review.status,
        review.merged_into,
        review.offered,
    )
