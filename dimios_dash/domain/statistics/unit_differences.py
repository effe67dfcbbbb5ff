"""Many units beside something else: how sure their means are, and which differences are more than chance.

From what everybody may know: how many answered, and the organisation's pooled spread. Imports scipy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from dimios_dash.domain.statistics.interval import ACCEPTED_RISK, UPPER_QUANTILE
from dimios_dash.domain.statistics.pooled_spread import PooledSpread
from dimios_dash.domain.statistics.uncertainty import FEWEST, benjamini_hochberg

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """Standard errors of means [N, levels], NaN below two answers and on levels without a spread; degrees [levels]."""

    error: Numbers
    degrees: Numbers

    @property
    def margin(self) -> Numbers:
        """Half of `interval_of_unit` before it is cut to 0-100: without finite correction."""
        found: Numbers = stdtrit(self.degrees, UPPER_QUANTILE) * self.error
        return found

    def beside(self, other: Errors) -> Errors:
        """Of a difference; that a unit is part of the whole makes it smaller than this, never larger."""
        return Errors(np.hypot(self.error, other.error), self.degrees)

    def of(self, units: slice) -> Errors:
        """Of some of the units only."""
        return Errors(self.error[units], self.degrees)


def errors(answered: NDArray[np.int64], spreads: Mapping[str, PooledSpread], keys: Sequence[str]) -> Errors:
    """sd / sqrt(n) for answered[N] respondents, on the levels of these keys."""
    known = [spreads.get(key) for key in keys]
    sd = np.array([each.sd if each else np.nan for each in known], dtype=np.float64)
    degrees = np.array([each.n - 1 if each else np.nan for each in known], dtype=np.float64)
    n = np.where(answered >= FEWEST, answered, np.nan)[:, None]
    return Errors(sd / np.sqrt(n), degrees)


def more_than_chance(points: Numbers, found: Errors) -> NDArray[np.bool_]:
    """Which of points[N, levels] are certain when all of them are looked at together (Benjamini and Hochberg, 5 %)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stdtr(found.degrees, -np.abs(points) / found.error)
    compared = ~np.isnan(p)
    certain = np.zeros(points.shape, dtype=np.bool_)
    certain[compared] = np.array(benjamini_hochberg(p[compared].tolist())) <= ACCEPTED_RISK
    return certain
