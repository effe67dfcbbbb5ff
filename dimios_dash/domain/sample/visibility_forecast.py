"""What a measurement would be able to show, before anybody is asked: chances for each unit.

The choice of what is shown depends on counts alone, so it can be rehearsed. Many measurements are made up in which
each invited person answers, and then answers a statement with something else than Vet ej, by chance and independently.
The gate's own choice decides what each would show, all of them at once, one in the place of a statement. The chance
of a unit is its share of them. The same input gives the same chances.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.choosing import choose, choose_alike
from dimios_dash.domain.gate.counting import ROLE_TYPES, gather_home
from dimios_dash.domain.gate.leftovers import EMAIL
from dimios_dash.domain.gate.respondent_family import FEWEST
from dimios_dash.domain.gate.splitting import split
from dimios_dash.domain.gate.unit_means import settled_as_seen
from dimios_dash.domain.tree import Tree

DONT_KNOW = 0.15  # share of Vet ej
UNKNOWN = ROLE_TYPES  # place of those whose role type is not known

_SEED = 20260101
_FEWEST_MADE_UP, _MOST_MADE_UP = 60, 200
_MADE_UP_UNITS = 120_000  # in all made-up measurements together, so that large organisations need not wait

Invited = NDArray[np.int64]
"""[N, 4]: invited by e-mail in each unit itself, of role types 1, 2, 3 and unknown."""


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Chances of 0 to 1 for each unit, float64[N]."""

    mean: NDArray[np.float64]  # that its mean is shown on a statement
    split: NDArray[np.float64] | None  # and by role type, in two groups at least; None: no role type is known
    distribution: NDArray[np.float64]  # and as a distribution
    texts: NDArray[np.float64]  # that its texts and shares of Vet ej are shown


def forecast(tree: Tree, invited: Invited, k: int, response_rate: float, dont_know: float = DONT_KNOW) -> Forecast:
    """Chances when `response_rate` of the invited[N, 4] answer and `dont_know` of their answers are Vet ej."""
    respondents, valid = _made_up(invited, response_rate, dont_know)
    answered, answers = _by_email(respondents.sum(axis=-1)), _by_email(valid.sum(axis=-1))
    choice = choose_alike(tree, answered, answers, k)
    settled = settled_as_seen(tree, choice.settled, answered[EMAIL], answers[EMAIL])
    home, finer = tree.nearest(settled), max(k, FEWEST)
    family = choose(tree, answered, finer, weight=tree.rollup(answered.sum(axis=0)))
    whole = tree.nearest(settled & family.settled)
    pieces = _by_email(gather_home(whole, gather_home(home, answers[EMAIL])))
    pictures = choose(tree, pieces, finer, weight=tree.rollup(pieces.sum(axis=0)))
    known, roles = invited[:, :UNKNOWN].any(), (_by_email(gather_home(home, valid)), gather_home(home, respondents))
    return Forecast(
        mean=_share(choice.shown),
        split=_share(split(tree, choice.shown, *roles, k).two) if known else None,
        distribution=_share(pictures.shown & choice.shown),
        texts=_share(family.shown),
    )


def chance_of_means(
    tree: Tree, invited: Invited, k: int, response_rate: float, dont_know: float = DONT_KNOW
) -> NDArray[np.float64]:
    """`Forecast.mean` alone, in a third of the time."""
    respondents, valid = _made_up(invited, response_rate, dont_know)
    answered, answers = _by_email(respondents.sum(axis=-1)), _by_email(valid.sum(axis=-1))
    return _share(choose_alike(tree, answered, answers, k).shown)


def _made_up(invited: Invited, response_rate: float, dont_know: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Respondents and valid answers of M measurements, [N, M, 3] by role type."""
    random = np.random.default_rng(_SEED)
    times = min(max(_MADE_UP_UNITS // len(invited), _FEWEST_MADE_UP), _MOST_MADE_UP)
    people = np.repeat(invited[:, None, :UNKNOWN], times, axis=1)
    people += random.multinomial(np.repeat(invited[:, [UNKNOWN]], times, axis=1), _mix(invited))
    respondents = random.binomial(people, response_rate)
    return respondents, random.binomial(respondents, 1 - dont_know)


def _mix(invited: Invited) -> NDArray[np.float64]:
    """The role types of those whose type is known, [3] as shares: the best guess at the others'."""
    known = invited[:, :UNKNOWN].sum(axis=0)
    return known / known.sum() if known.any() else np.full(ROLE_TYPES, 1 / ROLE_TYPES)


def _by_email(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """counts[N, ...] as those of the two channels, [2, N, ...]: nobody knows how many an open link will bring."""
    return np.stack([counts, np.zeros_like(counts)])


def _share(shown: NDArray[np.bool_]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = shown.mean(axis=1)
    return share
