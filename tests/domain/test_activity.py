from __future__ import annotations

import pytest

from dimios_dash.domain.activity import Activity, activity_of


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        ("samhallsbyggnad", Activity.SAMHALLSBYGGNAD),
        ("Samhällsbyggnad", Activity.SAMHALLSBYGGNAD),
        ("Kultur/fritid", Activity.KULTUR_FRITID),
        ("kultur och fritid", Activity.KULTUR_FRITID),
        ("KULTUR & FRITID", Activity.KULTUR_FRITID),
        ("vård", Activity.VARD),
        (" VÅRD ", Activity.VARD),
        ("Ledning/stab", Activity.LEDNING),
        ("Övrigt", Activity.OVRIGT),
        ("", Activity.OVRIGT),
        ("  ", Activity.OVRIGT),
    ],
)
def test_areas_are_known_as_people_write_them(text: str, activity: Activity) -> None:
    assert activity_of(text) is activity


@pytest.mark.parametrize("text", ["rymdfart", "skola och vård", "-", "1"])
def test_anything_else_is_no_area(text: str) -> None:
    assert activity_of(text) is None


@pytest.mark.parametrize("activity", Activity)
def test_every_area_has_a_label_that_is_understood(activity: Activity) -> None:
    assert activity_of(activity.label) is activity
    assert activity_of(activity.value) is activity
