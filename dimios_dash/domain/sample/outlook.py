"""What a key user is told about a sample before the measurement opens: what will be seen, and what would change it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.respondent_family import FEWEST
from dimios_dash.domain.sample.likelihood import Likelihood, likelihood
from dimios_dash.domain.sample.merging import Merge, MergedTree, merged, suggest
from dimios_dash.domain.sample.visibility_forecast import DONT_KNOW, UNKNOWN, Invited, chance_of_means, forecast
from dimios_dash.domain.tree import ROOT, Tree
from dimios_dash.ids import UnitId


class ResponseRate(IntEnum):
    """Per cent of the invited who answer."""

    HALF = 50
    USUAL = 65
    HIGH = 80


@dataclass(frozen=True, slots=True)
class Remedy:
    """A merge that makes a unit likely to be shown: with its sisters, or into the unit above."""

    others: tuple[UnitId, ...]
    upwards: bool
    then: Likelihood


@dataclass(frozen=True, slots=True)
class UnitOutlook:
    """What will be shown of one unit, those below it included."""

    unit_id: UnitId
    invited: int
    mean: Likelihood
    split: Likelihood | None  # None: no role type is known
    distribution: Likelihood
    texts: Likelihood  # and the share of Vet ej
    missing: int  # how many more to invite, for the unit by itself
    remedy: Remedy | None


@dataclass(frozen=True, slots=True)
class AfterMerging:
    """What all remedies together would lead to."""

    units: int
    certain: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """Units that take part, in the order of the tree."""

    units: tuple[UnitOutlook, ...]
    invited: int
    enough: int  # invited in a unit for its mean to be practically certain, by itself
    enough_for_finer: int  # the same for distributions, texts and shares of Vet ej
    finer_from: int  # answers they need
    after: AfterMerging | None  # None: there is nothing to merge

    @property
    def finer_is_possible(self) -> bool:
        """Whether anything finer than means can be shown at all."""
        return self.invited >= self.finer_from

    @property
    def certain(self) -> int:
        """Units that are practically certain to show means."""
        return sum(unit.mean is Likelihood.CERTAIN for unit in self.units)

    @property
    def too_few(self) -> int:
        """Units that are not certain, and would need more people by themselves."""
        return sum(unit.mean < Likelihood.CERTAIN and unit.invited > 0 and unit.missing > 0 for unit in self.units)

    @property
    def empty(self) -> int:
        """Units where nobody is invited, nor below."""
        return sum(unit.invited == 0 for unit in self.units)

    @property
    def with_distribution(self) -> int:
        """Units that are likely to show distributions."""
        return sum(unit.distribution >= Likelihood.LIKELY for unit in self.units)

    @property
    def with_texts(self) -> int:
        """Units that are likely to show texts and shares of Vet ej."""
        return sum(unit.texts >= Likelihood.LIKELY for unit in self.units)


def outlook(
    tree: Tree, by_role: Mapping[UnitId, Sequence[int]], taking_part: Collection[UnitId], k: int, rate: ResponseRate
) -> Outlook:
    """The outlook of the units taking part.

    `by_role` holds those who are invited in each unit itself, of role types 1, 2, 3 and unknown. Nobody is where
    the unit is not in it, and nobody is invited in the units that do not take part.
    """
    needs = _Needs.of(k, rate)
    invited = _invited(tree, by_role, taking_part)
    units = _units(tree, invited, needs)
    weak = np.array([unit.mean < Likelihood.LIKELY and unit.invited > 0 for unit in units])
    merging = _merging(tree, invited, weak, needs)
    remedies = _remedies(merging, weak)
    told = [replace(unit, remedy=remedies.get(unit.unit_id)) for unit in units if unit.unit_id in taking_part]
    return Outlook(
        units=tuple(told),
        invited=units[ROOT].invited,
        enough=needs.enough,
        enough_for_finer=needs.enough_for_finer,
        finer_from=needs.finer_from,
        after=_after(merging, taking_part),
    )


@dataclass(frozen=True, slots=True)
class _Needs:
    """The rule, the response, and what follows for a unit by itself."""

    k: int
    finer_from: int
    response_rate: float
    enough: int
    enough_for_finer: int

    @classmethod
    def of(cls, k: int, rate: ResponseRate) -> _Needs:
        from dimios_dash.domain.statistics.uncertainty import invitations_needed  # takes a second to load

        finer_from, share = max(k, FEWEST), rate / 100
        enough, enough_for_finer = (invitations_needed(valid, share, DONT_KNOW) for valid in (k, finer_from))
        return cls(k, finer_from, share, enough, enough_for_finer)


def _invited(tree: Tree, by_role: Mapping[UnitId, Sequence[int]], taking_part: Collection[UnitId]) -> Invited:
    nobody = (0,) * (UNKNOWN + 1)
    rows = [by_role.get(unit_id, nobody) if unit_id in taking_part else nobody for unit_id in tree.ids]
    return np.array(rows, dtype=np.int64)


def _units(tree: Tree, invited: Invited, needs: _Needs) -> list[UnitOutlook]:
    """Every unit as it is, without remedies."""
    found = forecast(tree, invited, needs.k, needs.response_rate)
    people = tree.rollup(invited.sum(axis=1))
    enough, finer = people >= needs.k, people >= needs.finer_from
    means, splits = _words(found.mean, enough), None if found.split is None else _words(found.split, enough)
    distributions, texts = _words(found.distribution, finer), _words(found.texts, finer)
    return [
        UnitOutlook(
            unit_id=unit_id,
            invited=number,
            mean=means[unit],
            split=None if splits is None else splits[unit],
            distribution=distributions[unit],
            texts=texts[unit],
            missing=max(0, needs.enough - number),
            remedy=None,
        )
        for unit, (unit_id, number) in enumerate(zip(tree.ids, people.tolist(), strict=True))
    ]


def _words(chances: NDArray[np.float64], possible: NDArray[np.bool_]) -> list[Likelihood]:
    return [likelihood(chance, possible=may) for chance, may in zip(chances, possible, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class _Merging:
    """Merges, the tree they make, and how likely each unit of that is to be shown."""

    old: Tree
    merges: Sequence[Merge]
    new: MergedTree
    means: list[Likelihood]

    def then(self, merge: Merge) -> Likelihood:
        """What becomes of those who are merged."""
        return self.means[int(self.new.place[merge.into])]

    @property
    def vain(self) -> list[Merge]:
        """Merges that make nobody likely to be shown."""
        return [merge for merge in self.merges if self.then(merge) < Likelihood.LIKELY]


def _merging(tree: Tree, invited: Invited, weak: NDArray[np.bool_], needs: _Needs) -> _Merging:
    """Merges that help, tried all together: upwards where sisters are no help, none where that is none either."""
    found = _tried(tree, invited, suggest(tree, invited, weak, needs.enough), needs)
    if vain := found.vain:
        upwards = {int(tree.parent[merge.units[0]]) for merge in vain}
        found = _tried(tree, invited, suggest(tree, invited, weak, needs.enough, upwards), needs)
    helping = [merge for merge in found.merges if merge not in found.vain]
    return found if len(helping) == len(found.merges) else _tried(tree, invited, helping, needs)


def _tried(tree: Tree, invited: Invited, merges: Sequence[Merge], needs: _Needs) -> _Merging:
    new = merged(tree, invited, merges)
    if not merges:
        return _Merging(tree, merges, new, [])
    chances = chance_of_means(new.tree, new.invited, needs.k, needs.response_rate)
    possible = new.tree.rollup(new.invited.sum(axis=1)) >= needs.k
    return _Merging(tree, merges, new, _words(chances, possible))


def _remedies(found: _Merging, weak: NDArray[np.bool_]) -> dict[UnitId, Remedy]:
    """For the weak units that are merged."""
    return {
        found.old.ids[unit]: _remedy(found, merge, unit) for merge in found.merges for unit in merge.units if weak[unit]
    }


def _remedy(found: _Merging, merge: Merge, unit: int) -> Remedy:
    upwards = merge.into not in merge.units
    others = [merge.into] if upwards else [other for other in merge.units if other != unit]
    return Remedy(tuple(found.old.ids[other] for other in others), upwards, found.then(merge))


def _after(found: _Merging, taking_part: Collection[UnitId]) -> AfterMerging | None:
    if not found.merges:
        return None
    words = [mean for unit, mean in zip(found.new.tree.ids, found.means, strict=True) if unit in taking_part]
    return AfterMerging(len(words), words.count(Likelihood.CERTAIN))
