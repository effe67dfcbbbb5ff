from __future__ import annotations

import pytest

from dimios_dash.domain.moderation.review import LONGEST_TAG, MOST_TAGS, HideReason, Review, ReviewState, checked
from dimios_dash.errors import Invalid

SHOWN = ReviewState.SHOWN


def test_nothing_is_shown_until_somebody_says_so() -> None:
    assert Review().state is ReviewState.WAITING


def test_tags_are_tidied_and_each_is_there_once() -> None:
    assert checked(Review(tags=("  It-stöd ", "e-tjänst", "it-stöd", "")), "", learning=False).tags == (
        "e-tjänst",
        "it-stöd",
    )


def test_a_reason_is_kept_only_where_the_text_is_hidden() -> None:
    assert checked(Review(SHOWN, HideReason.OTHER), "Hej", learning=False).reason is None


@pytest.mark.parametrize(
    ("review", "learning", "message"),
    [
        (Review(ReviewState.HIDDEN), False, "Välj varför"),
        (Review(SHOWN, masks=((0, 4),)), False, "finns inte i texten"),
        (Review(SHOWN, masks=((2, 2),)), False, "finns inte i texten"),
        (Review(SHOWN, masks=((-1, 2),)), False, "finns inte i texten"),
        (Review(tags=tuple(map(str, range(MOST_TAGS + 1)))), False, "högst 5 etiketter"),
        (Review(tags=("x" * (LONGEST_TAG + 1),)), False, "Korta ner"),
        (Review(tags=("a\0b",)), False, "Korta ner"),
        (Review(SHOWN, offered=True), False, "Bara texter om vad som har fungerat"),
        (Review(offered=True), True, "och som visas"),
    ],
)
def test_what_may_not_stand_is_refused_in_words(review: Review, learning: bool, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        checked(review, "Hej", learning=learning)
