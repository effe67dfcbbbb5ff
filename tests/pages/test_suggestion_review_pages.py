"""Reviewing free texts: many at once, or one with all that can be decided about it."""

from __future__ import annotations

from uuid import UUID

import pytest
from dash import html
from dash.development.base_component import Component

from dimios_dash import access
from dimios_dash.domain.moderation.review import HideReason, Review, ReviewState, Status
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import SuggestionId, new_id
from pages.results import suggestion_edit, suggestion_queue
from pages.results.suggestion_edit import Seen
from pages.results.suggestion_list import Deed
from pages.results.suggestion_queue import Ticked
from tests.factories import Make
from tests.pages.commented import YEAR, Commented
from tests.pages.context import context, ids, parts, words

SHOWN = Review(ReviewState.SHOWN)


@pytest.fixture
def commented(make: Make) -> Commented:
    return Commented.begin(make)


def queued(commented: Commented, visa: ReviewState = ReviewState.WAITING) -> Component:
    ctx = commented.reviewer()
    return suggestion_queue.layout(ctx, access.review(ctx, YEAR), YEAR, visa)


def carried_out(commented: Commented, deed: Deed, *texts: SuggestionId, version: int = 0) -> str:
    rows = [f"{text}:{version}" for text in texts]
    seen = suggestion_queue.Seen(ar=YEAR, visa=ReviewState.WAITING, sida=1)
    ctx = commented.reviewer()
    return words(suggestion_queue.carry_out(ctx, Ticked(rows=rows, clicks=1), deed, seen))


def test_the_queue_lists_what_waits_with_what_looks_personal_standing_out(commented: Commented) -> None:
    text = commented.text("Ring 070-174 06 58 i dag")
    commented.text("Syns redan", SHOWN)

    found = queued(commented)

    assert "Väntar på granskning (1)" in words(found)
    assert "Syns redan" not in words(found)
    assert f"{text}:0" in ids(found)
    assert [mark.children for mark in parts(found) if isinstance(mark, html.Mark)] == ["070-174 06 58"]


def test_many_are_shown_at_once_and_who_must_be_looked_at_alone_is_told(commented: Commented) -> None:
    plain = commented.text("Färre system")
    personal = commented.text("Ring 070-174 06 58")

    said = carried_out(commented, Deed.SHOW, plain, personal)

    assert "1 text är ändrad." in said
    assert "1 innehåller något som ser ut som en personuppgift." in said
    assert commented.review(plain).state is ReviewState.SHOWN
    assert commented.review(personal) == Review()


def test_many_are_gathered_or_get_a_status(commented: Commented) -> None:
    head, other = (commented.text(words_) for words_ in ("Ett", "Två"))

    carried_out(commented, Deed.GATHER, head, other)
    carried_out(commented, Deed.PLANNED, head, version=1)

    assert commented.review(other).merged_into == head
    assert commented.review(head).status is Status.PLANNED


@pytest.mark.parametrize("row", ["", "x", "x:1", f"{UUID(int=1)}", f"{UUID(int=1)}:x"])
def test_what_is_no_row_is_refused_in_words(commented: Commented, row: str) -> None:
    seen = suggestion_queue.Seen(ar=YEAR, visa=ReviewState.WAITING, sida=1)

    with pytest.raises(Invalid, match="Ladda om sidan"):
        suggestion_queue.carry_out(commented.reviewer(), Ticked(rows=[row], clicks=1), Deed.SHOW, seen)


def test_a_queue_without_texts_says_that_all_is_done(commented: Commented) -> None:
    assert "Ingen text väntar" in words(queued(commented))


def saved(
    commented: Commented,
    text: SuggestionId,
    *,
    chosen: list[int] | None = None,
    typed: str = "",
    state: ReviewState = ReviewState.SHOWN,
    reason: HideReason | None = None,
    tags: str = "",
    offered: bool = False,
) -> str:
    version = commented.review(text).version
    ctx, seen = commented.reviewer(), Seen(ar=YEAR, id=text, version=version)
    fields = (chosen or [], typed, state, reason or "", Status.NEW, tags, offered)
    return words(suggestion_edit.save(ctx, 1, seen, *fields))  # type: ignore[arg-type]


def test_chosen_and_typed_words_are_masked_whole(commented: Commented) -> None:
    text = commented.text("Fråga Anna Svensson, hennes chef vet")

    said = saved(commented, text, chosen=[1, 2], typed="chef", tags="växel, it")

    assert "Beslutet är sparat" in said
    assert commented.review(text).tags == ("it", "växel")
    assert "Fråga [maskerat] hennes [maskerat] vet" in words(commented.read())


def test_the_preview_shows_what_others_would_read_and_changes_nothing(commented: Commented) -> None:
    text = commented.text("Fråga Anna i växeln")
    seen = Seen(ar=YEAR, id=text, version=0)

    shown = suggestion_edit.look(commented.reviewer(), [1], "växeln", seen)

    assert words(shown) == "Fråga [maskerat] i [maskerat]"
    assert commented.review(text) == Review()


def test_what_is_typed_but_not_there_and_words_that_are_not_there_are_refused(commented: Commented) -> None:
    text = commented.text("Fråga Anna")

    with pytest.raises(Invalid, match="”Bo” finns inte i texten"):
        saved(commented, text, typed="Bo")
    with pytest.raises(Invalid, match="finns inte i texten"):
        saved(commented, text, chosen=[2])
    assert commented.review(text) == Review()


def test_after_a_decision_the_next_text_that_waits_is_offered(commented: Commented) -> None:
    one, other = (commented.text(words_) for words_ in ("Ett", "Två"))

    first = saved(commented, one, state=ReviewState.HIDDEN, reason=HideReason.OTHER)
    last = saved(commented, other)

    assert "Nästa text som väntar" in first
    assert "Ingen annan text väntar." in last


def test_what_worked_can_be_offered_and_is_marked_so(commented: Commented) -> None:
    text = commented.text("Vi började smått", category=None)

    saved(commented, text, offered=True)

    assert "Erbjuds initiativbiblioteket" in words(commented.read())


def test_alike_texts_are_proposed_and_counted_under_the_one_that_is_read(commented: Commented) -> None:
    read = commented.text("Ett lösenord till alla system", SHOWN)
    text = commented.text("Samma lösenord till alla systemen")
    commented.text("Mobiler till hemtjänsten")
    ctx = commented.reviewer()
    scope = access.review(ctx, YEAR)

    before = words(suggestion_edit.layout(ctx, scope, YEAR, text))
    suggestion_edit.count_under(ctx, 1, Seen(ar=YEAR, id=text, version=0), [f"{read}:1"])
    saved(commented, text)

    assert "Ett lösenord till alla system" in before
    assert "Mobiler" not in before
    assert "2 har skrivit samma sak" in words(commented.read())
    suggestion_edit.stand_alone(ctx, 1, Seen(ar=YEAR, id=text, version=2))
    assert "har skrivit samma sak" not in words(commented.read())


def test_a_text_that_is_not_there_is_not_found_and_a_leader_may_not_review(commented: Commented) -> None:
    ctx = commented.reviewer()

    with pytest.raises(NotFound):
        suggestion_edit.layout(ctx, access.review(ctx, YEAR), YEAR, new_id())
    with pytest.raises(Forbidden):
        access.review(context(commented.make, commented.organisation_id, Role.LEADER), YEAR)
