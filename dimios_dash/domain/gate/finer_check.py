"""The second look at everything finer than means of units, beside `disclosure_check`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.counting import Counts
from dimios_dash.domain.gate.disclosure_check import leaks
from dimios_dash.domain.gate.picture_check import misdrawn
from dimios_dash.domain.gate.released import Hidden, Release
from dimios_dash.domain.gate.split_check import split_leaks
from dimios_dash.domain.tree import Tree

FEWEST = 10  # said here again: the check shares nothing with what it checks


def finer_leaks(tree: Tree, counts: Counts, made: Release, k: int) -> NDArray[np.intp]:
    """Indices of the statements where splits, distributions or Vet ej would leak; empty for a safe release.

    counts are given in each unit itself.
    """
    in_splits = split_leaks(
        tree,
        own=counts.types,
        home=made.home,
        shown=made.hidden == Hidden.SHOWN,
        groups=made.role_groups,
        counted=made.role_n,
        k=k,
    )
    return np.unique(
        np.concatenate([in_splits, *_in_pictures(tree, counts, made, k), _in_texts(tree, counts, made, k)])
    )


def _in_pictures(tree: Tree, counts: Counts, made: Release, k: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pictures that are too small, and pictures that do not fit the means."""
    shown = np.asarray(made.distribution.any(axis=-1))
    small = leaks(
        tree,
        own=counts.valid,
        home=made.distribution_home,
        shown=shown,
        counted=made.distribution.sum(axis=-1),
        k=max(k, FEWEST),
    )
    unfit = misdrawn(
        home=made.home,
        text_home=made.text_home,
        picture_home=made.distribution_home,
        piece_n=made.piece_n,
        piece_sum=made.piece_sum,
        pictures=made.distribution_piece,
    )
    return small, unfit


def _in_texts(tree: Tree, counts: Counts, made: Release, k: int) -> NDArray[np.intp]:
    """All statements where the respondent family, the same for all of them, has a piece that is too small."""
    own, home = counts.respondents[:, :, None], made.text_home[:, None]
    shown = ~np.isnan(made.dont_know[:, :1])
    counted = np.zeros_like(own[0])
    unit = np.flatnonzero(made.text_home >= 0)
    np.add.at(counted, made.text_home[unit], own.sum(axis=0)[unit])
    for place in range(len(counted) - 1, 0, -1):
        counted[tree.parent[place]] += counted[place]
    found = leaks(tree, own=own, home=home, shown=shown, counted=counted, k=max(k, FEWEST))
    everywhere = np.arange(made.mean.shape[1])
    return everywhere[: everywhere.size * min(found.size, 1)]
