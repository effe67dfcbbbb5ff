"""One set of colours for pages and charts, readable, and charts that send nothing anywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash import figures
from dimios_dash.figures.theme import APART, GRAPH_CONFIG, HEAT, Colour, apart_step, figure, heat_step, plain
from dimios_dash.language import Language, speaking
from tests.figures.checked import checked

FIGURES = Path(figures.__file__).parent
ASSETS = FIGURES.parents[1] / "assets"
TOKENS = dict(re.findall(r"--colour-([a-z0-9-]+): (#[0-9a-f]{6});", (ASSETS / "tokens.css").read_text("utf-8")))

TEXT_ON = [
    ("ink", "page"),
    ("ink", "sunken"),
    ("muted", "page"),
    ("muted", "sunken"),
    ("muted", "band"),
    ("accent", "page"),
    ("accent", "accent-tint"),
    ("heritage-text", "page"),
    ("surface", "accent"),
    *((state, f"{state}-tint") for state in ("info", "success", "warning", "error")),
    *(("ink", f"heat-{step}") for step in range(5)),
    *(("surface", f"heat-{step}") for step in (5, 6)),
    *(("ink", step) for step in ("below-2", "below-1", "even", "above-1", "above-2")),
    *(("surface", step) for step in ("below-3", "above-3")),
]
SHAPES_ON = [("edge", "page"), ("capability", "sunken"), ("heritage", "sunken"), ("benchmark", "surface")]


def test_charts_use_the_colours_of_the_pages() -> None:
    names = {colour.name.lower().replace("_", "-"): colour.value for colour in Colour}

    assert {name: TOKENS.get(name) for name in names} == names


def test_no_colour_is_written_outside_the_theme() -> None:
    written = {
        path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", path.read_text("utf-8"))
        for path in FIGURES.glob("*.py")
        if path.name != "theme.py"
    }

    assert len(written) >= 4
    assert {name: found for name, found in written.items() if found} == {}


@pytest.mark.parametrize(("front", "back"), TEXT_ON)
def test_text_stands_out_from_what_it_is_written_on(front: str, back: str) -> None:
    assert contrast(TOKENS[front], TOKENS[back]) >= 4.5


@pytest.mark.parametrize(("front", "back"), SHAPES_ON)
def test_edges_and_marks_stand_out(front: str, back: str) -> None:
    assert contrast(TOKENS[front], TOKENS[back]) >= 3


def test_the_heat_scale_darkens_step_by_step() -> None:
    lights = [luminance(colour) for colour in HEAT]

    assert lights == sorted(lights, reverse=True)


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_higher_score_never_gets_a_lighter_step(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert 0 <= heat_step(low) <= heat_step(high) <= 6


def test_the_whole_heat_scale_is_used() -> None:
    assert [heat_step(score) for score in (0, 15, 30, 50, 65, 80, 100)] == [0, 1, 2, 3, 4, 5, 6]


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_a_larger_difference_never_gets_a_paler_step(one: float, other: float) -> None:
    small, large = sorted((one, other), key=abs)

    assert abs(apart_step(small)) <= abs(apart_step(large))
    assert apart_step(-one) == -apart_step(one)


def test_steps_of_differences_are_told_apart_by_lightness_too() -> None:
    lights = [luminance(colour) for colour in APART]

    assert lights[:4] == sorted(lights[:4])
    assert lights[3:] == sorted(lights[3:], reverse=True)
    assert [apart_step(points) for points in (-10, -9.9, -2, 1.9, 2, 5, 10)] == [-3, -2, -1, 0, 1, 2, 3]


@pytest.mark.parametrize("value", [-0.1, 100.1, float("nan")])
def test_a_score_off_the_scale_has_no_heat(value: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        heat_step(value)


def test_nothing_of_a_chart_leaves_the_page() -> None:
    assert GRAPH_CONFIG["showSendToCloud"] is False
    assert GRAPH_CONFIG["plotlyServerURL"] == ""
    assert GRAPH_CONFIG["displaylogo"] is False
    assert "http" not in json.dumps(GRAPH_CONFIG)


def test_the_pages_load_nothing_from_elsewhere() -> None:
    loaded = {
        path.name: re.findall(r"@import.*|url\((?!\"?(?:data:|fonts/))[^)]+", path.read_text("utf-8"))
        for path in ASSETS.rglob("*.css")
    }

    assert "bootstrap.min.css" in loaded
    assert {name: found for name, found in loaded.items() if found} == {}


def test_every_figure_writes_numbers_in_the_language_being_spoken() -> None:
    assert drawing("Titel", 100).layout.separators == ",\u00a0"
    with speaking(Language.ENGLISH):
        assert drawing("Title", 100).layout.separators == ".,"


def test_a_long_title_gets_lines_and_the_room_they_need() -> None:
    short, long = drawing("Kort", 100), drawing("En mening som är så lång att en telefon inte rymmer den", 100)

    assert long.layout.title.text.count("<br>") == 1
    assert long.layout.height - short.layout.height == long.layout.margin.t - short.layout.margin.t > 0


def test_no_title_takes_no_room() -> None:
    assert drawing("", 100).layout.margin.t < drawing("Kort", 100).layout.margin.t


def test_a_name_cannot_become_a_tag_or_a_link() -> None:
    drawn = drawing('<a href="https://example.org">Klicka</a>', 100)

    assert plain("Drift & <stöd>") == "Drift &amp; &lt;stöd&gt;"
    assert "<a" not in drawn.layout.title.text


def drawing(title: str, height: int) -> go.Figure:
    return checked(figure(title, height))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by WCAG 2.2, 1–21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
