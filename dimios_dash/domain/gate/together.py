"""May a recalculated release follow the one it replaces? Whoever has seen both may subtract.

The same answers counted in two ways. On units, answers are edges between their piece in the one release and their
piece in the other (or the ground, where one of them does not count them); what can be derived from both depends on
the edges of some cut, as in Theorem 2. So both together are safe exactly when no cut has 1 to k - 1 answers. With
splits three partitions cross, and no such theorem is at hand: there, one release must follow from the other, each of
its groups being a union of groups of the other. Otherwise the statement is refused, and so it is where the releases
do not count equally many: who was added cannot be known. Pictures hold whole pieces of units and of respondents, so
they add nothing to the cuts between those.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.counting import Counts
from dimios_dash.domain.gate.released import Release
from dimios_dash.domain.gate.respondent_family import FEWEST
from dimios_dash.domain.gate.smallest_cut import smallest_cut
from dimios_dash.domain.tree import Tree

Labels = NDArray[np.int32]
"""[N]: which group counts each unit's own answers; -1 for none."""


def leaks_together(tree: Tree, counts: Counts, first: Release, second: Release, k: int) -> NDArray[np.intp]:
    """Indices of the statements where two releases of the same answers leak together; empty where both may be seen.

    counts are given in each unit itself, as the second release counts them.
    """
    answered = np.array_equal(first.answered, second.answered)
    if not answered or _cut_below(counts.respondents, first.text_home, second.text_home, max(k, FEWEST)):
        return np.arange(first.mean.shape[1])
    return np.array(
        [
            statement
            for statement in range(first.mean.shape[1])
            if not _counts_alike(counts, first, statement)
            or _leaks(tree, counts, first, second, statement=statement, k=k)
        ],
        dtype=np.intp,
    )


def _counts_alike(counts: Counts, first: Release, statement: int) -> bool:
    """Whether the first release counted as many in each piece as there are now."""
    own = counts.types[:, :, statement].sum(axis=(0, -1))
    home = first.home[:, statement]
    now = np.bincount(home[home >= 0], weights=own[home >= 0], minlength=len(home))
    return bool(np.array_equal(now, first.piece_n[:, statement]))


def _leaks(tree: Tree, counts: Counts, first: Release, second: Release, *, statement: int, k: int) -> bool:
    own = counts.types[:, :, statement].sum(axis=-1)
    answering = own.any(axis=0)
    one, other = ([label[answering] for label in _labels(tree, made, statement)] for made in (first, second))
    if _follows(one, other) or _follows(other, one):
        return False
    split = bool((first.role_groups[:, statement] | second.role_groups[:, statement]).any())
    return split or _cut_below(own[:, answering], one[0], other[0], k)


def _labels(tree: Tree, made: Release, statement: int) -> list[Labels]:
    """The piece, the Y and the X of each unit's own answers."""
    home, groups = made.home[:, statement], made.role_groups[:, statement]
    above = [tree.nearest(groups >= number) for number in (2, 3)]
    return [home, *(np.where(home >= 0, label[home], np.int32(-1)) for label in above)]


def _follows(one: Iterable[Labels], other: Iterable[Labels]) -> bool:
    """Whether every group of `one` is a union of groups of `other`, for pieces, Ys and Xs."""
    return all(_is_union(groups, parts) for groups, parts in zip(one, other, strict=True))


def _is_union(groups: Labels, parts: Labels) -> bool:
    pairs = np.unique(np.stack([parts, groups]), axis=1)
    used = np.isin(pairs[0], pairs[0][pairs[1] >= 0])
    part, times = np.unique(pairs[0][used], return_counts=True)
    return bool((part >= 0).all() and (times == 1).all())


def _cut_below(own: NDArray[np.int64], one: Labels, other: Labels, k: int) -> bool:
    """Whether a cut has 1 to k - 1 of own[2, N] answers: of those by e-mail, or of all."""
    ground = 0
    left, right = one + 1, np.where(other < 0, ground, other + 2 + one.max(initial=0))
    return any(smallest_cut(left, right, answers) < k for answers in (own[0], own.sum(axis=0)))
