"""Shares in bands and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash import instruments
from dimios_dash.domain.dont_know import band, in_words
from dimios_dash.language import Language

shares = st.floats(0, 1)


@pytest.mark.parametrize(
    ("share", "step"), [(0, 0), (0.099, 0), (0.1, 1), (0.249, 1), (0.25, 2), (0.499, 2), (0.5, 3), (1, 3)]
)
def test_a_band_begins_at_its_limit(share: float, step: int) -> None:
    assert band(share) == step


@given(shares, shares)
def test_a_larger_share_is_never_in_a_lower_band(one: float, other: float) -> None:
    small, large = sorted((one, other))

    assert band(small) <= band(large)


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_what_is_no_share_has_no_band(share: float) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        band(share)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "nästan ingen"),
        (0.1, "omkring en av tio"),
        (0.31, "omkring en av tre"),
        (0.5, "omkring hälften"),
        (1, "nästan alla"),
    ],
)
def test_a_share_is_said_without_a_number_of_people(share: float, words: str) -> None:
    assert in_words(share) == words


@pytest.mark.parametrize("version", instruments.VERSIONS)
def test_there_is_something_to_do_together_for_every_statement_in_every_language(version: str) -> None:
    material = instruments.material(version)

    assert tuple(material) == instruments.load(version).statement_keys
    said = [text[language] for text in material.values() for language in Language]
    assert len(set(said)) == 4 * 30
    assert all(60 <= len(words) <= 220 and words[-1] in ".?" for words in said)
    assert not any(mark in words for words in said for mark in ("http", "www", "!", "  "))
