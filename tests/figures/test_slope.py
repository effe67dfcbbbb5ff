from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.figures.aims import Aim
from dimios_dash.figures.slope import Slope, apart, beside_ends, slopes
from tests.figures.checked import checked


def test_each_line_has_its_values_at_both_ends_and_its_name_at_the_later() -> None:
    drawn = checked(slopes([Slope("Innovation", 40, 48.5, certain=True)], "2024", "2025", ""))

    texts = [each.text for each in drawn.layout.annotations]
    assert texts == ["<b>2024</b>", "<b>2025</b>", "40,0", "<b>48,5</b>&nbsp; <b>Innovation</b>"]
    assert (drawn.data[0].x, drawn.data[0].y) == ((0, 1), (40, 48.5))
    assert drawn.data[0].hovertext[0] == "Innovation: 40,0 (2024) → 48,5 (2025)"


def test_certain_changes_are_drawn_in_full_on_top_and_others_dashed() -> None:
    lines = [Slope("A", 40, 50, certain=True), Slope("B", 40, 42, certain=False)]

    drawn = checked(slopes(lines, "2024", "2025", ""))

    assert [(each.name, each.line.dash) for each in drawn.data] == [("B", "dash"), ("A", None)]


def test_a_name_is_text_and_never_tags() -> None:
    drawn = checked(slopes([Slope("<a href='x'>A</a>", 40, 50, certain=False)], "2024", "2025", ""))

    assert "&lt;a" in drawn.layout.annotations[3].text


def test_a_small_change_does_not_fill_the_picture() -> None:
    drawn = checked(slopes([Slope("A", 50, 50.2, certain=False)], "2024", "2025", ""))

    low, high = drawn.layout.yaxis.range
    assert high - low > 8


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12), st.floats(0.1, 5))
def test_labels_keep_their_distance_their_order_and_their_middle(places: list[float], least: float) -> None:
    moved = apart(places, least)

    in_order = [moved[each] for each in sorted(range(len(places)), key=lambda each: places[each])]
    assert all(above - below >= least - 1e-9 for below, above in pairwise(in_order))
    assert sum(moved) == pytest.approx(sum(places))


def test_a_label_with_room_stays_at_its_point() -> None:
    moved = apart([58.5, 48.6, 48.7, 48.8], 1)

    assert moved == pytest.approx([58.5, 47.7, 48.7, 49.7])


def test_an_aim_is_a_star_at_the_later_end_on_a_stem_of_its_own_line_and_told_below_its_name() -> None:
    lines = [Slope("A", 40, 42.9, certain=False, aim=Aim(48, "mål 48,0 till 2027")), Slope("B", 45, 47, certain=True)]

    drawn = checked(slopes(lines, "2024", "2025", ""))

    stems, stars = drawn.data[-2:]
    assert (stems.x[0], stems.y) == (1, (42.9, 48, None))
    assert (stars.x, stars.y, stars.hovertext) == ((1,), (48,), ("A: mål 48,0 till 2027",))
    texts = {each.text: each.y for each in drawn.layout.annotations}
    assert texts["☆ mål 48,0 till 2027"] < texts["<b>42,9</b>&nbsp; A"] < texts["<b>47,0</b>&nbsp; <b>B</b>"]


def test_an_aim_far_from_the_lines_has_room_in_the_picture() -> None:
    drawn = checked(slopes([Slope("A", 40, 42, certain=False, aim=Aim(90, "mål"))], "2024", "2025", ""))

    low, high = drawn.layout.yaxis.range
    assert (low < 40, high > 90) == (True, True)


@given(st.lists(st.tuples(st.floats(0, 100), st.booleans()), min_size=1, max_size=6))
def test_no_name_stands_where_another_or_an_aim_is_told(ends: list[tuple[float, bool]]) -> None:
    names = beside_ends([(end, Aim(50, "mål") if aimed else None) for end, aimed in ends], 1)

    taken = sorted([*names, *(name - 1 for name, (_end, aimed) in zip(names, ends, strict=True) if aimed)])
    assert all(above - below >= 1 - 1e-9 for below, above in pairwise(taken))
