"""The four positions and the band around their borders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.positions import Position, margin_of_error, position, positions_within
from dimios_dash.language import Language

on_scale = st.floats(0, 100)


@pytest.mark.parametrize(
    ("capability", "heritage", "expected"),
    [
        (49.9, 49.9, Position.A),
        (50.0, 49.9, Position.B),
        (49.9, 50.0, Position.C),
        (50.0, 50.0, Position.D),
        (0.0, 100.0, Position.C),
        (100.0, 0.0, Position.B),
    ],
)
def test_fifty_belongs_to_the_upper_side_on_both_axes(capability: float, heritage: float, expected: Position) -> None:
    assert position(capability, heritage) is expected


@pytest.mark.parametrize(
    ("capability", "heritage", "expected"),
    [
        (70.0, 30.0, (Position.B,)),
        (51.0, 30.0, (Position.B, Position.A)),
        (49.0, 30.0, (Position.A, Position.B)),
        (70.0, 49.0, (Position.B, Position.D)),
        (30.0, 51.0, (Position.C, Position.A)),
        (49.0, 51.0, (Position.C, Position.A, Position.B, Position.D)),
        (54.0, 30.0, (Position.B,)),
        (53.9, 30.0, (Position.B, Position.A)),
    ],
)
def test_in_the_band_the_neighbours_are_named_after_the_own_position(
    capability: float, heritage: float, expected: tuple[Position, ...]
) -> None:
    assert positions_within(capability, heritage, margin=4.0) == expected


@given(on_scale, on_scale)
def test_without_a_margin_there_is_one_position(capability: float, heritage: float) -> None:
    assert positions_within(capability, heritage, margin=0.0) == (position(capability, heritage),)


@given(on_scale, on_scale, on_scale)
def test_the_own_position_always_comes_first_and_once(capability: float, heritage: float, margin: float) -> None:
    possible = positions_within(capability, heritage, margin)

    assert possible[0] is position(capability, heritage)
    assert len(possible) == len(set(possible)) in (1, 2, 4)


@pytest.mark.parametrize(("n", "expected"), [(3, 22.63), (16, 9.80), (100, 3.92), (400, 1.96)])
def test_the_margin_is_that_of_a_95_per_cent_interval_with_a_spread_of_20(n: int, expected: float) -> None:
    assert margin_of_error(n) == pytest.approx(expected, abs=0.005)


def test_the_margin_follows_a_spread_that_is_known() -> None:
    assert margin_of_error(100, spread=10.0) == pytest.approx(1.96, abs=0.005)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_have_no_margin(n: int) -> None:
    assert margin_of_error(n) is None


def test_the_positions_have_their_published_names() -> None:
    assert [(place.value, place.texts.name.sv, place.texts.name.en) for place in Position] == [
        ("A", "Inbromsad", "Held back"),
        ("B", "Driven men bunden", "Driven but bound"),
        ("C", "Rustad men avvaktande", "Equipped but waiting"),
        ("D", "Handlingskraftig", "Ready to act"),
    ]


@pytest.mark.parametrize("place", Position)
def test_every_position_is_described_and_advised_in_whole_sentences_of_every_language(place: Position) -> None:
    sentences = (place.texts.description, *place.texts.advice)

    assert len(place.texts.advice) == 4
    written = [sentence[language] for sentence in (*sentences, place.texts.name) for language in Language]
    assert len(set(written)) == len(written)
    assert all(
        text.endswith(".") and text[0].isupper() for each in sentences for text in map(each.__getitem__, Language)
    )
