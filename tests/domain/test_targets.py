"""What may be aimed at, and how far it is."""

from __future__ import annotations

import pytest

from dimios_dash.domain.targets import Change, Standing, Wish, checked, progress
from dimios_dash.errors import Invalid
from dimios_dash.ids import AccountId, new_id


@pytest.mark.parametrize(
    ("now", "by", "told"),
    [
        (45.8, 2027, (Standing.AHEAD, 9.2, pytest.approx(4.6))),
        (55.0, 2027, (Standing.REACHED, 0.0, None)),
        (60.1, 2024, (Standing.REACHED, -5.1, None)),
        (45.8, 2025, (Standing.LATE, 9.2, None)),
        (45.8, 2023, (Standing.LATE, 9.2, None)),
    ],
)
def test_how_far_it_is_and_what_is_needed_each_year(now: float, by: int, told: tuple[object, ...]) -> None:
    there = progress(55.0, by, now, 2025, None)

    assert (there.standing, there.left, there.needed) == told


def test_the_pace_is_what_has_been_over_the_years_since() -> None:
    there = progress(55.0, 2027, 45.8, 2025, Change(2023, 3.0, certain=True))

    assert there.pace == 1.5


def test_a_wish_is_kept_tidy() -> None:
    assert checked(Wish(55.04, 2027, "  Kim \n Prov "), 2026) == Wish(55.0, 2027, "Kim Prov")


@pytest.mark.parametrize(
    "wish",
    [
        *(Wish(value, 2027) for value in (-0.1, 100.1)),
        *(Wish(50.0, year) for year in (2025, 2047)),
        *(Wish(50.0, 2027, name) for name in ("x" * 81, "a\0b", "\ud800")),
        Wish(50.0, 2027, "Kim", AccountId(new_id())),
    ],
)
def test_what_cannot_be_aimed_at_is_refused(wish: Wish) -> None:
    with pytest.raises(Invalid):
        checked(wish, 2026)
