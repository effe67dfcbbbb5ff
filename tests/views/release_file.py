"""One year of an organisation as anybody computes it from its release file, with nothing of the product's own.

The formulas are written anew from product.md (scoring) and anonymity.md (section 6). Keys are those of the
instrument: "F1.2" a statement, "F1" a category, "F" a dimension, "index".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, Final

import orjson
from scipy.special import stdtrit

DIMENSIONS: Final = ("F", "A")
CATEGORIES: Final = tuple(f"{dimension}{number}" for dimension in DIMENSIONS for number in (1, 2, 3))
STATEMENTS: Final = tuple(f"{category}.{number}" for category in CATEGORIES for number in (1, 2, 3, 4, 5))
LEVELS: Final = ("index", *DIMENSIONS, *CATEGORIES)

Means = Mapping[str, float | None]
Values = dict[str, float | None]


def levels(means: Means) -> Values:
    """Statements and every level above them, not rounded; None where too little is shown. Of differences too."""
    found = {key: means.get(key) for key in STATEMENTS}
    for category in CATEGORIES:
        shown = [mean for key in STATEMENTS if key.startswith(category) and (mean := found[key]) is not None]
        found[category] = fmean(shown) if len(shown) >= 3 else None
    for dimension in DIMENSIONS:
        found[dimension] = _of_all([found[key] for key in CATEGORIES if key.startswith(dimension)])
    found["index"] = _of_all([found[key] for key in DIMENSIONS])
    return found


def apart_from(one: Means, other: Means) -> Values:
    """One less the other on every level, over the statements that both show."""
    return levels(
        {
            key: None if mean is None or (beside := other.get(key)) is None else mean - beside
            for key, mean in one.items()
        }
    )


def _of_all(parts: list[float | None]) -> float | None:
    shown = [part for part in parts if part is not None]
    return fmean(shown) if len(shown) == len(parts) else None


@cache
def t_quantile(degrees: float) -> float:
    """97.5 %."""
    return float(stdtrit(degrees, 0.975))


@cache
def names() -> dict[str, str]:
    """Of every level and capability, in Swedish."""
    battery = Path(__file__).parents[2] / "dimios_dash/instruments/dimios-2026.1.json"
    found = {"index": "Index"}
    for dimension in orjson.loads(battery.read_bytes())["dimensions"]:
        found[dimension["id"]] = dimension["sv"]
        for category in dimension["categories"]:
            found[category["id"]] = category["sv"]
            found |= {item["id"]: item["capability_sv"] for item in category["items"]}
    return found


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviation between respondents, answers behind the mean, degrees of freedom of the deviation."""

    sd: float
    n: int
    degrees: int

    @property
    def variance(self) -> float:
        """Of the mean."""
        return self.sd**2 / self.n

    @property
    def margin(self) -> float:
        """Half of a 95 % interval."""
        return t_quantile(self.degrees) * sqrt(self.variance)


class Release:
    """The file, and what follows from it."""

    def __init__(self, file: Mapping[str, Any]) -> None:
        self.file = file
        self.year: int = file["year"]
        self.k: int = file["k"]
        self.units: dict[str, dict[str, Any]] = {unit["id"]: unit for unit in file["units"]}
        self.root = next(iter(self.units))
        self.means: dict[str, Values] = {unit: {} for unit in self.units}
        for cell in file["means"]:
            self.means[cell["unit"]][cell["statement"]] = cell["mean"]
        self.lifted = {(cell["unit"], cell["statement"]) for cell in file["means"] if cell["some_counted_higher_up"]}
        self.counts = {(each["unit"], each["statement"]): tuple(each["counts"]) for each in file["distributions"]}
        self.pooled = {each["key"]: float(each["standard_deviation"]) for each in file["pooled_spread"]}
        self.unknown = {(each["unit"], each["statement"]): each["share_or_band"] for each in file["dont_know"]}
        self.split = {(each["unit"], each["statement"], each["group"]): each for each in file["splits"]}
        benchmark = file["benchmark"] or {"values": [], "organisations": 0}
        self.others = {each["key"]: each for each in benchmark["values"]}
        self.others_counted: int = benchmark["organisations"]
        self.values = {unit: levels(means) for unit, means in self.means.items()}

    def name(self, unit: str) -> str:
        return str(self.units[unit]["name"])

    def answered(self, unit: str) -> int:
        return int(self.units[unit]["answered"])

    def children(self, unit: str) -> list[str]:
        """Directly below, in the order of the tree."""
        return [each for each, entry in self.units.items() if entry["parent_id"] == unit]

    def below(self, unit: str) -> list[str]:
        """On every level, each followed by its own branch."""
        return [each for child in self.children(unit) for each in (child, *self.below(child))]

    def shows(self, unit: str) -> bool:
        """Anything at all."""
        return any(mean is not None for mean in self.means[unit].values())

    def of_everybody(self, unit: str) -> Values:
        """Statement means that leave nobody out who belongs to the unit."""
        return {key: None if (unit, key) in self.lifted else mean for key, mean in self.means[unit].items()}

    def spread(self, unit: str, key: str) -> Spread | None:
        """The unit's own from its distribution, else that of the whole organisation; None where neither is known."""
        if (unit, key) in self.counts:
            counts = self.counts[unit, key]
            return Spread(_deviation(counts), sum(counts), sum(counts) - 1)
        return self.pooled_spread(unit, key)

    def pooled_spread(self, unit: str, key: str) -> Spread | None:
        """That of the whole organisation, with the unit's own number of respondents."""
        if key not in self.pooled or self.answered(unit) < 2:
            return None
        behind = [statement for statement in STATEMENTS if key == "index" or statement.startswith(key)]
        fewest = min(sum(self.counts[self.root, each]) for each in behind if (self.root, each) in self.counts)
        return Spread(self.pooled[key], self.answered(unit), fewest - 1)

    def interval(self, unit: str, key: str) -> tuple[float, float] | None:
        """95 % around a shown mean as it is printed, cut to the scale."""
        mean, spread = self.values[unit][key], self.spread(unit, key)
        if mean is None or spread is None:
            return None
        return max(0.0, round(mean, 1) - spread.margin), min(100.0, round(mean, 1) + spread.margin)


def _deviation(counts: tuple[int, ...]) -> float:
    """Of answers at 1 to 6, in points of 0-100."""
    return stdev([20 * point for point, times in enumerate(counts) for _ in range(times)])
