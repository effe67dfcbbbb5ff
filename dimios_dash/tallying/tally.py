"""From answers in memory to what is stored: the release, and what else the rows may tell before they are forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain import disclosure
from dimios_dash.domain.disclosure import Answers, Release
from dimios_dash.domain.gate.counting import ROLE_TYPES
from dimios_dash.domain.gate.role_counts import told_role_counts
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.statistics.pooled_spread import pooled_spreads
from dimios_dash.domain.suggestions import place
from dimios_dash.domain.tallied import Tallied
from dimios_dash.domain.tree import ROOT, Tree
from dimios_dash.ids import UnitId

Written = Iterable[tuple[UnitId, Mapping[str, str]]]
"""Each writer's unit and texts by question, in an order that means nothing."""


def tally(
    instrument: Instrument,
    tree: Tree,
    answers: Answers,
    k: int,
    *,
    invited: Mapping[UnitId, int] | None,
    skipped: int = 0,
    written: Written = (),
    earlier: Release | None = None,
) -> Tallied:
    """Count, control and place. `earlier` is the release that this one replaces. Raises Leak."""
    from dimios_dash.domain.statistics.released_reliability import (
        reliability_by_category,  # scipy takes a second to load
    )

    made = disclosure.release(tree, answers, k, instrument.scale.highest, earlier=earlier)
    reliability = reliability_by_category(instrument, answers)
    alphas = {key: found.alpha for key, found in reliability.items()}
    return Tallied(
        statements=instrument.statement_keys,
        tree=tree,
        release=made,
        role_answered=told_role_counts(tree, _by_role(tree, answers), made.role_groups, k),
        invited=invited,
        skipped_ballots=skipped,
        spreads=pooled_spreads(instrument, made.distribution[ROOT], alphas),
        reliability=reliability,
        texts=place(tree, made.text_home, written, [category.key for category in instrument.categories]),
    )


def _by_role(tree: Tree, answers: Answers) -> NDArray[np.int32]:
    """Respondents of each role type in each unit itself, [N, 3]."""
    own = np.zeros((len(tree.ids), ROLE_TYPES), dtype=np.int32)
    np.add.at(own, (answers.unit, answers.role - 1), 1)
    return own
