from __future__ import annotations

from dimios_dash.figures.differences import Difference, differences
from dimios_dash.figures.theme import Colour
from tests.figures.checked import checked

ROWS = [
    Difference("Skola", 7.25, "säker", certain=True, margin=3.0, leads_to="S"),
    Difference("Vård", -2.0, "", margin=4.0),
    Difference("Ny enhet", None, "Enheten fanns inte 2024."),
]


def test_bars_start_at_zero_with_their_interval_and_the_signed_number_beside() -> None:
    drawn = checked(differences(ROWS, ""))

    (bars,) = drawn.data
    assert bars.x == (7.25, -2.0)
    assert bars.error_x.array == (3.0, 4.0)
    assert bars.customdata == ("S", None)
    assert [each.text for each in drawn.layout.annotations][3:] == ["<b>+7,3</b>", "<b>−2,0</b>", "–"]


def test_certain_ones_are_filled_and_others_hollow() -> None:
    (bars,) = checked(differences(ROWS, "")).data

    assert bars.marker.color == (Colour.ACCENT.value, Colour.HEAT_1.value)


def test_what_cannot_be_compared_keeps_its_name_and_reason_and_has_no_bar() -> None:
    drawn = checked(differences(ROWS, ""))

    assert "Ny enhet" in drawn.layout.annotations[2].text
    assert "Enheten fanns inte 2024." in drawn.layout.annotations[2].text
    assert len(drawn.layout.shapes) == 2  # zero is marked beside bars only


def test_both_sides_have_room_for_the_widest_interval() -> None:
    low, high = checked(differences(ROWS, "")).layout.xaxis.range

    assert -low == high > 10.25


def test_rows_stand_below_each_other_without_touching() -> None:
    drawn = checked(differences(ROWS, ""))

    tops = [each.y for each in drawn.layout.annotations[:3]]
    assert tops == sorted(tops)
    assert drawn.data[0].y[0] < tops[1]
