"""How sure a released number is, and how many answers make it sure enough.

Every input is a summary that a release holds (mean, spread, number of answers) or what everybody knows (the
size of the target group): nothing here can tell more than the release does. Means and spreads are points of the
0-100 scale; shares and probabilities run from 0 to 1. Imports scipy and statsmodels, which take a second to load.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, sqrt

import numpy as np
from scipy.stats import nbinom, norm, t
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from dimios_dash.domain.statistics.interval import ACCEPTED_RISK, CONFIDENCE, UPPER_QUANTILE, Interval

OWN_SPREAD_FROM = 10  # answers; below, the spread of a unit is not released
FEWEST = 2
LOWEST_MEAN, HIGHEST_MEAN = 0.0, 100.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviation between respondents (points, ddof 1), and how many answers it was estimated from.

    Raises ValueError for a negative deviation and for one estimated from fewer than two answers.
    """

    sd: float
    n: int

    def __post_init__(self) -> None:
        if self.sd < 0 or self.n < FEWEST:
            raise ValueError(f"{self.sd} from {self.n} answers is not a standard deviation")

    @property
    def degrees(self) -> int:
        """Degrees of freedom of the estimate."""
        return self.n - 1


@dataclass(frozen=True, slots=True)
class MeasuredMean:
    """A released mean (0-100) of n answers. `spread` comes from `spread_of`, so `spread.n` may differ from n."""

    mean: float
    n: int
    spread: Spread


@dataclass(frozen=True, slots=True)
class Change:
    """What happened between two measurements."""

    difference: float  # points, later less earlier
    p: float  # two-sided, before the adjustment for many comparisons
    hedges_g: float  # difference in standard deviations, with the sign of the difference


def spread_of(n: int, own: Spread | None, pooled: Spread) -> Spread:
    """The spread to compute with for a group of n answers: its own, else the organisation's pooled one.

    The own spread (None where no distribution is shown) counts from ten answers on; both stem from protected
    histograms, never from answers.
    """
    return pooled if own is None or n < OWN_SPREAD_FROM else own


def standard_error(sd: float, n: int, population: int | None = None) -> float:
    """sd * sqrt((1 - n/N) / n): standard error of the mean of n answers out of a target group of N.

    Simple random sampling without replacement (Cochran, Sampling Techniques, 1977, eq. 2.20, divisor N - 1).
    `population` None: no finite correction. A target group smaller than the n who answered cannot be right, and
    counts as not given; n = N gives 0. Raises ValueError for n below 1.
    """
    if n < 1:
        raise ValueError("a standard error needs at least one answer")
    return sd * sqrt(_share_not_asked(n, population) / n)


def _share_not_asked(n: int, population: int | None) -> float:
    """The finite correction 1 - n/N; 1 where N is not known."""
    return 1.0 if population is None or population < n else 1 - n / population


def interval_of_mean(measured: MeasuredMean, population: int | None = None) -> Interval | None:
    """Where the target group's mean lies this year: mean ± t * standard error, cut to 0-100.

    t is the 97.5 % quantile of Student's distribution with the degrees of freedom of the *spread*: n - 1 for a
    unit's own, many (and then nearly 1.96) for a pooled one. `population` as in `standard_error`: everybody
    answered, width 0. None below two answers.
    """
    if measured.n < FEWEST:
        return None
    margin = _t_quantile(measured.spread.degrees) * standard_error(measured.spread.sd, measured.n, population)
    return Interval(max(LOWEST_MEAN, measured.mean - margin), min(HIGHEST_MEAN, measured.mean + margin))


@cache
def _t_quantile(degrees: int) -> float:
    """Most units of a release share one number of degrees, and scipy is slow."""
    return float(t.ppf(UPPER_QUANTILE, degrees))


def interval_of_share(share: float, n: int, population: int | None = None) -> Interval | None:
    """Where the target group's share (0-1) of Vet ej lies: Wilson's interval with n / (1 - n/N) answers.

    `share` is that of n respondents, n_vetej / n. Wilson 1927 (JASA 22, 209-212); the effective number widens
    it to finite groups. `population` as in `standard_error`: everybody answered, width 0. None without answers.
    Raises ValueError for a share outside 0-1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share")
    if n < 1:
        return None
    if (not_asked := _share_not_asked(n, population)) == 0:
        return Interval(share, share)
    effective = n / not_asked
    low, high = proportion_confint(share * effective, effective, alpha=1 - CONFIDENCE, method="wilson")
    # At 0 and 1 Wilson's interval ends exactly there; floating point may stop a hair short of the share.
    return Interval(max(0.0, min(share, float(low))), min(1.0, max(share, float(high))))


def change(before: MeasuredMean, after: MeasuredMean) -> Change | None:
    """Is the difference between two years more than chance? Welch's t test from summaries, and Hedges' g.

    t = difference / sqrt(v1 + v2) with v = sd²/n and Satterthwaite's degrees (v1 + v2)² / Σ v²/degrees
    (Welch 1947, Biometrika 34, 28-35); the degrees are those of the spreads, so with a unit's own spreads this
    is the usual test. g = difference / pooled sd * (1 - 3 / (4 * degrees - 1)) (Hedges 1981, J. Educ. Stat. 6).
    No finite correction: a change is about what makes people answer so, also those who come next year.
    None where either year has fewer than two answers, or neither has any spread.
    """
    if min(before.n, after.n) < FEWEST or before.spread.sd == after.spread.sd == 0:
        return None
    difference = after.mean - before.mean
    return Change(difference, _welch(difference, before, after), difference / _pooled_sd(before.spread, after.spread))


def interval_of_difference(one: MeasuredMean, other: MeasuredMean) -> Interval:
    """Where `one` less `other` lies, by Welch as in `change`, with whole degrees; without any spread, no width."""
    difference = one.mean - other.mean
    if one.spread.sd == other.spread.sd == 0:
        return Interval(difference, difference)
    error, degrees = _error_of_difference(one, other)
    margin = _t_quantile(int(degrees)) * error
    return Interval(difference - margin, difference + margin)


def _welch(difference: float, before: MeasuredMean, after: MeasuredMean) -> float:
    """Two-sided p."""
    error, degrees = _error_of_difference(before, after)
    return 2 * float(t.sf(abs(difference) / error, degrees))


def _error_of_difference(one: MeasuredMean, other: MeasuredMean) -> tuple[float, float]:
    """Standard error and Satterthwaite's degrees; one of both must have a spread."""
    variances = [each.spread.sd**2 / each.n for each in (one, other)]
    spread_degrees = [one.spread.degrees, other.spread.degrees]
    total = sum(variances)
    # Shares instead of variances: the squares of very small ones would vanish.
    degrees = 1 / sum((v / total) ** 2 / own for v, own in zip(variances, spread_degrees, strict=True))
    return sqrt(total), degrees


def _pooled_sd(one: Spread, other: Spread) -> float:
    """Standard deviation of both, divided by Hedges' correction for small samples."""
    degrees = one.degrees + other.degrees
    pooled = sqrt((one.degrees * one.sd**2 + other.degrees * other.sd**2) / degrees)
    return pooled / (1 - 3 / (4 * degrees - 1))


def smallest_certain_change(sd: float, n_before: int, n_after: int) -> float:
    """The change in points from which on 95 % certainty is reached: 1.96 * sd * sqrt(1/n1 + 1/n2).

    For planning; the test itself is `change`. Raises ValueError for an n below 1.
    """
    if min(n_before, n_after) < 1:
        raise ValueError("a change needs answers in both years")
    return normal_quantile() * sd * sqrt(1 / n_before + 1 / n_after)


def normal_quantile() -> float:
    """1.96, with all its decimals."""
    return float(norm.ppf(UPPER_QUANTILE))


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p of many comparisons, in the order given; of those ≤ .05 at most 5 % are expected to be chance.

    Benjamini & Hochberg 1995 (JRSS B 57, 289-300), once over all unit × level comparisons of two releases.
    Nothing gives nothing. Raises ValueError for a p outside 0-1.
    """
    return _adjusted(p_values, "fdr_bh")


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p for one headline, in the order given: with 95 % none of those ≤ .05 is chance.

    Holm 1979 (Scand. J. Statist. 6, 65-70). Nothing gives nothing. Raises ValueError for a p outside 0-1.
    """
    return _adjusted(p_values, "holm")


def _adjusted(p_values: Sequence[float], method: str) -> tuple[float, ...]:
    asked = np.asarray(p_values, dtype=np.float64)
    if not ((asked >= 0) & (asked <= 1)).all():
        raise ValueError("a p-value lies between 0 and 1")
    if not asked.size:
        return ()
    return tuple(multipletests(asked, alpha=ACCEPTED_RISK, method=method)[1].tolist())


def answers_needed(margin: float, sd: float, population: int | None = None) -> int:
    """Answers needed for a mean within ± `margin` points at 95 %: n0 / (1 + n0/N) with n0 = (1.96 sd / margin)².

    Cochran 1977, section 4.6; rounded up, at least 1 and never more than the target group (None: unlimited).
    Raises ValueError unless the margin is above 0 and the group has anybody.
    """
    if margin <= 0 or (population is not None and population < 1):
        raise ValueError("a margin must be above 0, and the target group not empty")
    unlimited = (normal_quantile() * sd / margin) ** 2
    return max(1, ceil(unlimited if population is None else unlimited / (1 + unlimited / population)))


def invitations_needed(valid_answers: int, response_rate: float, vet_ej_share: float) -> int:
    """Fewest people to invite for at least `valid_answers` valid ones on a statement with 95 % probability.

    Each invited person gives one with p = response rate * (1 - share of Vet ej), so their number is binomial;
    counted until enough have come, it is the quantile of the negative binomial distribution.
    Raises ValueError for rates outside 0-1, for p = 0, and for fewer than one answer.
    """
    if not (0 < response_rate <= 1 and 0 <= vet_ej_share < 1 and valid_answers >= 1):
        raise ValueError("with these rates no number of invitations gives the answers")
    without = nbinom.ppf(CONFIDENCE, valid_answers, response_rate * (1 - vet_ej_share))
    return valid_answers + int(without)
