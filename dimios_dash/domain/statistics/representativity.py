"""Do those who answered resemble those who were asked?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np


@dataclass(frozen=True, slots=True)
class Representativity:
    """1: every group answered as often as the others; 0: groups either answered or did not. CV: 0 is best."""

    rate: float  # 0-1, share of the invited who answered
    indicator: float  # 0-1, R adjusted for chance
    unadjusted: float  # 0-1, R as observed, which chance makes too low where groups are small
    cv: float  # 0 and up, adjusted: how far, at most, a mean may be off, in standard deviations


def representativity(invited: Sequence[int], answered: Sequence[int]) -> Representativity | None:
    """R-indicator and coefficient of variation of the response rates of H groups, unit × role type.

    R = 1 - 2 S, S² = Σ n_h (p_h - p)² / (N - 1) over the groups' response rates p_h, CV = S / p (Schouten,
    Cobben & Bethlehem 2009, Survey Methodology 35, 101-113). Groups of a few people differ by chance alone: were
    all equally willing, the sum of squares would be (H - 1) w, with w the variance within groups,
    Σ n_h p_h (1 - p_h) / (N - H). That is taken off, and S² kept at 0 or above; w is pooled because in a group
    of one it cannot be seen.

    `invited` and `answered` hold one count per group; groups without anybody invited do not count. None while
    nobody has answered, and where every group is a single person: then chance cannot be told from difference.
    Raises ValueError where they differ in length or more answered than were invited.
    """
    n, came = np.array(invited, dtype=np.float64), np.array(answered, dtype=np.float64)
    if n.shape != came.shape or (came < 0).any() or (came > n).any():
        raise ValueError("every group needs its invited, and no more answers than those")
    n, came = n[n > 0], came[n > 0]
    people, groups = n.sum(), len(n)
    if not came.sum() or people <= groups:
        return None
    rates, rate = came / n, came.sum() / people
    between = float((n * (rates - rate) ** 2).sum())
    within = float((n * rates * (1 - rates)).sum() / (people - groups))
    observed = sqrt(between / (people - 1))
    adjusted = sqrt(max(0.0, between - (groups - 1) * within) / (people - 1))
    return Representativity(float(rate), _indicator(adjusted), _indicator(observed), adjusted / float(rate))


def _indicator(spread: float) -> float:
    """The divisor N - 1 lets it fall a hair below 0 where half the groups came in full and half not at all."""
    return max(0.0, 1 - 2 * spread)
