"""Other organisations, as their own release files and their own decisions are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tests.views.release_file import Release, Values


@dataclass(frozen=True, slots=True, eq=False)
class Neighbour:
    """`focus` is what its strategy says of digitalisation, by year."""

    name: str
    sector: str
    county: str | None
    employees: int | None
    consents: Collection[str]
    focus: Mapping[int, str]
    years: Mapping[int, Release]

    def counts(self, year: int) -> bool:
        """Whether it is compared: at least ten respondents, and everything shown."""
        release = self.years.get(year)
        if release is None:
            return False
        return release.answered(release.root) >= 10 and None not in self.values(year).values()

    def values(self, year: int) -> Values:
        """Of the whole organisation, as printed: one decimal."""
        release = self.years[year]
        return {key: None if each is None else round(each, 1) for key, each in release.values[release.root].items()}

    @property
    def size(self) -> int | None:
        """Class 1 to 4."""
        if self.employees is None:
            return None
        return 1 + sum(self.employees >= limit for limit in (1_000, 3_000, 10_000))
