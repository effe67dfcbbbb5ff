"""Ballots counted: the only step that sees single answers, and it only adds them up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.tree import Tree

ROLE_TYPES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What n respondents said on Q statements, by their place in the tree."""

    unit: NDArray[np.int32]  # [n] index in the tree
    role: NDArray[np.int8]  # [n] role type, 1 to 3
    link: NDArray[np.bool_]  # [n] came by open link
    values: NDArray[np.int8]  # [n, Q] scale points from 1; 0 is Vet ej


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Answers given in each unit itself."""

    respondents: NDArray[np.int64]  # [2, N] per channel
    roles: NDArray[np.int64]  # [N, 3] per role type
    valid: NDArray[np.int64]  # [2, N, Q] valid answers per channel
    types: NDArray[np.int64]  # [2, N, Q, 3] and role type
    type_sums: NDArray[np.int64]  # [2, N, Q, 3] their scale points
    histograms: NDArray[np.int64]  # [N, Q, K] of the valid answers


def count(tree: Tree, answers: Answers, scale_points: int) -> Counts:
    """Count answers by channel, unit, statement, role type and scale point."""
    units, (_, statements) = len(tree.ids), answers.values.shape
    table = _table(answers, units, scale_points)
    by_point = table.reshape(2, units, ROLE_TYPES, statements, scale_points + 1)[..., 1:]
    types = by_point @ np.ones(scale_points, dtype=np.int64)
    return Counts(
        respondents=np.bincount(answers.link * units + answers.unit, minlength=2 * units).reshape(2, units),
        valid=types.sum(axis=2),
        roles=np.bincount(answers.unit * ROLE_TYPES + answers.role - 1, minlength=units * ROLE_TYPES).reshape(
            units, -1
        ),
        types=np.moveaxis(types, 2, 3),
        type_sums=np.moveaxis(by_point @ np.arange(1, scale_points + 1), 2, 3),
        histograms=by_point.sum(axis=(0, 2)),
    )


def _table(answers: Answers, units: int, scale_points: int) -> NDArray[np.int64]:
    """How many said what: one long row over channel, unit, role type, statement and scale point."""
    statements = answers.values.shape[1]
    group = (answers.link * units + answers.unit) * ROLE_TYPES + answers.role - 1
    cell = (group[:, None] * statements + np.arange(statements)) * (scale_points + 1) + answers.values
    return np.bincount(cell.ravel(), minlength=2 * units * ROLE_TYPES * statements * (scale_points + 1))


def require_in_range(tree: Tree, answers: Answers, scale_points: int) -> None:
    """Raises ValueError for answers that cannot be counted."""
    people, statements = answers.values.shape
    if not (answers.unit.shape == answers.link.shape == answers.role.shape == (people,)) or not statements:
        raise ValueError("unit, role, link and values must hold the same respondents and at least one statement")
    if ((answers.unit < 0) | (answers.unit >= len(tree.ids))).any():
        raise ValueError("an answer belongs to a unit outside the tree")
    if ((answers.role < 1) | (answers.role > ROLE_TYPES)).any():
        raise ValueError(f"a role type lies outside 1 to {ROLE_TYPES}")
    if ((answers.values < 0) | (answers.values > scale_points)).any():
        raise ValueError(f"an answer lies outside 0 (Vet ej) to {scale_points}")


def gather_home(home: NDArray[np.int32], own: NDArray[np.int64]) -> NDArray[np.int64]:
    """own[N, Q, ...] summed in the unit where it is counted first, home[N, Q] (-1 for nowhere); same shape."""
    stays = home == np.arange(len(home))[:, None]
    gathered = np.where(stays.reshape(*home.shape, *(1,) * (own.ndim - home.ndim)), own, 0)
    unit, statement = np.nonzero((home >= 0) & ~stays)
    np.add.at(gathered, (home[unit, statement], statement), own[unit, statement])
    return gathered
