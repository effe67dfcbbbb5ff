"""Advice for a position, and for all that are possible."""

from __future__ import annotations

from dimios_dash.components.advice import SEVERAL, advice
from dimios_dash.domain.positions import Position
from tests.pages.context import words


def test_a_certain_position_has_its_own_text_only() -> None:
    said = words(advice([Position.B]))

    assert "Driven men bunden" in said
    assert all(sentence.sv in said for sentence in Position.B.texts.advice)
    assert "Inbromsad" not in said
    assert SEVERAL not in said


def test_on_a_border_both_texts_stand_with_the_reason() -> None:
    said = words(advice([Position.B, Position.D]))

    assert SEVERAL in said
    for position in (Position.B, Position.D):
        assert position.texts.description.sv in said
        assert all(sentence.sv in said for sentence in position.texts.advice)
