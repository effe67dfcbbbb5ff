"""Which small units could answer as one, so that more of them are seen: suggestions, from the leaves up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.sample.visibility_forecast import Invited
from dimios_dash.domain.tree import Tree


@dataclass(frozen=True, slots=True)
class Merge:
    """Units that become one, as places in the tree. `into` is one of them, or the unit above."""

    units: tuple[int, ...]
    into: int


@dataclass(frozen=True, slots=True, eq=False)
class MergedTree:
    """The tree after all merges."""

    tree: Tree
    invited: Invited
    place: NDArray[np.intp]  # [N] where each unit of the old tree is counted in the new one


def suggest(
    tree: Tree, invited: Invited, weak: NDArray[np.bool_], enough: int, upwards: Collection[int] = ()
) -> list[Merge]:
    """Merges that give weak[N] leaves `enough` invited together, each with its nearest kin.

    Weak sisters are put together, the smallest first. Those that are left over go to the smallest such group, or
    to the unit above where enough are then invited in it by itself, or to the smallest sister that is a leaf; without
    any they go to the unit above. A unit that all below have gone into is a leaf in its turn. Units where nobody is
    invited stay where they are: they hide nobody and gain nothing. Below the parents `upwards` all weak leaves go
    into the unit above: a few people of its own may hide those below, however they are put together.
    """
    state = _State(invited.sum(axis=1), weak.copy(), np.array([not len(tree.children(u)) for u in range(len(weak))]))
    found: list[Merge] = []
    for level in tree.levels[:0:-1]:
        for parent in np.unique(tree.parent[level]).tolist():
            children = tree.children(parent).tolist()
            small = [child for child in children if state.leaf[child] and state.weak[child] and state.people[child]]
            if small and parent in upwards:
                found.append(_up(state, parent, children, small))
            else:
                found += _family(state, parent, children, small, enough)
    return found


def merged(tree: Tree, invited: Invited, merges: Sequence[Merge]) -> MergedTree:
    """The tree and its invited[N, 4] after merges as `suggest` gives them."""
    into = np.arange(len(tree.ids))
    for merge in merges:
        into[list(merge.units)] = merge.into
    while (further := into[into] != into).any():
        into[further] = into[into[further]]
    kept = np.unique(into)
    place = np.searchsorted(kept, into)
    parent = np.where(tree.parent[kept] < 0, -1, place[tree.parent[kept]])
    together = np.zeros((kept.size, invited.shape[1]), dtype=np.int64)
    np.add.at(together, place, invited)
    return MergedTree(Tree(tuple(tree.ids[unit] for unit in kept), parent.astype(np.int32)), together, place)


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """The tree while merges are gathered, each [N]."""

    people: NDArray[np.int64]  # invited in the unit itself
    weak: NDArray[np.bool_]
    leaf: NDArray[np.bool_]


def _family(state: _State, parent: int, children: Sequence[int], small: Sequence[int], enough: int) -> list[Merge]:
    """The merges of the small children of one parent."""
    groups, rest = _groups(state, small, enough)
    if rest and groups:
        min(groups, key=lambda group: state.people[group].sum()).extend(rest)
    elif rest:
        sister = _sister(state, parent, set(children) - set(rest), rest, enough)
        if sister is None:
            return [_up(state, parent, children, rest)]
        groups = [[*rest, sister]]
    return [_together(state, group) for group in groups]


def _groups(state: _State, small: Sequence[int], enough: int) -> tuple[list[list[int]], list[int]]:
    """Groups with enough people, and those who are left over."""
    groups: list[list[int]] = []
    group: list[int] = []
    for child in sorted(small, key=lambda unit: state.people[unit]):
        group.append(child)
        if state.people[group].sum() >= enough:
            groups.append(group)
            group = []
    return groups, group


def _sister(state: _State, parent: int, others: set[int], rest: Sequence[int], enough: int) -> int | None:
    """The sister that those left over go to; None where they go up."""
    sisters = [child for child in others if state.leaf[child] and state.people[child]]
    if not sisters or state.people[[parent, *rest]].sum() >= enough:
        return None
    return min(sisters, key=lambda child: (state.people[child], child))


def _up(state: _State, parent: int, children: Sequence[int], rest: Sequence[int]) -> Merge:
    state.people[parent] += state.people[rest].sum()
    state.people[rest] = 0
    state.leaf[parent] = state.leaf[children].all() and not state.people[children].any()
    return Merge(tuple(rest), parent)


def _together(state: _State, group: Sequence[int]) -> Merge:
    """Under the name of the first, so that parents stay before their children."""
    first = min(group)
    state.people[first] = state.people[group].sum()
    return Merge(tuple(sorted(group)), first)
