"""Vet ej: its share among respondents, shown in the respondent family."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.respondent_family import RespondentFamily
from dimios_dash.domain.tree import Tree

DECIMALS = 3


def share_of_dont_know(
    tree: Tree, family: RespondentFamily, respondents: NDArray[Any], valid: NDArray[Any]
) -> NDArray[np.float64]:
    """Vet ej among all answers, 0 to 1, three decimals, [N, Q]; NaN where it is not shown.

    respondents[2, N] and valid[2, N, Q] are given in each unit itself.
    """
    asked = respondents.sum(axis=0)[:, None]
    everybody = np.maximum(_counted(tree, family, asked), 1)
    share = _counted(tree, family, asked - valid.sum(axis=0)) / everybody
    return np.where(family.shown[:, None], np.round(share, DECIMALS), np.nan)


def _counted(tree: Tree, family: RespondentFamily, own: NDArray[np.int64]) -> NDArray[np.int64]:
    """own[N, ...] as the family counts it, summed over each branch."""
    has_home = family.home >= 0
    gathered = np.zeros_like(own)
    np.add.at(gathered, family.home[has_home], own[has_home])
    return tree.rollup(gathered)
