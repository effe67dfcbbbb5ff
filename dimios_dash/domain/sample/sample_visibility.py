"""Which units a proposed sample will let one see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dimios_dash.domain.sample.likelihood import Likelihood, likelihood
from dimios_dash.domain.sample.sample_proposal import Member, Proposal
from dimios_dash.domain.sample.visibility_forecast import UNKNOWN, Invited, chance_of_means
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId


def visibility(
    tree: Tree, staff: Sequence[Member], proposal: Proposal, k: int, response_rate: float
) -> Mapping[UnitId, Likelihood]:
    """How likely each unit's means are shown, those below it included, when `response_rate` (0-1) answer.

    Every unit of the staff list must be in the tree.
    """
    invited = _invited(tree, staff, proposal)
    chances = chance_of_means(tree, invited, k, response_rate)
    enough = tree.rollup(invited).sum(axis=1) >= k
    return {
        unit: likelihood(chance, possible=bool(possible))
        for unit, chance, possible in zip(tree.ids, chances.tolist(), enough, strict=True)
    }


def _invited(tree: Tree, staff: Sequence[Member], proposal: Proposal) -> Invited:
    """Everybody who would be asked, by unit and role type."""
    asked = [*proposal.chosen, *(place for place, member in enumerate(staff) if member.listed)]
    invited = np.zeros((len(tree.ids), UNKNOWN + 1), dtype=np.int64)
    place_of = {unit: place for place, unit in enumerate(tree.ids)}
    for place in asked:
        member = staff[place]
        invited[place_of[member.unit_id], UNKNOWN if member.role_type is None else member.role_type - 1] += 1
    return invited
