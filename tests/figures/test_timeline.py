from __future__ import annotations

import pytest

from dimios_dash.figures.aims import Aim
from dimios_dash.figures.timeline import Event, Line, LineKind, timeline
from tests.figures.checked import checked

YEARS = (2022, 2024, 2025)
INDEX = Line("Index", [40, None, 46.5], LineKind.WHOLE)


def test_a_line_has_a_point_each_year_and_its_name_and_last_value_at_the_end() -> None:
    drawn = checked(timeline(YEARS, [INDEX], (2022, 2025), ""))

    assert drawn.data[0].x == YEARS
    assert drawn.data[0].y == (40, None, 46.5)
    assert [each.text for each in drawn.layout.annotations] == ["<b>46,5</b>&nbsp; Index"]
    assert drawn.layout.xaxis.ticktext == ("2022", "2024", "2025")


def test_the_two_years_that_are_compared_are_marked() -> None:
    drawn = checked(timeline(YEARS, [INDEX], (2022, 2025), ""))

    assert [shape.x0 for shape in drawn.layout.shapes] == [2022, 2025]


def test_lines_differ_by_more_than_colour() -> None:
    lines = [Line(kind.value, [40, 41, 42], kind) for kind in LineKind]

    drawn = checked(timeline(YEARS, lines, (2024, 2025), ""))

    assert len({(each.line.dash, each.marker.symbol) for each in drawn.data}) == 3


def test_what_was_done_in_between_stands_along_the_foot() -> None:
    drawn = checked(timeline(YEARS, [INDEX], (2022, 2025), "", [Event(2023.5, "Ny e-tjänst")]))

    assert (drawn.data[1].x, drawn.data[1].hovertext) == ((2023.5,), ("Ny e-tjänst",))
    assert drawn.data[1].y[0] == drawn.layout.yaxis.range[0]


@pytest.mark.parametrize(("years", "values"), [((2025,), [40]), ((2024, 2025), [None, None])])
def test_one_year_or_a_line_without_values_is_no_time_line(years: tuple[int, ...], values: list[float | None]) -> None:
    with pytest.raises(ValueError, match="two years"):
        timeline(years, [Line("Index", values, LineKind.WHOLE)], (2024, 2025), "")


def test_an_aim_is_a_star_at_the_last_year_on_a_stem_of_its_own_line_and_told_below_its_name() -> None:
    aimed = Line("Index", [40, 45.8, None], LineKind.WHOLE, Aim(50, "mål 50,0 till 2027"))

    drawn = checked(timeline(YEARS, [aimed], (2022, 2025), ""))

    stems, stars = drawn.data[-2:]
    assert (stems.x[0], stems.y) == (2025, (45.8, 50, None))
    assert (stars.x, stars.y, stars.hovertext) == ((2025,), (50,), ("Index: mål 50,0 till 2027",))
    name, told = drawn.layout.annotations
    assert (told.text, told.y < name.y) == ("☆ mål 50,0 till 2027", True)
