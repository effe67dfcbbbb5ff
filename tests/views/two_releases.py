"""What anybody computes of how two years compare, from the two release files (anonymity.md, section 6)."""

from __future__ import annotations

from math import sqrt

from scipy.special import stdtr
from scipy.stats import false_discovery_control

from tests.views.release_file import Release, Spread, Values, apart_from, levels, t_quantile

HEADLINE = ("index", "F", "A")
NORMAL = 1.959964


class TwoReleases:
    """Every unit of the later tree on every level. Ekhamn's tree is the same in all years, so units keep their ids."""

    def __init__(self, then: Release, now: Release) -> None:
        self.then, self.now = then, now
        self.difference = {unit: _difference(then, now, unit) for unit in now.units}
        places = [(unit, key) for unit, found in self.difference.items() for key, each in found.items()
                  if each is not None and self._error(unit, key)]  # fmt: skip
        p = {place: self._p(*place) for place in places}
        together = false_discovery_control(list(p.values())).tolist() if p else []
        self.adjusted: dict[tuple[str, str], float] = dict(zip(p, together, strict=True))
        self.adjusted |= _by_holm({place: p[place] for key in HEADLINE if (place := (now.root, key)) in p})

    def certain(self, unit: str, key: str) -> bool:
        return self.adjusted.get((unit, key), 1.0) <= 0.05

    def margin(self, unit: str, key: str) -> float | None:
        """Half of the 95 % interval of the difference by itself."""
        error, degrees = self._error(unit, key), self._degrees(unit, key)
        return t_quantile(degrees) * error if error else None

    def smallest(self, unit: str, key: str) -> float | None:
        """From which size on a change of this level is certain."""
        if not self._error(unit, key):
            return None
        one, other = self._spreads(unit, key)
        pooled = (one.degrees * one.sd**2 + other.degrees * other.sd**2) / (one.degrees + other.degrees)
        return NORMAL * sqrt(pooled) * sqrt(1 / one.n + 1 / other.n)

    def _spreads(self, unit: str, key: str) -> list[Spread]:
        if unit not in self.then.units:
            return []
        found = (year.spread(unit, key) for year in (self.then, self.now))
        return [each for each in found if each is not None]

    def _error(self, unit: str, key: str) -> float:
        """Standard error of the difference; 0 where it is not known."""
        spreads = self._spreads(unit, key)
        return sqrt(sum(each.variance for each in spreads)) if len(spreads) == 2 else 0.0

    def _degrees(self, unit: str, key: str) -> float:
        """Satterthwaite's."""
        spreads = self._spreads(unit, key)
        parts = sum(each.variance**2 / each.degrees for each in spreads)
        return sum(each.variance for each in spreads) ** 2 / parts if parts else 0.0

    def _p(self, unit: str, key: str) -> float:
        difference = self.difference[unit][key] or 0.0
        return float(2 * stdtr(self._degrees(unit, key), -abs(difference) / self._error(unit, key)))


def _difference(then: Release, now: Release, unit: str) -> Values:
    """Over statements that both show with everybody who belongs to the unit."""
    if unit not in then.units:
        return levels({})
    return apart_from(now.of_everybody(unit), then.of_everybody(unit))


def _by_holm(p: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    adjusted, highest = {}, 0.0
    for place, (where, each) in enumerate(sorted(p.items(), key=lambda pair: pair[1])):
        highest = max(highest, min(1.0, (len(p) - place) * each))
        adjusted[where] = highest
    return adjusted
