"""Exact linear algebra: can sums be combined so that all persons drop out but a few?

Modulo a large prime, so that nothing is rounded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

PRIME = 2**31 - 1  # products of two remainders fit in 64 bits

Table = NDArray[np.int64]
"""[R, C]: coefficients of known sums, one column for each person or for each class of persons."""


def depends_on_few(table: Table, k: int) -> bool:
    """Whether a combination of the rows is zero but for 1 to k - 1 columns.

    Equal columns are zero together, so they are one class of that size, and classes of k and more are out of the
    question. The other classes are searched part by part, where the reduced table falls into parts.
    """
    classes, sizes = _classes(table)
    reduced, _ = _reduced(classes, np.argsort(-sizes, kind="stable"))
    rows, columns = np.nonzero(reduced)
    ends = (rows, columns + len(reduced))
    part = connected_components(csr_array((np.ones(rows.size), ends), shape=(sum(reduced.shape),) * 2))[1]
    row_part, column_part = np.split(part, [len(reduced)])
    return any(
        _search(reduced[row_part == label][:, column_part == label], sizes[column_part == label], k)
        for label in np.unique(column_part[(sizes < k) & reduced.any(axis=0)])
    )


def _classes(table: Table) -> tuple[Table, NDArray[np.intp]]:
    """Different columns [R, C], and how many there were of each [C]."""
    words = np.random.default_rng(1).integers(1, 2**62, len(table))  # one number for each column, far faster to compare
    _, first, sizes = np.unique(words @ table, return_index=True, return_counts=True)
    return table[:, first], sizes


def _search(table: Table, sizes: NDArray[np.intp], k: int) -> bool:
    """Whether a combination depends on fewer than k persons, from each of the light classes on."""
    closed = sizes >= k
    for first in np.flatnonzero(~closed).tolist():
        if _extended(table, sizes, k, [first], closed.copy()):
            return True
        closed[first] = True
    return False


def _extended(table: Table, sizes: NDArray[np.intp], k: int, chosen: list[int], closed: NDArray[np.bool_]) -> bool:
    """Whether a combination depends on all the chosen classes, none of the closed ones and fewer than k persons.

    Without the chosen columns, the rank falls exactly where some combination lives on them alone. Otherwise each of
    them is a sum of others, with factors; no combination can be zero on all of those and not on it, so one of them
    must be chosen as well.
    """
    left = k - 1 - int(sizes[chosen].sum())
    closed = closed | (sizes > left)
    closed[chosen] = False
    last = np.zeros(sizes.size, dtype=np.bool_)
    last[chosen] = True
    reduced, pivots = _reduced(table, np.lexsort((~closed, last)))
    if np.isin(chosen, pivots).any():
        return True
    others = [[place for place in pivots[reduced[:, one] != 0].tolist() if not closed[place]] for one in chosen]
    for following in min(others, key=len):
        if _extended(table, sizes, k, [*chosen, following], closed):
            return True
        closed[following] = True
    return False


def _reduced(table: Table, order: NDArray[np.intp]) -> tuple[Table, NDArray[np.intp]]:
    """Reduced row echelon form modulo the prime, with pivots taken in that order of columns: [rank, C], [rank]."""
    left = table % PRIME
    waiting = np.ones(len(left), dtype=np.bool_)
    rows, pivots = [], []
    for column in order.tolist():
        here = np.flatnonzero(left[:, column])
        free = here[waiting[here]]
        if not free.size:
            continue
        row = free[np.count_nonzero(left[free], axis=1).argmin()]
        used = np.flatnonzero(left[row])
        left[row, used] = left[row, used] * pow(int(left[row, column]), -1, PRIME) % PRIME
        others = here[here != row]
        cells = np.ix_(others, used)
        left[cells] = (left[cells] - left[others, column][:, None] * left[row, used]) % PRIME
        waiting[row] = False
        rows.append(row)
        pivots.append(column)
    return left[rows], np.array(pivots, dtype=np.intp)
