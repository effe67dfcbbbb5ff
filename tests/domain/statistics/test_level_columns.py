"""The levels as columns say what the published formula says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash import instruments
from dimios_dash.domain.scoring import levels
from dimios_dash.domain.statistics import level_columns

INSTRUMENT = instruments.load()
STATEMENTS = len(INSTRUMENT.statement_keys)
means = st.none() | st.integers(0, 1000).map(lambda tenths: tenths / 10)


def test_the_columns_are_statements_then_the_levels_in_the_order_of_the_formula() -> None:
    keys = level_columns.keys(INSTRUMENT)

    above = [level.key for level in levels(INSTRUMENT, dict.fromkeys(INSTRUMENT.statement_keys, 50.0))]
    assert keys == (*INSTRUMENT.statement_keys, *above)


@given(st.lists(st.lists(means, min_size=STATEMENTS, max_size=STATEMENTS), min_size=1, max_size=4))
def test_every_level_is_that_of_the_formula_before_it_is_rounded(rows: list[list[float | None]]) -> None:
    found = level_columns.with_levels(np.array(rows, dtype=np.float64))

    for row, columns in zip(rows, found, strict=True):
        expected = levels(INSTRUMENT, dict(zip(INSTRUMENT.statement_keys, row, strict=True)))
        for level, value in zip(expected, columns[STATEMENTS:], strict=True):
            assert (level.mean is None) == bool(np.isnan(value))
            assert level.mean is None or level.mean == pytest.approx(value, abs=0.05 + 1e-9)
