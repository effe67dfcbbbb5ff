"""The second look at splits by role type: can fewer than k answers be singled out by any of them together?

Shares no code with the choice. It asks of every answer which shown numbers count it, joins the number of units and
the number of role types by it as by an edge, and looks for a cut of fewer than k edges: everything derivable depends
on the edges of some cut (Gusfield 1988). Only three vertices are shared by units, one for each role type, so all
cheapest cuts can be listed: each unit's number goes to its cheaper side.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.tree import Tree

TWO_WAY, THREE_WAY = 2, 3  # numbers of groups


def split_leaks(
    tree: Tree,
    *,
    own: NDArray[Any],
    home: NDArray[Any],
    shown: NDArray[Any],
    groups: NDArray[Any],
    counted: NDArray[Any],
    k: int,
) -> NDArray[np.intp]:
    """Indices of the statements whose splits would leak; empty for a safe release.

    own[2, N, Q, 3]: answers by e-mail and by open link and role type given in each unit; home[N, Q] and shown[N, Q]
    as for units; groups[N, Q]: 0, 2 or 3 role-type groups; counted[N, Q, 4]: answers behind the groups of types 1,
    2, 3 and 1 + 2 as computed, 0 where a group is not shown. Units alone are checked by `disclosure_check`.
    """
    number = _number_of(tree, home, shown)
    members = np.stack([_summed_at(number, answers) for answers in own])
    outer, outermost = _above(tree, groups >= TWO_WAY), _above(tree, groups == THREE_WAY)
    bad = ((groups > 0) & ~(shown & np.isin(groups, (TWO_WAY, THREE_WAY)))).any(axis=0)
    for answers in (members[0], members.sum(axis=0)):
        bad |= _has_small_cut(answers, outer, outermost, k)
    return np.flatnonzero(bad | _counts_others(tree, members.sum(axis=0), groups, counted))


def _number_of(tree: Tree, home: NDArray[Any], shown: NDArray[Any]) -> NDArray[np.intp]:
    """The smallest shown number that counts the answers of each unit, [N, Q]; -1 for none."""
    return np.where(home >= 0, _above(tree, shown)[home, np.arange(home.shape[1])], -1)


def _above(tree: Tree, marked: NDArray[Any]) -> NDArray[np.intp]:
    """Index of the first marked unit from each upwards, [N, Q]; -1 where there is none."""
    first = np.where(marked, np.arange(len(marked))[:, None], -1)
    for unit in range(1, len(first)):
        first[unit] = np.where(marked[unit], unit, first[tree.parent[unit]])
    return first


def _summed_at(place: NDArray[np.intp], values: NDArray[Any]) -> NDArray[np.int64]:
    """values[N, Q, ...] summed at place[N, Q], nowhere for -1: same shape."""
    unit, statement = np.nonzero(place >= 0)
    cells = place[unit, statement] * place.shape[1] + statement
    columns = values.reshape(*place.shape, -1)[unit, statement].T
    sums = [np.bincount(cells, weights=column, minlength=place.size) for column in columns]
    return np.stack(sums, axis=-1).astype(np.int64).reshape(values.shape)


def _has_small_cut(
    answers: NDArray[np.int64], outer: NDArray[np.intp], outermost: NDArray[np.intp], k: int
) -> NDArray[np.bool_]:
    """Statements [Q] with a cut of 1 to k - 1 of answers[N, Q, 3], by the smallest shown number that counts them.

    outer and outermost[N, Q]: the smallest two-way and three-way number that counts them, -1 for none.
    """
    first, second, third = np.moveaxis(answers, -1, 0)
    apart = _summed_at(outer, np.minimum(third, first + second))
    beside_second = _summed_at(outer, np.minimum(first, second + third))
    beside_first = _summed_at(outer, np.minimum(first + third, second))
    cheapest = _summed_at(_at_home_only(outermost, outer), np.minimum(beside_first, beside_second))
    free_to_turn = (outermost >= 0) & (cheapest[outermost, np.arange(outer.shape[1])] == 0)
    turned = np.where(free_to_turn, np.maximum(beside_first, beside_second), 0)
    small: NDArray[np.bool_] = np.any(_few(apart, k) | _few(cheapest, k) | _few(turned, k), axis=0)
    return small


def _at_home_only(outermost: NDArray[np.intp], outer: NDArray[np.intp]) -> NDArray[np.intp]:
    """`outermost` of the units that are two-way numbers themselves, -1 for the others."""
    return np.where(outer == np.arange(len(outer))[:, None], outermost, -1)


def _counts_others(
    tree: Tree, members: NDArray[np.int64], groups: NDArray[Any], counted: NDArray[Any]
) -> NDArray[np.bool_]:
    """Statements [Q] where a group counts other answers than it says, or is shown where it should not be."""
    totals = members.copy()
    for unit in range(len(totals) - 1, 0, -1):
        totals[tree.parent[unit]] += totals[unit]
    first, second, third = np.moveaxis(totals, -1, 0)
    two, three = groups >= TWO_WAY, groups == THREE_WAY
    expected = np.stack([first * three, second * three, third * two, (first + second) * two], axis=-1)
    others: NDArray[np.bool_] = np.any(np.not_equal(expected, counted), axis=(0, 2))
    return others


def _few(answers: NDArray[np.int64], k: int) -> NDArray[np.bool_]:
    return np.not_equal(answers, 0) & np.less(answers, k)
