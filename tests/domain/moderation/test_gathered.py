from __future__ import annotations

from uuid import UUID

from dimios_dash.domain.moderation.review import Status
from dimios_dash.domain.moderation.shown import ShownText, gathered
from dimios_dash.ids import SuggestionId, UnitId


def text(number: int, under: int | None = None) -> ShownText:
    into = None if under is None else SuggestionId(UUID(int=under))
    return ShownText(
        SuggestionId(UUID(int=number)), UnitId("E"), "F1", f"Text {number}", False, (), Status.NEW, into, False
    )


def told(*texts: ShownText) -> list[tuple[str, int]]:
    return [(each.head.text, each.count) for each in gathered(texts)]


def test_alike_texts_stand_under_their_head_and_are_counted() -> None:
    assert told(text(1), text(2, under=3), text(3), text(4, under=3)) == [("Text 3", 3), ("Text 1", 1)]


def test_where_the_head_may_not_be_read_the_first_of_the_others_takes_its_place() -> None:
    assert told(text(2, under=9), text(4, under=9), text(5)) == [("Text 2", 2), ("Text 5", 1)]


def test_every_text_stands_somewhere_once_even_where_two_are_under_each_other() -> None:
    groups = gathered([text(1, under=2), text(2, under=1)])

    assert sorted(each.text for group in groups for each in (group.head, *group.alike)) == ["Text 1", "Text 2"]
