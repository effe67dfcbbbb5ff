"""The profile over the categories."""

from __future__ import annotations

from math import hypot
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.figures.spider import SeriesKind, Span, SpiderSeries, around, spider
from dimios_dash.figures.theme import Colour
from tests.figures.checked import checked

NAMES = ["Effektivitet", "Innovation", "Balansering", "Infrastruktur", "Organisation", "Användning"]
THIS = SpiderSeries("2025", [56, 48.3, 61.2, 45, 52.4, 66], SeriesKind.THIS)
EARLIER = SpiderSeries("2024", [50, 42, 63, 44, None, 60], SeriesKind.EARLIER)
OTHERS = SpiderSeries("Kommuner", [53, 55, 57, 51, 49, 58], SeriesKind.BENCHMARK)


def drawing(*given: Any, **named: Any) -> go.Figure:
    return checked(spider(*given, **named))


def polygon(drawn: go.Figure, label: str) -> go.Scatter:
    return next(trace for trace in drawn.data if trace.name == label)


@given(st.lists(st.floats(0, 100), min_size=3, max_size=9))
def test_each_corner_lies_as_far_out_as_its_value_and_the_polygon_closes(values: list[float]) -> None:
    drawn = drawing([str(place) for place in range(len(values))], [SpiderSeries("a", values, SeriesKind.THIS)], "")

    shape = polygon(drawn, "a")
    assert [hypot(x, y) for x, y in zip(shape.x, shape.y, strict=True)] == pytest.approx([*values, values[0]])


def test_the_first_category_is_at_the_top_and_the_next_to_its_right() -> None:
    shape = polygon(drawing(NAMES, [THIS], "Titel"), "2025")

    assert (shape.x[0], shape.y[0]) == pytest.approx((0, 56))
    assert shape.x[1] > 0
    assert shape.y[1] > 0


def test_a_hidden_value_breaks_the_polygon_and_is_drawn_nowhere() -> None:
    drawn = drawing(NAMES, [EARLIER], "Titel")

    shape = polygon(drawn, "2024")
    assert shape.x[4] is None
    assert shape.y[4] is None
    assert shape.connectgaps is False


def test_an_open_polygon_has_no_area() -> None:
    hidden = SpiderSeries("2025", [None, *THIS.values[1:]], SeriesKind.THIS)

    assert len(drawing(NAMES, [THIS], "Titel").layout.shapes) == 1
    assert len(drawing(NAMES, [hidden], "Titel").layout.shapes) == 0
    assert len(drawing(NAMES, [OTHERS], "Titel").layout.shapes) == 0


def test_the_values_of_this_measurement_stand_at_its_axes() -> None:
    hidden = SpiderSeries("2025", [None, *THIS.values[1:]], SeriesKind.THIS)

    texts = [note.text for note in drawing(NAMES, [OTHERS, hidden], "Titel").layout.annotations]
    assert any(text.startswith("Innovation<br>") and "<b>48,3</b>" in text for text in texts)
    assert any(text.startswith("Effektivitet<br>") and "<b>–</b>" in text for text in texts)
    assert not any("55,0" in text for text in texts)


def test_this_measurement_lies_on_top_and_comes_first_in_the_legend() -> None:
    drawn = drawing(NAMES, [THIS, EARLIER, OTHERS], "Titel")

    assert drawn.data[-1].name == "2025"
    assert drawn.layout.legend.traceorder == "reversed"


def test_series_differ_in_line_and_mark_and_not_only_in_colour() -> None:
    drawn = drawing(NAMES, [THIS, EARLIER, OTHERS], "Titel")

    looks = [polygon(drawn, label) for label in ("2025", "2024", "Kommuner")]
    assert len({look.line.dash for look in looks}) == 3
    assert len({look.marker.symbol for look in looks}) == 3
    assert {look.line.color for look in looks} <= set(Colour)


def test_rings_are_drawn_and_numbered_at_each_quarter() -> None:
    drawn = drawing(NAMES, [THIS], "Titel")

    radii = {round(hypot(x, y)) for x, y in zip(drawn.data[0].x, drawn.data[0].y, strict=True) if x is not None}
    assert radii == {0, 25, 50, 75, 100}
    assert {"25", "50", "75", "100"} <= {note.text for note in drawn.layout.annotations}


@pytest.mark.parametrize(
    ("values", "ends"),
    [([46, 52], (40, 60)), ([45.8, 48.3], (40, 60)), ([1, 99], (0, 100)), ([98, 100], (80, 100)), ([0, 2], (0, 20))],
)
def test_a_zoomed_web_holds_every_value_in_rings_of_whole_steps(values: list[float], ends: tuple[float, float]) -> None:
    span = around([SpiderSeries("2025", [*values, None], SeriesKind.THIS)])

    assert (span.low, span.high) == ends
    assert all(ring == int(ring) for ring in span.rings)


def test_zoomed_the_corners_lie_further_apart_and_the_rings_say_where() -> None:
    near = [SpiderSeries("2025", [46, 47, 48, 43, 45, 46], SeriesKind.THIS)]
    drawn = drawing(NAMES, near, "Titel", span=Span(40, 60))

    assert polygon(drawn, "2025").y[0] == pytest.approx(30)
    assert {"45", "50", "55", "60"} <= {note.text for note in drawn.layout.annotations}


def test_without_values_there_is_nothing_to_zoom_in_on() -> None:
    assert around([SpiderSeries("2025", [None] * 6, SeriesKind.THIS)]) == Span(0, 100)


def test_targets_are_marks_on_top_and_no_polygon() -> None:
    targets = SpiderSeries("Mål", [60, None, None, None, None, 70], SeriesKind.TARGET)

    drawn = drawing(NAMES, [targets, THIS, EARLIER], "Titel")

    assert drawn.data[-1].name == "Mål"
    assert drawn.data[-1].mode == "markers"
    assert len({polygon(drawn, label).marker.symbol for label in ("2025", "2024", "Mål")}) == 3


def test_both_directions_have_the_same_measure() -> None:
    drawn = drawing(NAMES, [THIS], "Titel")

    assert drawn.layout.xaxis.scaleanchor == "y"
    assert all(trace.type == "scatter" for trace in drawn.data)


def test_a_series_with_another_number_of_values_is_refused() -> None:
    with pytest.raises(ValueError, match="one value per category"):
        drawing(NAMES, [SpiderSeries("2025", [1, 2, 3], SeriesKind.THIS)], "Titel")


def test_two_categories_make_no_spider() -> None:
    with pytest.raises(ValueError, match="three"):
        drawing(NAMES[:2], [], "Titel")
