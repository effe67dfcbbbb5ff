"""Do the five statements of a category measure one thing?

Two numbers with two decimals are all that leaves: a covariance matrix holds more information than the rows it was
computed from, so none is returned or kept. Imports scipy.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.special import fdtri

from dimios_dash.domain.statistics.interval import UPPER_QUANTILE, Interval

FEWEST_COMPLETE = 30
FEWEST_FOR_ALPHA = 2  # statements
FEWEST_FOR_OMEGA = 3  # of two, one factor's loadings cannot be told apart
DECIMALS = 2
NOTHING = 1e-9  # of the statements' own variance; less in their sum is rounding


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of one category in the whole organisation; 1 is perfect, from about .7 on it is usable."""

    n: int  # respondents with a valid answer to every statement
    alpha: float  # two decimals; below 0 where the statements contradict each other
    omega: float  # 0-1, two decimals


def category_reliability(answers: NDArray[Any]) -> Reliability | None:
    """Alpha and omega of one category from answers[n, items]: scale points from 1, 0 is Vet ej.

    Only respondents with a valid answer to every statement count (complete cases). Pairwise covariances would use
    more answers, but need not form the covariance matrix of anything, and Feldt's interval knows one n only.
    None below 30 complete respondents, where fewer than three statements vary, and where their sum does not.
    Raises ValueError for anything but a table of points 0 and up.
    """
    if answers.ndim != 2 or (answers < 0).any():  # noqa: PLR2004  a table has two dimensions
        raise ValueError("answers must be a table of scale points, 0 for Vet ej")
    complete = answers[(answers > 0).all(axis=1)]
    if len(complete) < FEWEST_COMPLETE:
        return None
    covariance = np.atleast_2d(np.cov(complete.astype(np.float64), rowvar=False))
    alpha, omega = cronbach_alpha(covariance), omega_total(covariance)
    if alpha is None or omega is None:
        return None
    return Reliability(len(complete), round(alpha, DECIMALS), round(omega, DECIMALS))


def cronbach_alpha(covariance: NDArray[np.float64]) -> float | None:
    """k / (k - 1) * (1 - sum of variances / variance of the sum), from covariance[k, k].

    Cronbach 1951 (Psychometrika 16, 297-334). A correlation matrix gives the standardised alpha. None for fewer
    than two statements or a sum without variation.
    """
    items, total, own = len(covariance), float(covariance.sum()), float(np.trace(covariance))
    if items < FEWEST_FOR_ALPHA or total <= NOTHING * own:
        return None
    return items / (items - 1) * (1 - own / total)


def omega_total(covariance: NDArray[np.float64]) -> float | None:
    """(Σ λ)² / ((Σ λ)² + Σ ψ) of one factor fitted to covariance[k, k]: the share of the sum's variance it explains.

    McDonald 1999, Test Theory, ch. 6. Loadings λ are fitted to the correlations (`_loadings`) and brought back to
    the statements' own deviations; ψ is the rest of each variance. A statement without variation adds nothing to
    either part. None where fewer than three statements vary, and for a sum without variation.
    """
    varying = np.diag(covariance) > 0
    if varying.sum() < FEWEST_FOR_OMEGA:
        return None
    deviations = np.sqrt(np.diag(covariance)[varying])
    standardised = _loadings(covariance[np.ix_(varying, varying)] / np.outer(deviations, deviations))
    common = float((standardised * deviations).sum()) ** 2
    unique = float(((1 - standardised**2) * deviations**2).sum())
    total = common + unique
    return None if total <= NOTHING * (deviations**2).sum() else common / total


def _loadings(correlation: NDArray[np.float64]) -> NDArray[np.float64]:
    """One factor's loadings[k], each within ±1, by minimum residuals: least Σ over pairs of (r_ij - λ_i λ_j)².

    Harman & Jones 1966 (Psychometrika 31, 351-368), and unlike maximum likelihood at ease with answers that are not
    normally distributed. The bounds keep ψ from turning negative (Heywood). Starts at the first principal component.
    """
    one, other = np.triu_indices(len(correlation), k=1)
    values, vectors = np.linalg.eigh(correlation)
    start = np.clip(vectors[:, -1] * sqrt(values[-1]), -1, 1)

    def residuals(loadings: NDArray[np.float64]) -> NDArray[np.float64]:
        return loadings[one] * loadings[other] - correlation[one, other]

    found: NDArray[np.float64] = least_squares(residuals, start, bounds=(-1, 1), xtol=1e-12, ftol=1e-12, gtol=1e-12).x
    return found


def feldt_interval(alpha: float, n: int, items: int) -> Interval:
    """95 % interval of an alpha of n respondents and `items` statements.

    1 - (1 - alpha) F at the 97.5 % and 2.5 % quantiles of F(n - 1, (n - 1)(items - 1)); Feldt 1965 (Psychometrika
    30, 357-370). Made from the released alpha (two decimals), so that it tells nothing more.
    Raises ValueError for fewer than two respondents or statements, and for an alpha above 1.
    """
    if min(n, items) < FEWEST_FOR_ALPHA or alpha > 1:
        raise ValueError("an interval needs two respondents, two statements, and an alpha of at most 1")
    degrees = n - 1, (n - 1) * (items - 1)
    wide, narrow = (float(fdtri(*degrees, quantile)) for quantile in (UPPER_QUANTILE, 1 - UPPER_QUANTILE))
    return Interval(1 - (1 - alpha) * wide, 1 - (1 - alpha) * narrow)
