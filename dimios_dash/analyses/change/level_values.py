"""Statements and levels of one unit in two years, by key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scoring import levels
from dimios_dash.ids import StatementKey

Means = Mapping[StatementKey, float | None]


class YearsBeside:
    """Statements and levels of two years, by key."""

    def __init__(self, instrument: Instrument, then: Means, now: Means) -> None:
        self._instrument, self._then, self._now = instrument, then, now

    @cached_property
    def then(self) -> dict[str, float | None]:
        """Of the earlier year."""
        return values_of(self._instrument, self._then)

    @cached_property
    def now(self) -> dict[str, float | None]:
        """Of the later one."""
        return values_of(self._instrument, self._now)

    @property
    def common(self) -> set[StatementKey]:
        """Statements that both years show."""
        return {key for key, mean in self._now.items() if mean is not None and self._then.get(key) is not None}

    @property
    def differences(self) -> Means:
        """Later less earlier, of statements."""
        return {
            key: None if mean is None or (then := self._then[key]) is None else mean - then
            for key, mean in self._now.items()
        }

    def only(self, statements: set[StatementKey]) -> YearsBeside:
        """The same with every other statement hidden."""
        both = statements & self.common
        then, now = (
            {key: mean if key in both else None for key, mean in year.items()} for year in (self._then, self._now)
        )
        return YearsBeside(self._instrument, then, now)


def complete(instrument: Instrument, means: Means) -> Means:
    """Statements that were not put then are hidden."""
    return {key: means.get(key) for key in instrument.statement_keys}


def values_of(instrument: Instrument, means: Means) -> dict[str, float | None]:
    """Statements and the levels above them, by key; 0-100, one decimal."""
    statements = {str(key): None if mean is None else round(float(mean), 1) for key, mean in means.items()}
    return statements | {level.key: level.mean for level in levels(instrument, means)}
