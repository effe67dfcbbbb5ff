"""From where to where a value may lie."""

from __future__ import annotations

from dataclasses import dataclass

CONFIDENCE = 0.95
ACCEPTED_RISK = 0.05  # of a comparison that is called certain
UPPER_QUANTILE = (1 + CONFIDENCE) / 2


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, in the unit of what it is for. `low` never exceeds `high`."""

    low: float
    high: float
