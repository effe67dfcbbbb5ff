"""A counted measurement: the release, and what is told beside it. Whatever is not here is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.released import Release
from dimios_dash.domain.statistics.pooled_spread import PooledSpread
from dimios_dash.domain.suggestions import PlacedText
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import StatementKey, UnitId


@dataclass(frozen=True, slots=True)
class ReleasedReliability:
    """Of one category in the whole organisation, two decimals each."""

    alpha: float
    omega: float
    alpha_low: float  # Feldt's 95 % interval
    alpha_high: float


@dataclass(frozen=True, slots=True, eq=False)
class Tallied:
    """What has passed the gate and is stored."""

    statements: tuple[StatementKey, ...]  # [Q], the order of the release's columns
    tree: Tree
    release: Release
    role_answered: NDArray[np.int32]  # [N, 4] respondents of types 1, 2, 3 and 1 + 2; role_counts.NOT_TOLD
    invited: Mapping[UnitId, int] | None  # by e-mail in each unit itself; None where it is not known
    skipped_ballots: int
    spreads: Mapping[str, PooledSpread]  # by key of statement, category, dimension and index
    reliability: Mapping[str, ReleasedReliability]  # by category
    texts: tuple[PlacedText, ...]
