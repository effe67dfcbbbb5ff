"""Two releases compared, unit by unit and level by level: what changed, and what of it is more than chance.

Everything here is computed from what two releases show (means, protected distributions, pooled spreads) and from
numbers of respondents, which the model takes as known to everybody. Whoever holds both releases can compute it; so a
comparison tells nothing that the releases do not, and what keeps them safe keeps it safe (anonymity.md, decision 1).

The rule for a certain change: Welch's test from these summaries, then Benjamini and Hochberg once over all comparisons
of the two releases, at 5 %. Comparisons of units and levels inside each other go up and down together, which the
procedure bears (Benjamini & Yekutieli 2001, Ann. Statist. 29, 1165-1188). The one heading, whether the whole has become
better, is asked before anybody has looked: its three comparisons, of the root's index and dimensions, are a family of
their own and are adjusted by Holm, so that with 95 % none of them is chance. Imports scipy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from dimios_dash.domain.instrument import CATEGORIES, DIMENSIONS, STATEMENTS, Instrument
from dimios_dash.domain.statistics import level_columns
from dimios_dash.domain.statistics.compared import Comparisons
from dimios_dash.domain.statistics.interval import UPPER_QUANTILE
from dimios_dash.domain.statistics.pooled_spread import DECIMALS, POINTS_PER_STEP, PooledSpread
from dimios_dash.domain.statistics.uncertainty import FEWEST, benjamini_hochberg, holm, normal_quantile
from dimios_dash.domain.tree import ROOT

Numbers = NDArray[np.float64]
_QUESTIONS = DIMENSIONS * CATEGORIES * STATEMENTS
_HEADLINE = slice(_QUESTIONS + DIMENSIONS * CATEGORIES, None)  # dimensions and index


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What the release of one year says of N units; both sides in the same order of units and of Q statements."""

    mean: Numbers  # [N, Q] 0-100, one decimal; NaN where not everybody who belongs to the unit is counted in it
    answered: NDArray[np.int64]  # [N] respondents
    distribution: NDArray[np.int32]  # [N, Q, K] protected; zeros where none is shown
    spreads: Mapping[str, PooledSpread]  # of the whole organisation, by key


@dataclass(frozen=True, slots=True, eq=False)
class _Spreads:
    """How much respondents of one side differ, [N, levels]; NaN where that is not known."""

    sd: Numbers
    n: Numbers  # answers behind the mean
    degrees: Numbers  # of the estimate of sd

    @property
    def variance(self) -> Numbers:
        """Of the mean; NaN below two answers."""
        return self.sd**2 / np.where(self.n >= FEWEST, self.n, np.nan)


def compare(instrument: Instrument, before: Side, after: Side) -> Comparisons:
    """Every comparison of two releases. Only statements with a mean on both sides count, on every level."""
    difference = level_columns.with_levels(after.mean - before.mean)
    one, other = _spreads(instrument, before), _spreads(instrument, after)
    comparable = ~np.isnan(difference) & (one.variance + other.variance > 0)
    with np.errstate(divide="ignore", invalid="ignore"):  # what cannot be compared is taken away below
        error, degrees = _welch(one, other)
        p = 2 * stdtr(degrees, -np.abs(difference) / error)
        pooled, together = _pooled(one, other)
        effect = difference / pooled * (1 - 3 / (4 * together - 1))
        smallest = normal_quantile() * pooled * np.sqrt(1 / one.n + 1 / other.n)
    margin = stdtrit(degrees, UPPER_QUANTILE) * error
    margin, p, effect, smallest = (np.where(comparable, each, np.nan) for each in (margin, p, effect, smallest))
    return Comparisons(difference, margin, _adjusted(p), effect, smallest)


def _spreads(instrument: Instrument, side: Side) -> _Spreads:
    """A unit's own spread where it shows a distribution, with the number of answers in it; else the organisation's."""
    keys = level_columns.keys(instrument)
    shape = len(side.answered), len(keys)
    pooled_sd, pooled_n = (_by_key(keys, side.spreads, get) for get in (lambda each: each.sd, lambda each: each.n))
    sd, spread_n = (np.broadcast_to(each, shape).copy() for each in (pooled_sd, pooled_n))
    n = np.broadcast_to(side.answered[:, None], shape).astype(np.float64)
    own_n = side.distribution.sum(axis=-1)
    unit, statement = np.nonzero(own_n)
    sd[unit, statement] = spreads_of_pictures(side.distribution[unit, statement])
    n[unit, statement] = spread_n[unit, statement] = own_n[unit, statement]
    return _Spreads(sd, n, spread_n - 1)


def _by_key(keys: Sequence[str], spreads: Mapping[str, PooledSpread], get: Callable[[PooledSpread], float]) -> Numbers:
    return np.array([get(spreads[key]) if key in spreads else np.nan for key in keys], dtype=np.float64)


def spreads_of_pictures(counts: NDArray[np.int32]) -> Numbers:
    """`spread_of_picture` of many protected distributions counts[M, K] with at least two answers each; points."""
    points = np.arange(counts.shape[-1])
    n = counts.sum(axis=-1)
    mean = counts @ points / n
    squares = (counts * (points - mean[:, None]) ** 2).sum(axis=-1)
    found: Numbers = np.round(np.sqrt(squares / (n - 1)) * POINTS_PER_STEP, DECIMALS)
    return found


def _welch(one: _Spreads, other: _Spreads) -> tuple[Numbers, Numbers]:
    """Standard error of the difference and Satterthwaite's degrees, as in `uncertainty.change`."""
    total = one.variance + other.variance
    parts = [(each.variance / total) ** 2 / each.degrees for each in (one, other)]
    return np.sqrt(total), 1 / (parts[0] + parts[1])


def _pooled(one: _Spreads, other: _Spreads) -> tuple[Numbers, Numbers]:
    """Standard deviation of both years together, and its degrees of freedom."""
    degrees = one.degrees + other.degrees
    return np.sqrt((one.degrees * one.sd**2 + other.degrees * other.sd**2) / degrees), degrees


def _adjusted(p: Numbers) -> Numbers:
    """p[N, levels] for many comparisons; the root's three headlines for these three."""
    adjusted = _by(benjamini_hochberg, p)
    adjusted[ROOT, _HEADLINE] = _by(holm, p[ROOT, _HEADLINE])
    return adjusted


def _by(procedure: Callable[[Sequence[float]], Sequence[float]], p: Numbers) -> Numbers:
    """The adjusted ones in their places; what was not compared does not count."""
    adjusted = p.copy()
    compared = ~np.isnan(p)
    adjusted[compared] = procedure(p[compared].tolist())
    return adjusted
