"""The own organisation among others, where every organisation counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

import numpy as np

DECIMALS = 1
FEWEST_FOR_MEAN = 5
FEWEST_FOR_QUARTILES = 10


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What other organisations reach on one level: 0-100, one decimal; all but the mean from ten organisations."""

    organisations: int
    mean: float
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None
    place: int | None = None  # of the own organisation among all, 1 the highest; equal ones share the better place
    sd: float | None = None  # standard deviation between the others, points, ddof 1


def benchmark(values_of_others: Sequence[float], own: float | None = None) -> Benchmark | None:
    """Unweighted mean and quartiles of one released value of each other organisation; None below five.

    The caller leaves the own organisation and hidden values out; with `own`, its place is told too. Quartiles are
    Hyndman and Fan's type 7 (numpy's "linear", Excel's QUARTILE.INC): between two organisations they are interpolated.
    """
    if len(values_of_others) < FEWEST_FOR_MEAN:
        return None
    mean = round(fmean(values_of_others), DECIMALS)
    if len(values_of_others) < FEWEST_FOR_QUARTILES:
        return Benchmark(len(values_of_others), mean, None, None, None)
    place, sd = _place(values_of_others, own), round(float(np.std(values_of_others, ddof=1)), DECIMALS)
    return Benchmark(len(values_of_others), mean, *_quartiles(values_of_others), place, sd)


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    lower, median, upper = quantiles(values, n=4, method="inclusive")
    return round(lower, DECIMALS), round(median, DECIMALS), round(upper, DECIMALS)


def _place(values_of_others: Sequence[float], own: float | None) -> int | None:
    return None if own is None else 1 + sum(value > own for value in values_of_others)
