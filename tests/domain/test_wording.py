from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.usual_wording import USUAL
from dimios_dash.domain.wording import Placeholder, TextKind, checked, filled, paragraphs
from dimios_dash.errors import Invalid
from dimios_dash.language import Language

VALUES = {Placeholder.ORGANISATION: "Ekhamn", Placeholder.LAST_DAY: "1 december", Placeholder.K: "tre"}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", TextKind)
def test_every_usual_text_exists_may_stand_and_can_be_filled_in(language: Language, kind: TextKind) -> None:
    usual = USUAL[language][kind]

    assert checked(kind, usual) == usual
    assert "{" not in filled(usual, VALUES)


def test_a_text_is_kept_without_loose_ends() -> None:
    assert checked(TextKind.INVITATION, "  Hej!  \r\n\r\nSvara gärna. \n") == "Hej!\n\nSvara gärna."


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (TextKind.THANKS, "  \n ", "texten är tom"),
        (TextKind.THANKS, "x" * 1001, "högst 1000 tecken. Den har 1001"),
        (TextKind.INVITATION_SUBJECT, "Två\nrader", "på en rad"),
        (TextKind.INVITATION, "Hej {namn}", r"\{namn\} går inte att fylla i"),
        (TextKind.INVITATION, "Hej {organisation", "sin andra halva"),
        (TextKind.INVITATION, "Hej } alla", "sin andra halva"),
        (TextKind.INVITATION, "Hej \x07", "inte går att visa"),
        (TextKind.REMINDER_SUBJECT, "Hej\u2028Bcc: alla", "på en rad"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_reason(kind: TextKind, text: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        checked(kind, text)


def test_placeholders_are_filled_in_once_and_nothing_else_is() -> None:
    values = {**VALUES, Placeholder.ORGANISATION: "{k}"}

    assert filled("{organisation} {sista_dag} {annat}", values) == "{k} 1 december {annat}"


def test_an_empty_line_begins_a_new_paragraph() -> None:
    assert paragraphs("Hej!\nDu\n\n  \nSvara.") == (("Hej!", "Du"), ("Svara.",))


@given(st.text(max_size=200))
def test_a_kept_text_is_kept_the_same_again(text: str) -> None:
    try:
        kept = checked(TextKind.INVITATION, text)
    except Invalid:
        return
    assert checked(TextKind.INVITATION, kept) == kept
