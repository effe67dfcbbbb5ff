from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.moderation.masking import (
    covered,
    joined,
    masked,
    occurrences,
    of_words,
    proposed,
    words,
    words_in,
)


def test_others_read_the_text_without_what_is_masked() -> None:
    text = "Fråga Anna Svensson i receptionen"

    shown = masked(text, joined(text, words(text)[1:3]))

    assert shown == "Fråga [maskerat] i receptionen"


def test_what_stands_in_its_place_does_not_tell_how_long_it_was() -> None:
    assert masked("Bo", ((0, 2),)) == masked("Margareta Lindqvist-Andersson", ((0, 29),))


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Anna och anna", "ANNA", ["Anna", "anna"]),
        ("Anna\nSvensson", "anna svensson", ["Anna\nSvensson"]),
        ("a.b och axb", "a.b", ["a.b"]),
        ("🙂 Anna", "anna", ["Anna"]),
        ("Anna", "Bo", []),
        ("Anna", "  ", []),
    ],
)
def test_a_typed_passage_is_found_everywhere_it_stands(text: str, typed: str, found: list[str]) -> None:
    assert [text[first:last] for first, last in occurrences(text, typed)] == found


def test_what_looks_like_a_number_or_address_is_proposed() -> None:
    text = "Ring 070-123 45 67, igen 070-123 45 67, eller skriv till kim@prov.example."

    proposals = [text[first:last] for first, last in proposed(text)]

    assert proposals == ["070-123 45 67", "070-123 45 67", "kim@prov.example"]


def test_chosen_words_become_passages_and_passages_the_words_they_touch() -> None:
    text = "Fråga Anna Svensson, hon vet"

    assert of_words(text, [1, 2, 4]) == ((6, 20), (25, 28))
    assert words_in(text, ((8, 13), (27, 28))) == (1, 2, 4)


@pytest.mark.parametrize("number", [-1, 5])
def test_a_word_that_is_not_there_is_a_mistake(number: int) -> None:
    with pytest.raises(IndexError):
        of_words("Fråga Anna Svensson, hon vet", [number])


def test_a_passage_is_covered_by_a_mask_that_holds_all_of_it() -> None:
    assert covered((3, 5), ((0, 2), (3, 6)))
    assert not covered((3, 7), ((0, 4), (4, 7)))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_no_masked_character_is_left_and_no_other_is_lost(text: str, pairs: list[tuple[int, int]]) -> None:
    passages = [(min(pair), max(pair)) for pair in pairs if max(pair) <= len(text) and pair[0] != pair[1]]
    masks = joined(text, passages)
    hidden = {at for first, last in masks for at in range(first, last)}

    shown = masked(text, masks)

    assert shown.replace("[maskerat]", "") == "".join(sign for at, sign in enumerate(text) if at not in hidden).replace(
        "[maskerat]", ""
    )
    assert hidden >= {at for first, last in passages for at in range(first, last)}
    assert not "".join(
        text[at] for at in hidden - {at for first, last in passages for at in range(first, last)}
    ).strip()
