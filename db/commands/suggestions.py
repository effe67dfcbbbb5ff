"""Decides about released texts: what others may read, and what becomes of it. The texts stay as they were released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.commands import audit
from db.models import SuggestionReview
from db.queries import suggestions
from db.queries.suggestions import WrittenText
from dimios_dash.domain.moderation.masking import covered, proposed
from dimios_dash.domain.moderation.review import Chosen, Review, ReviewState, Status, checked
from dimios_dash.domain.scopes import ReviewScope
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import SuggestionId
from dimios_dash.translations import N_, _


@dataclass(frozen=True, slots=True)
class Done:
    """What became of many: changed ones, those that somebody else has decided about meanwhile, and those that hold
    what looks personal and must be looked at one by one. The last two are as they were.
    """

    changed: int = 0
    overtaken: int = 0
    personal: int = 0


def review(session: Session, scope: ReviewScope, chosen: Chosen, wanted: Review) -> None:
    """Let `wanted` stand for one text; what it is gathered under stays. Raises NotFound, Invalid."""
    found = suggestions.one_as_written(session, scope, chosen.id)
    wanted = checked(wanted, found.text, learning=found.category is None)
    kept = replace(wanted, merged_into=found.review.merged_into)
    if not _put(session, scope, chosen, kept):
        raise Invalid(_(_OVERTAKEN))


def show(session: Session, scope: ReviewScope, chosen: Sequence[Chosen]) -> Done:
    """Let others read the texts. Raises NotFound for one that is not of this release and branch."""
    done = Done()
    for each, found in _found(session, scope, chosen):
        if not all(covered(passage, found.review.masks) for passage in proposed(found.text)):
            done = replace(done, personal=done.personal + 1)
        else:
            done = _counted(
                done, changed=_put(session, scope, each, replace(found.review, state=ReviewState.SHOWN, reason=None))
            )
    return done


def put_status(session: Session, scope: ReviewScope, chosen: Sequence[Chosen], status: Status) -> Done:
    """Say what has become of the texts. Raises NotFound."""
    done = Done()
    for each, found in _found(session, scope, chosen):
        done = _counted(done, changed=_put(session, scope, each, replace(found.review, status=status)))
    return done


def gather(session: Session, scope: ReviewScope, head: Chosen, alike: Sequence[Chosen]) -> None:
    """Gather `alike` under `head`, with what is gathered under them. Raises NotFound; Invalid, and changes nothing.

    The head is written too, so that of two who gather it and another under each other, one is overtaken.
    """
    texts = suggestions.with_gathered(session, scope, [head.id, *(each.id for each in alike)])
    if not alike or any(each.id == head.id for each in alike):
        raise Invalid(_("Välj minst två texter som säger samma sak."))
    top, *below = (_of(texts, each.id) for each in (head, *alike))
    if any(each.category != top.category for each in below):
        raise Invalid(_("Bara texter om samma fråga kan samlas. Välj på nytt."))
    moved = {each.id: each.version for each in alike}
    for text in texts.values():
        if text.review.merged_into in moved and text.id != head.id:
            moved.setdefault(text.id, text.review.version)
    wanted = {head: None} | {Chosen(id_, version): head.id for id_, version in moved.items()}
    for chosen in sorted(wanted, key=lambda each: each.id):  # in one order: nobody waits in a ring
        if not _put(session, scope, chosen, replace(texts[chosen.id].review, merged_into=wanted[chosen])):
            raise Invalid(_(_OVERTAKEN))


def release_one(session: Session, scope: ReviewScope, chosen: Chosen) -> None:
    """Let a text stand by itself again. Raises NotFound, Invalid."""
    found = suggestions.one_as_written(session, scope, chosen.id)
    if not _put(session, scope, chosen, replace(found.review, merged_into=None)):
        raise Invalid(_(_OVERTAKEN))


_OVERTAKEN = N_(
    "Någon annan har ändrat texten sedan du öppnade sidan. Ingenting har sparats. Ladda om sidan och gör om ändringen."
)


def _found(session: Session, scope: ReviewScope, chosen: Sequence[Chosen]) -> list[tuple[Chosen, WrittenText]]:
    """In an order that is always the same."""
    if not chosen:
        raise Invalid(_("Markera minst en text först."))
    texts = suggestions.with_gathered(session, scope, [each.id for each in chosen])
    return [(each, _of(texts, each.id)) for each in sorted(set(chosen), key=lambda each: each.id)]


def _of(texts: Mapping[SuggestionId, WrittenText], id_: SuggestionId) -> WrittenText:
    if id_ not in texts:
        raise NotFound(_("Texten finns inte i den mätning du tittar på. Gå tillbaka till listan."))
    return texts[id_]


def _counted(done: Done, *, changed: bool) -> Done:
    if changed:
        return replace(done, changed=done.changed + 1)
    return replace(done, overtaken=done.overtaken + 1)


def _put(session: Session, scope: ReviewScope, chosen: Chosen, wanted: Review) -> bool:
    """Whether it was written: not where the text has another version than the chosen one.

    What others may not read is offered to nobody.
    """
    offered = wanted.offered and wanted.state is ReviewState.SHOWN
    values = _columns(replace(wanted, offered=offered))
    key = {"organisation_id": scope.released.organisation_id, "suggestion_id": chosen.id}
    first = insert(SuggestionReview).values(**key, **values, version=1).on_conflict_do_nothing()
    later = (
        update(SuggestionReview)
        .filter_by(**key, version=chosen.version)
        .values(**values, version=SuggestionReview.version + 1)
    )
    written = session.scalar((later if chosen.version else first).returning(SuggestionReview.version))
    if written is None:
        return False
    told = {name: str(value) if name == "merged_into" and value else value for name, value in values.items()}
    audit.record(session, scope.desk, "suggestion_reviewed", {"text": str(chosen.id), "version": written, **told})
    return True


def _columns(review: Review) -> dict[str, object]:
    return {
        "state": review.state.value,
        "reason": None if review.reason is None else review.reason.value,
        "masked_from": [first for first, _last in review.masks],
        "masked_to": [last for _first, last in review.masks],
        "tags": list(review.tags),
        "status": review.status.value,
        "merged_into": review.merged_into,
        "offered": review.offered,
    }
