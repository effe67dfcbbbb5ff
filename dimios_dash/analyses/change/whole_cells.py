"""What is read to say whether a unit has become better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dimios_dash.analyses.change.between_years import Beside
from dimios_dash.analyses.summary import Key
from dimios_dash.analyses.targets import TargetCells, TargetRow
from dimios_dash.domain.scoring import LevelMean


@dataclass(frozen=True, slots=True)
class ChangeCells:
    """`then` is None before the second release; the time line is as the organisation is now, or as it was."""

    year: int
    then: int | None
    whole: bool  # the whole organisation, whose heading is tested by itself
    three: Mapping[Key, Beside]
    answered: tuple[int | None, int]  # respondents then and now
    line: Mapping[int, Mapping[str, LevelMean]]  # levels of each year, oldest first
    published: float | None  # index of this year, on all statements that are shown
    another_battery: bool  # the statements of the two years are not all the same
    aims: TargetCells

    def aim(self, key: Key) -> TargetRow | None:
        """What it should come to, where anything is aimed at."""
        return self.aims.by_level.get(key)

    @property
    def index(self) -> Beside:
        """What the answer is about."""
        return self.three[Key.INDEX]
