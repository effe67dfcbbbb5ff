from __future__ import annotations

import numpy as np

from dimios_dash.domain.suggestions import LEARNING, PlacedText, place
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

E, A, B = (UnitId(name) for name in "EAB")
TREE = Tree((E, A, B), np.array([-1, 0, 0], dtype=np.int32))


def test_a_text_goes_to_its_writers_home_under_its_question() -> None:
    written = [(A, {"F1": "ett", LEARNING: "två"}), (B, {"F1": "tre"})]

    placed = place(TREE, np.array([0, 0, 2], dtype=np.int32), written, ["F1"])

    assert set(placed) == {PlacedText(E, "F1", "ett"), PlacedText(E, None, "två"), PlacedText(B, "F1", "tre")}


def test_without_a_home_a_text_is_not_kept() -> None:
    placed = place(TREE, np.array([-1, -1, -1], dtype=np.int32), [(A, {"F1": "ett"})], ["F1"])

    assert placed == ()


def test_empty_texts_and_unknown_questions_are_left_out() -> None:
    written = [(A, {"F1": " \n", "F7": "fråga som inte finns"})]

    assert place(TREE, np.zeros(3, dtype=np.int32), written, ["F1"]) == ()
