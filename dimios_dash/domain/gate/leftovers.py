"""What can be left over in a unit when answers are gathered upwards, as a finite set of states.

E-mail answers must reach k on their own (anonymity rule 8), so once there is one of them the open-link answers
no longer matter. A state is the e-mail answers counted to k or, with none, the open-link answers counted to k:
2k + 1 states.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

EMAIL, LINK = 0, 1  # places on the channel axis of all counts

NOTHING = 0  # the state where nothing is left over


def state_of(email: NDArray[Any], link: NDArray[Any], k: int) -> NDArray[np.intp]:
    """State of a left-over of so many answers; any one shape."""
    link_only = np.where(link > 0, k + np.minimum(link, k), NOTHING)
    return np.where(email > 0, np.minimum(email, k), link_only).astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Leftovers:
    """F states and how two of them meet: P = F² pairs, sorted by the state they make."""

    fitting: NDArray[np.intp]  # states that may be counted where they stand: nothing, or k and more
    lift: NDArray[np.float64]  # [F] cost of showing a unit without this left-over; inf for nothing
    together: NDArray[np.intp]  # [F, F] the state that two make
    left: NDArray[np.intp]  # [P]
    right: NDArray[np.intp]  # [P]
    made: NDArray[np.intp]  # [P]

    @classmethod
    def of(cls, k: int, *, links: bool) -> Leftovers:
        """States for groups of at least k answers; without `links` only the k + 1 of e-mail answers."""
        email = np.pad(np.arange(k + 1), (0, k * links))
        link = np.pad(np.arange(1, k * links + 1), (k + 1, 0))
        answers = np.maximum(email, link)
        together = state_of(np.add.outer(email, email), np.add.outer(link, link), k)
        order = np.argsort(together, axis=None, kind="stable")
        left, right = np.unravel_index(order, together.shape)
        return cls(
            fitting=np.flatnonzero((answers == 0) | (answers == k)),
            lift=_lift_costs(answers, k),
            together=together,
            left=left,
            right=right,
            made=together.ravel()[order],
        )


def _lift_costs(answers: NDArray[np.intp], k: int) -> NDArray[np.float64]:
    """One per answer, 2k for "k or more", [F]; inf where nothing is left over."""
    costs = np.where(answers < k, answers, 2 * k).astype(np.float64)
    costs[NOTHING] = np.inf
    return costs
