"""Distributions that protect: a random histogram near the true one, with the same number and sum of answers.

**Theorem 3.** `protect` spreads a histogram, shakes it by a random number of steps without an upper limit, and spreads
it again. Every step keeps the number and the sum of answers. A step apart undoes a step together, and by steps
together every histogram comes down to the one narrowest histogram of its number and sum (as long as two answers are
two or more apart there is a step, and each makes Σ value² smaller). So any histogram can become any other with that
number and sum. A picture is what spreading leaves as it is, so a shaking that ends there shows it: *every* set of
answers with the numbers and sums that are shown gives the shown picture with positive probability. What was possible
after the means is exactly what is possible after the distributions: nobody loses a possible answer. ∎

Protected histograms are made once, of whole pieces, and everything above is summed from them. Neither the true
histograms nor the coins leave this module.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Coins = Callable[[int], bytes]
"""So many random bytes: os.urandom, or known ones in tests."""

ONE_MORE_STEP = 0.75
"""Three steps on average: by a fair coin, one, two pictures in three would be the truth itself; so two in five are."""

Histograms = NDArray[np.int64]
"""[M, K]: how many gave each answer from 1 to K."""


def protect(histograms: Histograms, sums: NDArray[np.int64], coins: Coins) -> Histograms:
    """Random histograms [M, K] with the same numbers of answers and the given (blunted) sums[M].

    Raises ValueError for a sum that so many answers cannot have.
    """
    _require_possible(histograms, sums)
    shaken = spread(moved_to(histograms, sums))
    going_on = np.flatnonzero(shaken.sum(axis=1) > 1)
    while (going_on := going_on[_flips(going_on.size, coins, ONE_MORE_STEP)]).size:
        shaken[going_on] = step(shaken[going_on], coins)
    return spread(shaken)


def moved_to(histograms: Histograms, sums: NDArray[np.int64]) -> Histograms:
    """Answers moved one point at a time, always one of the most common that can move, until the sums are reached."""
    moved = histograms.copy()
    points = np.arange(1, histograms.shape[1] + 1)
    missing = sums - moved @ points
    while (rows := np.flatnonzero(missing)).size:
        sign = np.sign(missing[rows])
        movable = moved[rows]
        movable[np.arange(rows.size), np.where(sign > 0, points.size - 1, 0)] = 0
        common = movable.argmax(axis=1)
        moved[rows, common] -= 1
        moved[rows, common + sign] += 1
        missing[rows] -= sign
    return moved


def spread(histograms: Histograms) -> Histograms:
    """Where no three neighbouring answers are given, the fullest inner one gives one to each neighbour, repeatedly.

    It stops where no inner answer is given twice. Each round makes Σ value² greater, so it does stop.
    """
    wide = histograms.copy()
    rows = _narrow(wide, np.arange(len(wide)))
    while rows.size:
        fullest = wide[rows, 1:-1].argmax(axis=1) + 1
        wide[rows, fullest] -= 2
        wide[rows, fullest - 1] += 1
        wide[rows, fullest + 1] += 1
        rows = _narrow(wide, rows)
    return wide


def _narrow(histograms: Histograms, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those of the rows that can and must be spread."""
    given = histograms[rows] > 0
    three = (given[:, :-2] & given[:, 1:-1] & given[:, 2:]).any(axis=1)
    return rows[~three & (histograms[rows, 1:-1] > 1).any(axis=1)]


def step(histograms: Histograms, coins: Coins) -> Histograms:
    """Two different persons, drawn at random, move one point apart or together where the scale and they allow it."""
    stepped, rows = histograms.copy(), np.arange(len(histograms))
    one = _draw(stepped, coins)
    stepped[rows, one] -= 1
    other = _draw(stepped, coins)
    stepped[rows, one] += 1
    low, high = np.minimum(one, other), np.maximum(one, other)
    apart = _flips(rows.size, coins)
    can = np.where(apart, (low > 0) & (high < histograms.shape[1] - 1), high - low > 1)
    rows, low, high, way = rows[can], low[can], high[can], np.where(apart[can], 1, -1)
    for place, change in ((low, -1), (high, -1), (low - way, 1), (high + way, 1)):
        stepped[rows, place] += change
    return stepped


def _draw(histograms: Histograms, coins: Coins) -> NDArray[np.intp]:
    """The answer of a person drawn at random, 0 to K - 1, in each histogram of at least one answer: [M]."""
    words = np.frombuffer(coins(8 * len(histograms)), dtype=np.uint64)
    person = (words % histograms.sum(axis=1).astype(np.uint64)).astype(np.int64)
    return np.asarray((histograms.cumsum(axis=1) <= person[:, None]).sum(axis=1))


def _flips(count: int, coins: Coins, chance: float = 0.5) -> NDArray[np.bool_]:
    """Coins that say yes by this chance, a multiple of 1 / 256: [count]."""
    return np.frombuffer(coins(count), dtype=np.uint8) < chance * 256


def _require_possible(histograms: Histograms, sums: NDArray[np.int64]) -> None:
    answers = histograms.sum(axis=1)
    if (histograms < 0).any() or (sums < answers).any() or (sums > answers * histograms.shape[1]).any():
        raise ValueError("a histogram cannot be moved to a sum outside its scale")
