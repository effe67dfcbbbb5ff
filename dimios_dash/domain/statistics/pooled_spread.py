"""How much respondents differ in the whole organisation, for units whose own spread is not shown.

Computed from what is released and from nothing else: the root's protected distributions, and the reliability of
categories where there is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.instrument import HIGHEST, LOWEST, Category, Instrument
from dimios_dash.domain.scoring import INDEX_KEY, SHOWN_STATEMENTS_NEEDED

POINTS_PER_STEP = 100 / (HIGHEST - LOWEST)
DECIMALS = 2


@dataclass(frozen=True, slots=True)
class PooledSpread:
    """Standard deviation between respondents (points of 0-100, ddof 1), and from how many answers."""

    sd: float
    n: int


def spread_of_picture(counts: NDArray[np.int32]) -> PooledSpread | None:
    """Of counts[K] answers in a protected distribution; None where none is shown (all zeros)."""
    n = int(counts.sum())
    if not n:
        return None
    points = np.arange(counts.size)
    mean = counts @ points / n
    sd = sqrt(float(counts @ (points - mean) ** 2) / (n - 1)) * POINTS_PER_STEP
    return PooledSpread(round(sd, DECIMALS), n)


def pooled_spreads(
    instrument: Instrument, root: NDArray[np.int32], alphas: Mapping[str, float]
) -> dict[str, PooledSpread]:
    """By key of statement, category, dimension and index, from root[Q, K] and the alpha of categories that have one.

    A level is a mean of several answers of each respondent, and differs less between respondents the less these
    answers go together. How much they do is what alpha says of a category. Otherwise, and for dimensions and index,
    the mean of the parts' deviations is taken, which the true one never exceeds. What lacks parts is left out.
    """
    keys = instrument.statement_keys
    found = {str(key): spread for key, each in zip(keys, root, strict=True) if (spread := spread_of_picture(each))}
    for category in instrument.categories:
        _add(found, category.key, _of_category(category, found, alphas.get(category.key)))
    for dimension in instrument.dimensions:
        _add(found, dimension.key, _of_parts(found, [category.key for category in dimension.categories]))
    _add(found, INDEX_KEY, _of_parts(found, [dimension.key for dimension in instrument.dimensions]))
    return found


def _add(found: dict[str, PooledSpread], key: str, spread: PooledSpread | None) -> None:
    if spread is not None:
        found[key] = spread


def _of_category(category: Category, found: Mapping[str, PooledSpread], alpha: float | None) -> PooledSpread | None:
    parts = [found[statement.key] for statement in category.statements if statement.key in found]
    if len(parts) < SHOWN_STATEMENTS_NEEDED:
        return None
    sd = _mean_deviation(parts)
    if alpha is not None and len(parts) == len(category.statements):
        sd = _deviation_of_mean([part.sd for part in parts], alpha)
    return PooledSpread(round(sd, DECIMALS), min(part.n for part in parts))


def _deviation_of_mean(deviations: Sequence[float], alpha: float) -> float:
    """Standard deviation of respondents' means: alpha = k / (k - 1) (1 - Σ variances / variance of the sum)."""
    items = len(deviations)
    of_sum = sum(sd**2 for sd in deviations) / (1 - min(alpha, 1) * (items - 1) / items)
    return sqrt(of_sum) / items


def _of_parts(found: Mapping[str, PooledSpread], keys: Sequence[str]) -> PooledSpread | None:
    parts = [found[key] for key in keys if key in found]
    if len(parts) < len(keys):
        return None
    return PooledSpread(round(_mean_deviation(parts), DECIMALS), min(part.n for part in parts))


def _mean_deviation(parts: Sequence[PooledSpread]) -> float:
    return fmean(part.sd for part in parts)
