"""Would one more pool single out a few organisations, beside all pools that have been told before it?

The mean of a pool is a sum over its members, so what can be derived from several pools is a combination of their rows
of ones and zeros. One more row is safe where no combination that uses it depends on a few organisations only. All is
reckoned modulo a large prime, so that nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dimios_dash.ids import OrganisationId

Members = frozenset[OrganisationId]
Rows = NDArray[np.int64]

_PRIME: Final = 2**31 - 1  # products of two remainders fit in 64 bits


def singles_out(told: Sequence[Members], more: Members, protected: Members, fewest: int) -> bool:
    """Whether the sum of `more`, with those of `told` added or taken away, depends on 1 to fewest - 1 of `protected`.

    `told` by itself must be safe. Who is not protected counts as known.
    """
    columns = sorted(protected & more.union(*told))
    table = np.array([[one in each for one in columns] for each in (*told, more)], dtype=np.int64)
    classes, sizes = np.unique(table.reshape(len(told) + 1, -1), axis=1, return_counts=True)
    rows, target = classes[:-1], classes[-1]
    return not _spans(rows, target) and _near(rows, target, sizes, fewest - 1)


def are_safe(told: Sequence[Members], protected: Members, fewest: int) -> bool:
    """Whether no combination of the sums singles out fewer than `fewest` of the protected."""
    return not any(singles_out(told[:place], each, protected, fewest) for place, each in enumerate(told))


def _spans(rows: Rows, target: Rows) -> bool:
    """Whether the target is a combination of the rows: it tells nothing new."""
    reduced, pivots = _reduced(rows, np.arange(target.size))
    return not _at_zero(target, reduced, pivots).any()


def _near(rows: Rows, target: Rows, sizes: NDArray[np.intp], left: int) -> bool:
    """Whether some combination target + rows is zero but for columns of together at most `left` organisations.

    Columns that are too heavy must be zero, which settles as many factors as they can. Of the rest, each has its own
    pivot: either the combination is zero at all pivots, or one of them is its first that is not, and takes its share.
    """
    reduced, pivots = _reduced(rows, np.argsort(-sizes, kind="stable"))
    target = _at_zero(target, reduced, pivots)
    if target[sizes > left].any():
        return False
    if sizes[target != 0].sum() <= left:
        return True
    light = sizes[pivots] <= left
    reduced, pivots = reduced[light], pivots[light]
    for place, pivot in enumerate(pivots.tolist()):
        others = np.arange(sizes.size) != pivot
        taken = int(sizes[pivot])
        if _near(reduced[place:, others], target[others], sizes[others], left - taken):
            return True
    return False


def _at_zero(target: Rows, reduced: Rows, pivots: NDArray[np.intp]) -> Rows:
    """The target with rows taken away so that it is zero at every pivot."""
    for row, pivot in zip(reduced, pivots.tolist(), strict=True):
        target = (target - int(target[pivot]) * row) % _PRIME
    return target


def _reduced(rows: Rows, order: NDArray[np.intp]) -> tuple[Rows, NDArray[np.intp]]:
    """Reduced row echelon form modulo the prime, pivots taken in that order of columns: [rank, C], [rank]."""
    left, pivots = rows % _PRIME, list[int]()
    for column in order.tolist():
        rank = len(pivots)
        if rank == len(left):
            break
        below = np.flatnonzero(left[rank:, column])
        if not below.size:
            continue
        left[[rank, rank + int(below[0])]] = left[[rank + int(below[0]), rank]]
        left[rank] = left[rank] * pow(int(left[rank, column]), -1, _PRIME) % _PRIME
        others = np.flatnonzero(left[:, column])
        others = others[others != rank]
        left[others] = (left[others] - left[others, column, np.newaxis] * left[rank]) % _PRIME
        pivots.append(column)
    return left[: len(pivots)], np.array(pivots, dtype=np.intp)
