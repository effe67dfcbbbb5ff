"""Reliability of categories as it is released: two decimals, and nothing of the rows. Imports scipy."""

from __future__ import annotations

import numpy as np

from dimios_dash.domain.gate.counting import Answers
from dimios_dash.domain.instrument import Category, Instrument
from dimios_dash.domain.statistics.reliability import DECIMALS, FEWEST_COMPLETE, category_reliability, feldt_interval
from dimios_dash.domain.tallied import ReleasedReliability


def reliability_by_category(instrument: Instrument, answers: Answers) -> dict[str, ReleasedReliability]:
    """Categories that at least 30 respondents have answered in full; where any came by e-mail, 30 of those."""
    found = {category.key: _reliability(instrument, category, answers) for category in instrument.categories}
    return {key: reliability for key, reliability in found.items() if reliability is not None}


def _reliability(instrument: Instrument, category: Category, answers: Answers) -> ReleasedReliability | None:
    keys = instrument.statement_keys
    values = answers.values[:, [keys.index(statement.key) for statement in category.statements]]
    if not _enough_by_email(answers.link[(values > 0).all(axis=1)]):
        return None
    computed = category_reliability(values)
    if computed is None:
        return None
    interval = feldt_interval(computed.alpha, computed.n, values.shape[1])
    low, high = (round(end, DECIMALS) for end in (interval.low, interval.high))
    return ReleasedReliability(computed.alpha, computed.omega, low, high)


def _enough_by_email(link: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> bool:
    """Whether the answers that came by open link are not needed: somebody may know them."""
    by_email = int(np.count_nonzero(~link))
    return by_email == 0 or by_email >= FEWEST_COMPLETE
