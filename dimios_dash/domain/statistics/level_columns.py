"""Statements and the levels above them as columns of one table: the formula of `scoring`, for many units at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.instrument import CATEGORIES, DIMENSIONS, STATEMENTS, Instrument
from dimios_dash.domain.scoring import INDEX_KEY, SHOWN_STATEMENTS_NEEDED


def keys(instrument: Instrument) -> tuple[str, ...]:
    """Statements, categories, dimensions, index: the order of the columns."""
    categories = [category.key for category in instrument.categories]
    dimensions = [dimension.key for dimension in instrument.dimensions]
    return (*map(str, instrument.statement_keys), *categories, *dimensions, INDEX_KEY)


def with_levels(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """values[N, statements] with the levels above as further columns, not rounded; NaN for what is hidden.

    Every level is a mean of means, so this serves means and differences of means alike: the difference of a category
    is the mean of the differences of the statements that have one, and needs three of them.
    """
    units = len(values)
    statements = values.reshape(units, DIMENSIONS * CATEGORIES, STATEMENTS)
    there = ~np.isnan(statements)
    shown = there.sum(axis=-1)
    total = np.where(there, statements, 0).sum(axis=-1)
    enough = shown >= SHOWN_STATEMENTS_NEEDED
    categories = np.where(enough, total / np.maximum(shown, 1), np.nan)
    dimensions = categories.reshape(units, DIMENSIONS, CATEGORIES).mean(axis=-1)
    return np.hstack([values, categories, dimensions, dimensions.mean(axis=-1, keepdims=True)])
