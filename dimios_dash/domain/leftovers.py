"""What can be left over in a unit when answers are gathered upwards, as a finite set of states.

E-mail answers must reach k on their own (anonymity rule 8), so once there is one of them the open-link answers
no longer matter. A state is the e-mail answers counted to k or, with none, the open-link answers counted to k:
2k + 1 states. Each comes twice, because a unit can be shown without its left-over only if something is counted
below: first the states of branches where nothing is, then the same states of branches where something is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

EMAIL, LINK = 0, 1  # places on the channel axis of all counts

NO_ANSWERS = 0  # the state of a branch where nobody answered


def state_of(email: NDArray[Any], link: NDArray[Any], k: int) -> NDArray[np.intp]:
    """State of a left-over of so many answers, nothing counted below; any one shape."""
    link_only = np.where(link > 0, k + np.minimum(link, k), NO_ANSWERS)
    return np.where(email > 0, np.minimum(email, k), link_only).astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Leftovers:
    """States and how two of them meet. F = 2 (2k + 1) states, P = F² pairs sorted by the state they make."""

    all_counted: int  # nothing left over, something counted below
    settling: NDArray[np.intp]  # states that may be counted where they stand, the least first
    lift: NDArray[np.float64]  # [F] cost of showing a unit without this left-over; inf where it cannot be
    left: NDArray[np.intp]  # [P]
    right: NDArray[np.intp]  # [P]
    made: NDArray[np.intp]  # [P]
    first: NDArray[np.intp]  # [F] where each state's pairs start

    @classmethod
    def of(cls, k: int, *, links: bool) -> Leftovers:
        """States for groups of at least k answers; without `links` only the k + 1 of e-mail answers."""
        email = np.pad(np.arange(k + 1), (0, k * links))
        link = np.pad(np.arange(1, k * links + 1), (k + 1, 0))
        size = email.size
        left, right, made = _pairs(email, link, k)
        fit = np.flatnonzero((email == k) | (link == k))
        return cls(
            all_counted=size,
            settling=np.concatenate([[size], fit, size + fit]),
            lift=_lift_costs(np.maximum(email, link), k),
            left=left,
            right=right,
            made=made,
            first=np.searchsorted(made, np.arange(2 * size)),
        )


def _pairs(
    email: NDArray[np.intp], link: NDArray[np.intp], k: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Every pair of states and the state they make together: [P] each, sorted by the last."""
    plain = state_of(np.add.outer(email, email), np.add.outer(link, link), k)
    counted = plain + email.size  # one branch with something counted below is enough
    made = np.block([[plain, counted], [counted, counted]])
    order = np.argsort(made, axis=None, kind="stable")
    left, right = np.unravel_index(order, made.shape)
    return left, right, made.ravel()[order]


def _lift_costs(answers: NDArray[np.intp], k: int) -> NDArray[np.float64]:
    """One per answer, 2k for "k or more", [F]; inf where nothing is counted below or nothing is left over."""
    costs = np.where(answers < k, answers, 2 * k).astype(np.float64)
    costs[NO_ANSWERS] = np.inf
    return np.concatenate([np.full(answers.size, np.inf), costs])
