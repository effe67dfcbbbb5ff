"""A release as rows: one per unit, with arrays over the statements. Nothing is a row's place in an order.

What is hidden everywhere in a unit is null instead of an array of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.regrouping import Regrouped
from dimios_dash.domain.gate.role_counts import NOT_TOLD
from dimios_dash.domain.statistics.compared import Comparisons
from dimios_dash.domain.tallied import Tallied
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import new_id

Row = dict[str, object]


def release(tallied: Tallied) -> Row:
    """What is said of the measurement as a whole."""
    spreads, reliability = tallied.spreads, tallied.reliability
    return {
        "statements": list(tallied.statements),
        "skipped_ballots": tallied.skipped_ballots,
        "spread_keys": list(spreads),
        "spread_sd": [spread.sd for spread in spreads.values()],
        "spread_n": [spread.n for spread in spreads.values()],
        "reliability_keys": list(reliability),
        "alpha": [found.alpha for found in reliability.values()],
        "omega": [found.omega for found in reliability.values()],
        "alpha_low": [found.alpha_low for found in reliability.values()],
        "alpha_high": [found.alpha_high for found in reliability.values()],
    }


def units(tallied: Tallied) -> list[Row]:
    """One row per unit of the tree: what may be shown."""
    made, tree, told = tallied.release, tallied.tree, tallied.role_answered
    split, pictured = made.role_groups.any(axis=1), made.distribution.any(axis=(1, 2))
    invited = _invited_below(tallied)
    columns: dict[str, list[object]] = {
        "unit_id": list(tree.ids),
        "answered": made.answered.tolist(),
        "invited": [None] * len(tree.ids) if invited is None else invited.tolist(),
        "mean": _or_null(made.mean).tolist(),
        "hidden": made.hidden.tolist(),
        "home": _ids(tallied, made.home).tolist(),
        "lifted": made.lifted.astype(int).tolist(),
        "bound": made.bound.tolist(),
        "role_groups": _where(split, made.role_groups),
        "role_mean": _where(split, _or_null(made.role_mean)),
        "role_bound": _where(split, made.role_bound),
        "role_answered": _where((told != NOT_TOLD).any(axis=1), _told(told)),
        "distribution": _where(pictured, made.distribution),
        "dont_know": _where(~np.isnan(made.dont_know).all(axis=1), _or_null(made.dont_know)),
        "text_home": _ids(tallied, made.text_home).tolist(),
    }
    return _rows(columns)


def pieces(tallied: Tallied) -> list[Row]:
    """One row per unit of the tree: what is kept for later trees and never shown."""
    made = tallied.release
    columns: dict[str, list[object]] = {
        "unit_id": list(tallied.tree.ids),
        "n": made.piece_n.tolist(),
        "total": made.piece_sum.tolist(),
        "role_n": _where(made.role_groups.any(axis=1), made.role_n),
        "distribution": _where(made.distribution_piece.any(axis=(1, 2)), made.distribution_piece),
        "distribution_home": _where((made.distribution_home >= 0).any(axis=1), _ids(tallied, made.distribution_home)),
    }
    return _rows(columns)


def regrouped(tree: Tree, found: Regrouped) -> list[Row]:
    """One row per unit of the later tree. The numbers of answers stay behind: they are never shown."""
    columns: dict[str, list[object]] = {
        "unit_id": list(tree.ids),
        "mean": _or_null(found.mean).tolist(),
        "whole": found.whole.astype(int).tolist(),
    }
    return _rows(columns)


def compared(
    tree: Tree, answered_before: NDArray[np.int64], same_people: NDArray[np.bool_], found: Comparisons
) -> list[Row]:
    """One row per unit of the later tree in which anything can be compared."""
    columns: dict[str, list[object]] = {
        "unit_id": list(tree.ids),
        "answered_before": answered_before.tolist(),
        "same_people": same_people.tolist(),
        "difference": _or_null(found.difference.round(1)).tolist(),
        "margin": _or_null(found.margin.round(1)).tolist(),
        "adjusted_p": _or_null(found.adjusted_p).tolist(),
        "hedges_g": _or_null(found.hedges_g.round(2)).tolist(),
        "smallest": _or_null(found.smallest.round(1)).tolist(),
    }
    compared_units = np.flatnonzero((~np.isnan(found.difference)).any(axis=1))
    rows = _rows(columns)
    return [rows[unit] for unit in compared_units]


def texts(tallied: Tallied) -> list[Row]:
    """One row per text, with an id drawn at random."""
    return [
        {"id": new_id(), "unit_id": placed.unit_id, "category": placed.category, "text": placed.text}
        for placed in tallied.texts
    ]


def _rows(columns: Mapping[str, list[object]]) -> list[Row]:
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _where(present: Any, values: NDArray[Any]) -> list[object]:
    """values[N, ...] as lists, null for units where nothing is present, bool[N]."""
    return [each.tolist() if there else None for there, each in zip(present, values, strict=True)]


def _or_null(values: NDArray[np.float64]) -> NDArray[np.object_]:
    found = values.astype(object)
    found[np.isnan(values)] = None
    return found


def _told(counts: NDArray[np.int32]) -> NDArray[np.object_]:
    """Null for what is not told."""
    found = counts.astype(object)
    found[counts == NOT_TOLD] = None
    return found


def _ids(tallied: Tallied, places: NDArray[np.int32]) -> NDArray[np.object_]:
    """Ids of units at places[...] in the tree, same shape; null for -1."""
    return np.array([*tallied.tree.ids, None], dtype=object)[places]


def _invited_below(tallied: Tallied) -> NDArray[np.int64] | None:
    """Invited in each unit and below it, int64[N]; None where it is not known."""
    if tallied.invited is None:
        return None
    own = np.array([tallied.invited.get(unit, 0) for unit in tallied.tree.ids], dtype=np.int64)
    return tallied.tree.rollup(own)
