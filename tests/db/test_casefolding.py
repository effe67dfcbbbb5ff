"""The database finds the words that Python finds, whatever their capitals, and no others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from db.casefolding import EVERY_CHARACTER, says
from tests.factories import Make

Says = Callable[[str, str], bool]
ODD = "aAåÅäÄöÖéÉ %_\\'\"/*.[]+😀👩‍💻ßẞſsSKkKıIiİﬁﬀfFŉnNΣσςΐ\u0307\u030a\n\t"


@pytest.fixture
def found(make: Make) -> Says:
    def says_so(text: str, words: str) -> bool:
        return bool(make.session.scalar(select(says(literal(text), words))))

    return says_so


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Östra VÄXELN", "östra växeln", True),
        ("åäö", "ÅÄÖ", True),
        ("växeln", "vaxeln", False),
        ("100 % av it-stödet", "100 %", True),
        ("100 procent", "100 %", False),
        ("a_b", "_", True),
        ("ab", "_", False),
        ("C:\\mapp", "\\", True),
        ("mapp", "\\", False),
        ("Tack 👩‍💻!", "👩‍💻", True),
        ("STRASSE", "straße", True),
        ("Straße", "SSE", True),
        ("ﬁn", "fi", True),
        ("ﬁn", "in", True),
        ("ﬁn", "f", True),
        ("text", "te\0xt", False),
        ("text", "\ud800", False),
        ("text", "", True),
        ("", "", True),
        ("", "ß", False),
        ("ᾳ ΑΙ", "ι", True),  # characters that fold to several have it at their end by the dozen
    ],
)
def test_words_are_found_as_they_are_written(found: Says, text: str, words: str, expected: bool) -> None:
    assert found(text, words) is expected
    assert (words.casefold() in text.casefold()) is expected


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.sampled_from(ODD), max_size=12), st.text(st.sampled_from(ODD), max_size=3))
@example("İ", "i")
@example("ŉ", "n")
def test_it_finds_what_python_finds(found: Says, text: str, words: str) -> None:
    assert found(text, words) is (words.casefold() in text.casefold())


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20), st.data())
def test_every_piece_of_a_text_is_found_in_other_capitals(found: Says, text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text) - 1))
    piece = text[first : data.draw(st.integers(first + 1, len(text)))]

    assert all(found(text, words) is (words.casefold() in text.casefold()) for words in (piece, piece.upper()))


def test_a_fold_folds_to_itself() -> None:
    folds = {sign.casefold() for sign in map(chr, EVERY_CHARACTER)}

    assert all(sign.casefold() == sign for fold in folds for sign in fold)
