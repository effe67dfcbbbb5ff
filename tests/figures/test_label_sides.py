"""Labels of a path, however near its points lie."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.figures.label_sides import SIDES, Labelled, label_box, sides

PATHS: dict[str, list[tuple[float, float]]] = {
    "apart": [(100, 100), (180, 160), (260, 120)],
    "near": [(100, 100), (110, 104), (118, 112)],
    "back again": [(100, 100), (140, 100), (104, 103)],
    "one place": [(100, 100), (100, 100)],
    "straight up": [(100, 100), (100, 130), (100, 160)],
}


def path(places: list[tuple[float, float]]) -> list[Labelled]:
    """Years, the last of them the one looked at."""
    *earlier, own = places
    return [*(Labelled(x, y, 9, 32, 16) for x, y in earlier), Labelled(*own, 20, 44, 20)]


@pytest.mark.parametrize("name", PATHS)
def test_no_label_covers_another_nor_the_point_looked_at(name: str) -> None:
    drawn = path(PATHS[name])

    boxes = [label_box(each, side) for each, side in zip(drawn, sides(drawn), strict=True)]

    assert sum(one.covers(other) for one, other in combinations(boxes, 2)) == 0
    own = label_box(Labelled(drawn[-1].x, drawn[-1].y - 11, 0, 14, 14), "top center")  # within the round point
    assert sum(box.covers(own) for box in boxes[:-1]) == 0


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), min_size=1, max_size=7))
def test_every_point_gets_a_side(places: list[tuple[float, float]]) -> None:
    assert all(side in SIDES for side in sides(path(places)))
    assert len(sides(path(places))) == len(places)


def test_one_point_has_its_label_above() -> None:
    assert sides(path([(50, 50)])) == ["top center"]
