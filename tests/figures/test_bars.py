"""Bars of 0–100 with names above and values beside."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.figures.bars import Bar, BarKind, bars
from dimios_dash.figures.theme import Colour
from tests.figures.checked import checked

ROWS = [
    Bar("Utbildning", 61.4, "n = 134", BarKind.WHOLE),
    Bar("Servicedesk", None, "visas inte: färre än 3 svar", BarKind.WHOLE),
    Bar("Prioritering", 72.4, "Effektivitet", BarKind.CAPABILITY),
    Bar("Data", 0, "", BarKind.HERITAGE),
]


def drawing(*given: Any) -> go.Figure:
    return checked(bars(*given))


def note(drawn: go.Figure, start: str) -> go.layout.Annotation:
    return next(one for one in drawn.layout.annotations if one.text.startswith(f"<b>{start}"))


def test_a_hidden_row_is_named_with_its_reason_and_never_drawn() -> None:
    drawn = drawing(ROWS, "Titel")

    track, values = drawn.data
    assert list(values.x) == [61.4, 72.4, 0]
    assert list(track.x) == [100, 100, 100]
    assert "färre än 3 svar" in note(drawn, "Servicedesk").text
    assert [one.text for one in drawn.layout.annotations].count("–") == 1


def test_each_bar_has_its_value_beside_it() -> None:
    drawn = drawing(ROWS, "Titel")

    beside = {one.y: one.text for one in drawn.layout.annotations if one.yanchor == "middle"}
    assert [beside[y] for y in drawn.data[1].y] == ["<b>61,4</b>", "<b>72,4</b>", "<b>0,0</b>"]


def test_the_dimension_decides_the_colour() -> None:
    drawn = drawing(ROWS, "Titel")

    assert list(drawn.data[1].marker.color) == [Colour.ACCENT, Colour.CAPABILITY, Colour.HERITAGE]


def test_the_axis_is_the_whole_scale_whatever_the_values() -> None:
    assert tuple(drawing(ROWS[:1], "Titel").layout.xaxis.range) == (0, 100)


def test_a_detail_stands_beside_a_short_name_and_below_a_long_one() -> None:
    long = Bar("Kultur- och fritidsförvaltningen", 48, "n = 21 av 40", BarKind.WHOLE)

    drawn = drawing([ROWS[0], long], "Titel")
    assert "<br>" not in note(drawn, "Utbildning").text
    assert "<br>" in note(drawn, "Kultur").text


def test_a_unit_cannot_smuggle_in_a_link() -> None:
    drawn = drawing([Bar('<a href="//x">A</a>', 1, "<b>", BarKind.WHOLE)], "Titel")

    assert all("<a" not in one.text for one in drawn.layout.annotations)
    assert "<a" not in drawn.data[1].hovertext[0]


def test_no_rows_give_an_empty_figure() -> None:
    drawn = drawing([], "Titel")

    assert list(drawn.data[1].x) == []
    assert drawn.layout.height > 0


@given(st.lists(st.tuples(st.text(max_size=120), st.one_of(st.none(), st.floats(0, 100))), max_size=12))
def test_rows_follow_each_other_downwards_within_the_drawing(rows: list[tuple[str, float | None]]) -> None:
    drawn = drawing([Bar(label, value, "n = 5", BarKind.WHOLE) for label, value in rows], "Titel")

    tops = [one.y for one in drawn.layout.annotations if one.yanchor == "top"]
    bottom = drawn.layout.yaxis.range[0]
    assert tops == sorted(set(tops))
    assert len(tops) == len(rows)
    assert all(top < middle < bottom for top, middle in zip(tops, middles(drawn), strict=True))
    assert bottom == drawn.layout.height - drawn.layout.margin.t - drawn.layout.margin.b


def middles(drawn: go.Figure) -> list[float]:
    return [one.y for one in drawn.layout.annotations if one.yanchor == "middle"]


def test_a_group_is_named_above_its_first_row() -> None:
    first = Bar("Prioritering", 72.4, "", BarKind.CAPABILITY, group="De högsta")

    drawn = drawing([first, Bar("Data", 60, "", BarKind.HERITAGE)], "Titel")

    assert [one.text.count("De högsta") for one in drawn.layout.annotations if one.yanchor == "top"] == [1, 0]


def test_a_click_anywhere_along_a_row_names_where_it_leads() -> None:
    drawn = drawing([Bar("Skola", 40, "", BarKind.WHOLE, leads_to="S"), Bar("Vård", None, "", BarKind.WHOLE)], "Titel")

    assert [list(trace.customdata) for trace in drawn.data] == [["S"], ["S"]]


def test_bars_that_lead_nowhere_carry_nothing_to_click() -> None:
    assert [trace.customdata for trace in drawing(ROWS, "Titel").data] == [None, None]


def test_what_is_aimed_at_is_a_dark_line_across_its_bar_on_a_pale_one() -> None:
    drawn = drawing([Bar("Data", 40, "", BarKind.HERITAGE, mark=55.0), Bar("Mandat", 50, "", BarKind.HERITAGE)], "")

    _track, values, edges, marks = drawn.data
    assert list(edges.x) == list(marks.x) == [55.0]
    assert list(marks.y) == list(values.y)[:1]
    assert edges.marker.line.width > marks.marker.line.width
    assert (edges.marker.line.color, marks.marker.line.color) == (Colour.SURFACE, Colour.INK)
