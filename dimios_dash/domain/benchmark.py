"""The own organisation among others, where every organisation counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

import numpy as np

from dimios_dash.ids import StatementKey

DECIMALS = 1
FEWEST_FOR_MEAN = 5
FEWEST_FOR_QUARTILES = 10
DONT_KNOW: Final = "vet_ej:"  # begins the keys of shares of Vet ej, per cent
ALL: Final = "alla"  # the mean share of all statements


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

    The caller leaves the own organisation and hidden values out; with `own`, its place is told too.
    """
    if len(values_of_others) < FEWEST_FOR_MEAN:
        return None
    mean = round(fmean(values_of_others), DECIMALS)
    if len(values_of_others) < FEWEST_FOR_QUARTILES:
        return Benchmark(len(values_of_others), mean, None, None, None)
    place, sd = _place(values_of_others, own), round(float(np.std(values_of_others, ddof=1)), DECIMALS)
    return Benchmark(len(values_of_others), mean, *_quartiles(values_of_others), place, sd)


def shares_of_dont_know(shares: Mapping[StatementKey, float | None], statements: int) -> dict[str, float]:
    """Per cent from 0-1, by "alla" and statement; empty unless every one of so many statements shows its share."""
    shown = {str(key): 100 * share for key, share in shares.items() if share is not None}
    return {} if len(shown) < statements else {ALL: fmean(shown.values()), **shown}


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Each the mean of Hyndman and Fan's type 7 (Excel's QUARTILE.INC) and of the same one organisation down and up.

    By itself that would be a single organisation's own value for 13, 17, 21 … others, and two pools that tell the same
    value would give away whose it is: the only one that is in both.
    """
    ordered, last = sorted(values), len(values) - 1
    lower, median, upper = (
        round(fmean(_between(ordered, last * part / 4 + step) for step in (-1, 0, 1)), DECIMALS) for part in (1, 2, 3)
    )
    return lower, median, upper


def _between(ordered: Sequence[float], place: float) -> float:
    """The value at a place counted from 0, interpolated; below the last one."""
    below = int(place)
    return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])


def _place(values_of_others: Sequence[float], own: float | None) -> int | None:
    return None if own is None else 1 + sum(value > own for value in values_of_others)
