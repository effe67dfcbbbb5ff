"""The map of four positions."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import pytest

from dimios_dash.figures.quadrant import Position, PositionKind, around, quadrant
from dimios_dash.figures.theme import Colour
from tests.figures.checked import checked

YEARS = [
    Position("2023", 44, 41, PositionKind.EARLIER),
    Position("2024", 47.2, 46, PositionKind.EARLIER),
    Position("2025", 56, 48.3, PositionKind.OWN),
]


def drawing(*given: Any, **named: Any) -> go.Figure:
    return checked(quadrant(*given, **named))


def shapes(drawn: go.Figure, name: str) -> list[go.layout.Shape]:
    return [shape for shape in drawn.layout.shapes if shape.name == name]


def test_heritage_lies_along_and_capability_upwards() -> None:
    drawn = drawing(YEARS, 4, "Titel")

    assert list(drawn.data[0].x) == [41, 46, 48.3]
    assert list(drawn.data[0].y) == [44, 47.2, 56]
    assert tuple(drawn.layout.xaxis.range) == tuple(drawn.layout.yaxis.range) == (0, 100)


def test_the_band_is_fifty_plus_minus_the_margin_on_both_axes() -> None:
    upright, level = shapes(drawing(YEARS, 4.2, "Titel"), "band")

    assert (upright.x0, upright.x1, upright.y0, upright.y1) == (45.8, 54.2, 0, 100)
    assert (level.x0, level.x1, level.y0, level.y1) == (0, 100, 45.8, 54.2)
    assert upright.fillcolor == level.fillcolor == Colour.BAND


def test_a_wide_band_stays_within_the_map() -> None:
    upright, level = shapes(drawing(YEARS, 70, "Titel"), "band")

    assert (upright.x0, upright.x1, level.y0, level.y1) == (0, 100, 0, 100)


def test_without_a_margin_there_is_no_band_but_still_two_cuts() -> None:
    drawn = drawing(YEARS, None, "Titel")

    assert shapes(drawn, "band") == []
    assert [(cut.x0, cut.y0) for cut in shapes(drawn, "cut")] == [(50, 0), (0, 50)]


@pytest.mark.parametrize(
    ("letter", "name", "x", "y"),
    [
        ("A", "Inbromsad", 0, 0),
        ("B", "Driven men bunden", 0, 1),
        ("C", "Rustad men avvaktande", 1, 0),
        ("D", "Handlingskraftig", 1, 1),
    ],
)
def test_each_position_is_named_in_its_own_corner(letter: str, name: str, x: int, y: int) -> None:
    drawn = drawing([], None, "Titel")

    (corner,) = [note for note in drawn.layout.annotations if note.text.startswith(f"<b>{letter}</b>")]
    assert corner.text.removeprefix(f"<b>{letter}</b> ").replace("-<br>", "").replace("<br>", " ") == name
    assert (corner.x, corner.y) == (x, y)


def test_the_own_point_is_large_and_named_and_earlier_years_are_small_and_named() -> None:
    path = drawing(YEARS, 4, "Titel").data[0]

    assert list(path.text) == ["2023", "2024", "<b>2025</b>"]
    assert path.marker.size[2] > 2 * path.marker.size[0]
    assert path.marker.color[2] == Colour.ACCENT


def test_labels_stand_where_the_path_does_not_go() -> None:
    path = drawing(YEARS, 4, "Titel").data[0]

    assert list(path.textposition) == ["bottom center", "middle right", "top center"]


def test_zoomed_the_map_is_what_lies_around_the_path_with_its_ends_said() -> None:
    window = around(YEARS)
    drawn = drawing(YEARS, 4, "Titel", window=window)

    assert (window.span, drawn.layout.xaxis.range, drawn.layout.yaxis.range) == (20, (35, 55), (40, 60))
    assert list(drawn.layout.xaxis.tickvals) == [35, 40, 45, 50, 55]
    assert {note.text[:8] for note in drawn.layout.annotations if note.text.startswith("<b>")} == {
        *("<b>A</b>", "<b>B</b>", "<b>C</b>", "<b>D</b>")
    }


@pytest.mark.parametrize(("capability", "heritage"), [(2, 99), (50, 50), (0, 0), (100, 100)])
def test_a_zoomed_map_stays_on_the_scale_and_holds_its_point(capability: float, heritage: float) -> None:
    window = around([Position("2025", capability, heritage, PositionKind.OWN)])

    for value, low in ((capability, window.capability), (heritage, window.heritage)):
        first, last = window.ends(low)
        assert 0 <= first <= value <= last <= 100
        assert last - first == 15


def test_years_far_apart_leave_nothing_to_zoom_in_on() -> None:
    far = [Position("2024", 5, 5, PositionKind.EARLIER), Position("2025", 95, 95, PositionKind.OWN)]

    assert around(far).whole
    assert around([]).whole


def test_others_are_quiet_points_behind_the_path() -> None:
    others = [Position("Ekhamns kommun", 60, 40, PositionKind.OTHER), Position("En annan", 30, 70, PositionKind.OTHER)]

    behind, path = drawing(YEARS, 4, "Titel", others=others).data

    assert behind.mode == "markers"
    assert behind.marker.opacity < 1
    assert "Ekhamns kommun" in behind.hovertext[0]
    assert path.marker.opacity == 1


def test_the_label_of_a_fall_stands_below() -> None:
    path = drawing(YEARS[::-1], 4, "Titel").data[0]

    assert path.textposition[-1] == "bottom center"


def test_one_year_is_a_point_of_its_own() -> None:
    assert list(drawing(YEARS[2:], 4, "Titel").data[0].textposition) == ["top center"]


def test_without_points_only_the_map_is_drawn() -> None:
    assert len(drawing([], 4, "Titel").data) == 0


def test_numbers_under_the_pointer_are_swedish() -> None:
    assert "48,3" in drawing(YEARS, 4, "Titel").data[0].hovertext[2]
