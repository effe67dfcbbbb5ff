"""Free texts that others may read, chosen, gathered and counted among tens of thousands by the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Subquery,
    and_,
    any_,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from db.casefolding import can_be_kept, says
from db.models import Suggestion, SuggestionReview
from db.released_branch import from_highest_down, from_unit_down
from dimios_dash.domain.moderation.masking import mark
from dimios_dash.domain.moderation.review import HideReason, ReviewState, Status
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.suggestions import LEARNING
from dimios_dash.ids import SuggestionId


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is chosen on the page; "" and None leave nothing out."""

    sought: str = ""  # anywhere in a text as others read it, whatever its capitals
    category: str = ""
    status: str = ""
    tags: tuple[str, ...] | None = None  # any of them, as it is written


@dataclass(frozen=True, slots=True)
class Listed:
    """Texts of a list, those gathered under each other too, and what is true of the whole list."""

    ids: tuple[SuggestionId, ...]  # of one page, or of all
    page: int  # from 1
    groups: int
    texts: int
    any_alike: bool
    any_masked: bool


@dataclass(frozen=True, slots=True)
class CountedTexts:
    """So many texts with the same said of them. `here`: of the unit one looks at and below, not only of the branch."""

    here: bool
    category: str | None
    state: ReviewState
    reason: HideReason | None
    status: Status
    count: int


_FURTHEST: Final = 2**31 - 1  # pages; an address may say any number, and PostgreSQL's end somewhere


def wanted_ones(session: Session, scope: ResultsScope, wanted: Wanted, page: int, size: int | None) -> Listed:
    """What is wanted of the unit one looks at and below, in groups of alike ones of which one is: the largest first.

    A page of `size` groups, the last where there are fewer; None: all of them. The order is that of
    `domain.moderation.shown.gathered`.
    """
    every = _places(_groups(scope, wanted))
    on_page = select(every)
    if size is not None:
        before = min(page - 1, _FURTHEST)
        on_page = on_page.where((every.c.place - 1) // size == func.least(before, (every.c.groups - 1) // size))
    rows = session.execute(on_page.order_by(every.c.place)).all()
    if not rows:
        return Listed((), 1, 0, 0, any_alike=False, any_masked=False)
    first, ids = rows[0], tuple(SuggestionId(id_) for row in rows for id_ in row.ids)
    shown = 1 if size is None else (first.place - 1) // size + 1
    return Listed(ids, shown, first.groups, int(first.texts), any_alike=first.any_alike, any_masked=first.any_masked)


def _places(group: Subquery) -> Subquery:
    """Each group at its place, beside what is true of all."""
    place = func.row_number().over(order_by=(group.c.size.desc(), group.c.ids[1]))
    whole = (
        func.count().over().label("groups"),
        func.sum(group.c.size).over().label("texts"),
        func.bool_or(group.c.size > 1).over().label("any_alike"),
        func.bool_or(group.c.masked).over().label("any_masked"),
    )
    return select(group.c.ids, place.label("place"), *whole).subquery()


def _groups(scope: ResultsScope, wanted: Wanted) -> Subquery:
    """Those gathered under the same text, where one of them is wanted."""
    units = from_unit_down(scope, from_highest_down(scope))
    ids = func.array_agg(aggregate_order_by(Suggestion.id, Suggestion.id))
    masked = func.bool_or(func.cardinality(SuggestionReview.masked_from) > 0)
    return (
        select(ids.label("ids"), func.count().label("size"), masked.label("masked"))
        .join(units, units.c.unit_id == Suggestion.unit_id)
        .join(SuggestionReview, _REVIEW)
        .where(*_here(scope), SuggestionReview.state == ReviewState.SHOWN)
        .group_by(func.coalesce(SuggestionReview.merged_into, Suggestion.id))
        .having(func.bool_or(and_(true(), *_conditions(wanted))))
        .subquery()
    )


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.category:
        category = func.coalesce(Suggestion.category, LEARNING)
        yield category == wanted.category if can_be_kept(wanted.category) else false()
    if wanted.status:
        yield SuggestionReview.status == wanted.status
    if wanted.tags is not None:
        yield or_(false(), *(literal(tag) == any_(SuggestionReview.tags) for tag in wanted.tags))
    if wanted.sought:
        yield says(_as_read(), wanted.sought)


def _as_read() -> ColumnElement[str]:
    """The text as `domain.moderation.masking.masked` gives it to others."""
    starts = func.array_prepend(literal_column("0"), SuggestionReview.masked_to)
    ends = func.array_append(SuggestionReview.masked_from, func.length(Suggestion.text))
    kept = (
        func.unnest(starts, ends).table_valued("first", "last", with_ordinality="place", name="kept").render_derived()
    )
    passage = func.substr(Suggestion.text, kept.c.first + 1, func.greatest(kept.c.last - kept.c.first, 0))
    whole = select(func.string_agg(passage, aggregate_order_by(literal(mark()), kept.c.place)))
    unmasked = func.cardinality(SuggestionReview.masked_from) == 0
    return case((unmasked, Suggestion.text), else_=whole.correlate(Suggestion, SuggestionReview).scalar_subquery())


def counted(session: Session, scope: ResultsScope) -> tuple[CountedTexts, ...]:
    """How many texts there are from the user's highest unit down, those too that nobody may read."""
    below = from_highest_down(scope)
    units = from_unit_down(scope, below)
    here = units.c.unit_id.is_not(None).label("here")
    said = (Suggestion.category, SuggestionReview.state, SuggestionReview.reason, SuggestionReview.status)
    found = session.execute(
        select(here, *said, func.count())
        .join(below, below.c.unit_id == Suggestion.unit_id)
        .outerjoin(units, units.c.unit_id == Suggestion.unit_id)
        .outerjoin(SuggestionReview, _REVIEW)
        .where(*_here(scope))
        .group_by(here, *said)
    )
    return tuple(_counted(*row) for row in found)


def _counted(  # noqa: PLR0917, the columns of `counted`
    here: bool,
    category: str | None,
    state: str | None,
    reason: str | None,
    status: str | None,
    count: int,
) -> CountedTexts:
    """`state` None: nobody has looked at them."""
    why = None if reason is None else HideReason(reason)
    decided = ReviewState(state or ReviewState.WAITING)
    return CountedTexts(here, category, decided, why, Status(status or Status.NEW), count)


def tags(session: Session, scope: ResultsScope) -> tuple[str, ...]:
    """Every tag of texts that may be read, from the user's highest unit down, in the order of the alphabet."""
    below = from_highest_down(scope)
    found = session.scalars(
        select(func.unnest(SuggestionReview.tags))
        .join(Suggestion, _REVIEW)
        .join(below, below.c.unit_id == Suggestion.unit_id)
        .where(*_here(scope), SuggestionReview.state == ReviewState.SHOWN)
        .distinct()
    )
    return tuple(sorted(found, key=lambda tag: (tag.casefold(), tag)))


def _here(scope: ResultsScope) -> tuple[ColumnElement[bool], ...]:
    return Suggestion.organisation_id == scope.organisation_id, Suggestion.measurement_id == scope.measurement_id


_REVIEW = (SuggestionReview.organisation_id == Suggestion.organisation_id) & (
    SuggestionReview.suggestion_id == Suggestion.id
)
