"""How sure a released number is, from the release alone. Imports scipy, by way of `uncertainty`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dimios_dash.domain.statistics.interval import Interval
from dimios_dash.domain.statistics.pooled_spread import PooledSpread, spread_of_picture
from dimios_dash.domain.statistics.uncertainty import MeasuredMean, Spread, interval_of_mean


def interval_of_unit(
    mean: float | None, answered: int, counts: Sequence[int] | None, pooled: PooledSpread | None
) -> Interval | None:
    """95 % around a unit's released mean (0-100), without finite correction; None where that cannot be said.

    Where the unit shows a distribution (counts), number of answers and spread are its own. Elsewhere it is the number
    who `answered` in the unit, which everybody knows, and the `pooled` spread of the organisation.
    """
    own = None if counts is None else spread_of_picture(np.array(counts, dtype=np.int32))
    spread = own or pooled
    if mean is None or spread is None:
        return None
    n = own.n if own else answered
    return interval_of_mean(MeasuredMean(mean, n, Spread(spread.sd, spread.n)))
