"""Which units are shown by role type as well: on two groups (1 + 2 | 3), on three types, or not at all.

**Theorem 2.** A split crosses two partitions of the same answers: by unit piece and by role type. Where the units
D2 show the sums of {1, 2} and of {3}, and D3 within D2 the sums of 1, of 2 and of 3, write Y for a piece of D2 (the
unit pieces counted in one unit of D2 and in none below it) and X for a piece of D3 (a set of Ys). With
S1 = min(n1, n2 + n3) and so on for each unit piece, and sums of them for sets of pieces, nothing on fewer than k
answers can be derived exactly when

  (i)   every unit piece holds 0 or at least k answers (Theorem 1),
  (ii)  every Y has S3(Y) = 0 or at least k,
  (iii) every X has Σ min(S1(Y), S2(Y)) ≥ k, or that sum is 0 and every max(S1(Y), S2(Y)) is 0 or at least k.

*Proof.* Take a graph with a vertex for each unit piece, for type 3 of each Y, and for types 1 and 2 of each X (one for
both, of each Y outside every X); each answer is an edge between its piece and its type. (Pieces outside D2 are as in
Theorem 1.) Everything shown is a sum at vertices, or follows from such, so what can be derived is the sum of
(p(piece) - p(type)) · answer over all answers, for any numbers p at the vertices. It depends on the edges whose ends
differ; those between the vertices of one value and all others are a cut, and each cut is had by values of 0 and 1. So
nothing on fewer than k answers can be derived exactly when every cut that is not empty has at least k edges. Of all
cuts:

  - types all on one side: the cut is whole pieces, (i).
  - types 1 and 2 on one side, type 3 of some Y on the other: each piece of Y takes a side, for n3 or n1 + n2, and the
    cheapest cut is S3(Y), (ii). Where that is 0, each piece has a side for nothing, and the other costs all of it, (i).
  - types 1 and 2 of some X apart: type 3 of each Y stands beside 2, where its pieces cost S1(Y) at least, or beside 1,
    where they cost S2(Y). The cheapest cut is Σ min(S1(Y), S2(Y)). Where that is 0, a cut that is not empty has the
    dearer side in some Y, which costs max(S1(Y), S2(Y)), or a piece on its dearer side, which costs all of it, (i). ∎

The rule for channels: (ii) and (iii) hold for the e-mail answers alone and for all answers, so that nobody gets
further by knowing the open-link answers. Then no shown group of role types has 1 to k - 1 answers of either kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.leftovers import EMAIL
from dimios_dash.domain.tree import ROOT, Tree

Fits = Callable[[NDArray[np.int64]], NDArray[np.bool_]]
"""Whether left-overs[..., C] may be counted where they are, [...]."""

S3 = 2  # place of S3 among the cuts
ANSWER = 1 << 32  # more than there are respondents: one sum counts both


@dataclass(frozen=True, slots=True, eq=False)
class Splits:
    """bool[N, Q] each: the units of D2 and of D3. Three-way units are two-way units too."""

    two: NDArray[np.bool_]
    three: NDArray[np.bool_]

    @property
    def groups(self) -> NDArray[np.int8]:
        """How many groups each unit is split in, [N, Q]: 0, 2 or 3."""
        return np.select([self.three, self.two], [3, 2], 0).astype(np.int8)


def split(
    tree: Tree, shown: NDArray[np.bool_], piece_types: NDArray[np.int64], asked: NDArray[np.int64], k: int
) -> Splits:
    """Splits of the shown[N, Q] units; piece_types[2, N, Q, 3] are answers per channel, piece and role type.

    asked[N, Q, 3] are the respondents behind them, those who said Vet ej too: see `all_heard`.
    """
    size = tree.rollup(piece_types.sum(axis=(0, -1)))
    people = asked + ANSWER * piece_types.sum(axis=0)
    own = np.concatenate([_cuts_by_channel(piece_types), people], axis=-1)
    two, in_y = enable(tree, shown, own, lambda left: two_way_fits(left[..., :6], k) & _two_heard(left[..., 6:]), size)
    of_x = [_cheaper_and_broken(in_y[..., :6], two, k), np.where(two[..., None], in_y[..., 6:], 0)]
    own = np.concatenate(of_x, axis=-1)
    three, _ = enable(tree, two, own, lambda left: three_way_fits(left[..., :4], k) & all_heard(left[..., 4:]), size)
    return Splits(two, three)


def all_heard(people: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether no group is silent in people[..., groups]: respondents, and ANSWER for each answer they gave.

    A silent one is refused, though nothing is derived from it: where a group is a single person, a split that is
    shown on one statement and not on others would tell that they said Vet ej there. To show less is always safe.
    """
    heard: NDArray[np.bool_] = ((people == 0) | (people >= ANSWER)).all(axis=-1)
    return heard


def _two_heard(people: NDArray[np.int64]) -> NDArray[np.bool_]:
    """`all_heard` of people[..., 3] in the groups 1 + 2 and 3."""
    return all_heard(np.stack([people[..., :S3].sum(axis=-1), people[..., S3]], axis=-1))


def cuts(types: NDArray[np.int64]) -> NDArray[np.int64]:
    """S1, S2 and S3 of pieces with types[..., 3] answers per role type, same shape."""
    n1, n2, n3 = np.moveaxis(types, -1, 0)
    return np.stack([np.minimum(n1, n2 + n3), np.minimum(n2, n1 + n3), np.minimum(n3, n1 + n2)], axis=-1)


def two_way_fits(left: NDArray[np.int64], k: int) -> NDArray[np.bool_]:
    """Condition (ii) for left[..., 6]: the cuts of the e-mail answers, then of all."""
    return np.asarray(_zero_or_enough(left[..., [S3, 3 + S3]], k).all(axis=-1))


def three_way_fits(left: NDArray[np.int64], k: int) -> NDArray[np.bool_]:
    """Condition (iii) for left[..., 4]: the cheaper cuts and the number of broken Ys, by e-mail, then of all."""
    cheaper, broken = left[..., :2], left[..., 2:]
    fits: NDArray[np.bool_] = ((cheaper >= k) | ((cheaper == 0) & (broken == 0))).all(axis=-1)
    return fits


def enable(
    tree: Tree, allowed: NDArray[np.bool_], own: NDArray[np.int64], fits: Fits, size: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Enabled units [N, Q], from the leaves up, and what each of them counts first [N, Q, C].

    A unit's left-over is its own[N, Q, C] and that of its children not enabled. Where it fits, the unit is enabled.
    Otherwise the one child, smallest by size[N, Q], is given up with whose left-over it does fit; where there is
    none, the left-over goes on to the parent.
    """
    left, enabled = own.copy(), np.zeros_like(allowed)
    levels = tree.levels
    for level, below in zip(levels[::-1], (levels[0][:0], *levels[:0:-1]), strict=True):
        enabled[level] = allowed[level] & fits(left[level])
        if below.size:
            _give_up_one_child(tree, below, allowed, enabled=enabled, left=left, fits=fits, size=size)
        if level[0] != ROOT:
            parents, first = tree.families(level)
            passed = np.where(enabled[level][..., None], 0, left[level])
            left[parents] += np.add.reduceat(passed, first, axis=0)
    return enabled, left


def _give_up_one_child(
    tree: Tree,
    below: NDArray[np.intp],
    allowed: NDArray[np.bool_],
    *,
    enabled: NDArray[np.bool_],
    left: NDArray[np.int64],
    fits: Fits,
    size: NDArray[np.int64],
) -> None:
    """Enable parents of the units `below` by giving up one child each, in place."""
    above = tree.parent[below]
    place, statement = np.nonzero(enabled[below] & allowed[above] & ~enabled[above])
    child, parent = below[place], above[place]
    helps = fits(left[parent, statement] + left[child, statement])
    child, parent, statement = child[helps], parent[helps], statement[helps]
    cell = parent * size.shape[1] + statement
    order = np.lexsort((child, size[child, statement], cell))
    chosen = order[np.flatnonzero(np.diff(cell[order], prepend=-1))]
    given_up, kept = (child[chosen], statement[chosen]), (parent[chosen], statement[chosen])
    left[kept] += left[given_up]
    enabled[given_up] = False
    enabled[kept] = True


def _cuts_by_channel(piece_types: NDArray[np.int64]) -> NDArray[np.int64]:
    """S1, S2, S3 of the e-mail answers, then of all, [N, Q, 6]."""
    return np.concatenate([cuts(piece_types[EMAIL]), cuts(piece_types.sum(axis=0))], axis=-1)


def _cheaper_and_broken(cuts_of_y: NDArray[np.int64], two: NDArray[np.bool_], k: int) -> NDArray[np.int64]:
    """What `three_way_fits` asks of each Y, [N, Q, 4]; 0 in units without a two-way split."""
    s1, s2, _ = np.moveaxis(cuts_of_y.reshape(*two.shape, 2, 3), -1, 0)
    broken = ~_zero_or_enough(np.maximum(s1, s2), k)
    return np.where(two[..., None], np.concatenate([np.minimum(s1, s2), broken], axis=-1), 0)


def _zero_or_enough(answers: NDArray[Any], k: int) -> NDArray[np.bool_]:
    enough: NDArray[np.bool_] = (answers == 0) | (answers >= k)
    return enough
