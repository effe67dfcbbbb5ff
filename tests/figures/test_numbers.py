"""Numbers as Swedish readers write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.figures import numbers

SCORES = st.floats(-1e6, 1e6, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (56, "56,0"),
        (-3.2, "−3,2"),
        (0.25, "0,3"),
        (-0.25, "−0,3"),
        (-0.04, "0,0"),
        (1234.5, "1\u00a0234,5"),
        (None, "–"),
    ],
)
def test_a_number_has_a_decimal_comma_and_a_true_minus(value: float | None, text: str) -> None:
    assert numbers.number(value) == text


@given(SCORES)
def test_a_number_read_back_is_the_number_rounded(value: float) -> None:
    text = numbers.number(value)

    assert re.fullmatch(r"−?\d{1,3}(\u00a0\d{3})*,\d", text)
    read = float(text.replace("−", "-").replace(",", ".").replace("\u00a0", ""))
    assert read == pytest.approx(value, abs=0.05 + 1e-9)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        numbers.number(value)


@pytest.mark.parametrize(
    ("value", "text"), [(3.2, "+3,2"), (-3.2, "−3,2"), (0, "0,0"), (0.04, "0,0"), (-0.04, "0,0"), (None, "–")]
)
def test_a_difference_says_its_sign_unless_it_rounds_to_nothing(value: float | None, text: str) -> None:
    assert numbers.signed(value) == text


@given(SCORES)
def test_the_opposite_difference_only_changes_its_sign(value: float) -> None:
    forth, back = numbers.signed(value), numbers.signed(-value)

    assert forth.lstrip("+−") == back.lstrip("+−")
    assert {forth[0], back[0]} == {"+", "−"} or forth == back


@pytest.mark.parametrize(("share", "text"), [(0.655, "66\u00a0%"), (0, "0\u00a0%"), (1, "100\u00a0%"), (None, "–")])
def test_a_share_is_written_in_per_cent(share: float | None, text: str) -> None:
    assert numbers.percent(share) == text


def test_a_share_can_be_written_with_decimals() -> None:
    assert numbers.percent(0.14286, decimals=1) == "14,3\u00a0%"


@pytest.mark.parametrize(("n", "text"), [(0, "0"), (999, "999"), (12345, "12\u00a0345")])
def test_a_count_holds_its_thousands_together(n: int, text: str) -> None:
    assert numbers.count(n) == text
