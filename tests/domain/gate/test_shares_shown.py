"""How much of an organisation is left to see: the floors that the product promises, e-mail only."""

from __future__ import annotations

import pytest

from benchmarks.release import shares_shown


@pytest.mark.parametrize(("units", "organisations", "floor"), [(6, 200, 0.93), (30, 100, 0.98)])
def test_most_means_of_three_and_more_are_shown(units: int, organisations: int, floor: float) -> None:
    means, *_ = shares_shown(units, organisations, by_link=0.0)

    assert means >= floor
