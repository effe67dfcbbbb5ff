"""Compares a release with one of an earlier year, for the units there are now. Imports scipy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from db.commands.year_comparisons import ComparedYears
from db.queries.stored_releases import StoredRelease
from dimios_dash import instruments
from dimios_dash.domain.gate.regrouping import Regrouped
from dimios_dash.domain.statistics.year_comparison import Side, compare
from dimios_dash.domain.trees.belonging import answered_before, in_each_unit, same_people


def compared(
    old: StoredRelease, later: StoredRelease, continued: NDArray[np.int32], regrouped: Regrouped
) -> ComparedYears:
    """What changed from the `old` release, `regrouped` in the later tree; continued[old units] as in `regroup`.

    On either side a mean counts only where nobody who belongs to the unit is left out of it. The old side has a spread
    of its own where the unit held the same people then, and showed it.
    """
    own = in_each_unit(old.tree, old.release.answered)
    same = same_people(old.tree, own, later.tree, continued)
    before = Side(
        mean=np.where(regrouped.whole, regrouped.mean, np.nan),
        answered=answered_before(own, later.tree, continued),
        distribution=_pictures(old, later, same),
        spreads=old.spreads,
    )
    found = compare(instruments.load(later.instrument_version), _columns(before, old, later), _side(later))
    return ComparedYears(old.measurement_id, later.measurement_id, later.tree, before.answered, same, found)


def _side(later: StoredRelease) -> Side:
    made = later.release
    mean = np.where(made.lifted, np.nan, made.mean)
    return Side(mean, made.answered.astype(np.int64), made.distribution, later.spreads)


def _pictures(old: StoredRelease, later: StoredRelease, same: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The old units' shown distributions at the later units with the same people, [later units, Q, K]."""
    found = np.zeros((len(later.tree.ids), *old.release.distribution.shape[1:]), dtype=np.int32)
    places = np.flatnonzero(same)
    found[places] = old.release.distribution[[old.tree.index(later.tree.ids[place]) for place in places]]
    return found


def _columns(side: Side, old: StoredRelease, later: StoredRelease) -> Side:
    """The side in the order of the later release's statements; NaN and zeros for one that was not put then."""
    place = {key: column for column, key in enumerate(old.statements)}
    known = [column for column, key in enumerate(later.statements) if key in place]
    taken = [place[later.statements[column]] for column in known]
    mean = np.full((len(side.mean), len(later.statements)), np.nan)
    distribution = np.zeros((*mean.shape, side.distribution.shape[-1]), dtype=np.int32)
    mean[:, known], distribution[:, known] = side.mean[:, taken], side.distribution[:, taken]
    return Side(mean, side.answered, distribution, side.spreads)
