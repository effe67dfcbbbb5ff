"""A proposal of whom to ask: so many of each unit, mixed over role types, those who were asked lately last.

The number for each unit follows from its size, with a least number for every unit one wants to see, and can be set by
hand. Within a unit the role types share it in proportion, each with at least one person where there is room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from dimios_dash.domain.sample.sampling import Candidate, allocate, draw
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId

TENTH = 10  # per cent: the usual advice for a large organisation
LEAST_TO_SEE = 9  # invited for at least three valid answers with 95 % probability


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff list. `listed`: among this year's respondents already."""

    unit_id: UnitId
    role_type: int | None  # None: not said
    candidate: Candidate
    listed: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """How large the sample is to be. Raises Invalid for what cannot be meant."""

    percent: int = TENTH
    least: int = LEAST_TO_SEE
    by_hand: Mapping[UnitId, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:  # noqa: PLR2004, per cent
            raise Invalid("Andelen av personalen är ett tal mellan 0 och 100 procent.")
        if self.least < 0 or min(self.by_hand.values(), default=0) < 0:
            raise Invalid("Ett antal personer kan inte vara mindre än noll.")


@dataclass(frozen=True, slots=True)
class UnitProposal:
    """What is proposed for one unit itself, units below it not counted."""

    unit_id: UnitId
    staff: int
    listed: int  # of them respondents already, and part of the sample
    chosen: tuple[int, ...]  # places in the staff list of those who would be added
    asked_before: int  # of the chosen, those who were asked in an earlier year
    role_types: Mapping[int | None, int]  # the chosen by role type

    @property
    def sample(self) -> int:
        """Everybody who would be asked."""
        return self.listed + len(self.chosen)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Units in the order in which the staff list first names them."""

    units: tuple[UnitProposal, ...]

    @property
    def chosen(self) -> tuple[int, ...]:
        """Places in the staff list of everybody who would be added, in its order."""
        return tuple(sorted(place for unit in self.units for place in unit.chosen))

    @property
    def sample(self) -> int:
        return sum(unit.sample for unit in self.units)

    @property
    def staff(self) -> int:
        return sum(unit.staff for unit in self.units)


def propose(staff: Sequence[Member], wishes: Wishes) -> Proposal:
    """The same staff and wishes always give the same proposal.

    A unit never gets more than its staff, nor fewer than are listed already; by hand or not.
    """
    places: dict[UnitId, list[int]] = {}
    for place, member in enumerate(staff):
        places.setdefault(member.unit_id, []).append(place)
    numbers = _numbers({unit: len(own) for unit, own in places.items()}, wishes)
    return Proposal(tuple(_unit(unit, own, staff, numbers[unit]) for unit, own in places.items()))


def _numbers(sizes: Mapping[UnitId, int], wishes: Wishes) -> dict[UnitId, int]:
    """How many to ask in each unit."""
    everybody, least = sum(sizes.values()), sum(min(size, wishes.least) for size in sizes.values())
    sample = max(least, ceil(everybody * wishes.percent / 100))
    shares = dict(zip(sizes, allocate(list(sizes.values()), sample, wishes.least), strict=True))
    return {unit: min(size, wishes.by_hand.get(unit, shares[unit])) for unit, size in sizes.items()}


def _unit(unit_id: UnitId, places: Sequence[int], staff: Sequence[Member], number: int) -> UnitProposal:
    free = [place for place in places if not staff[place].listed]
    listed = len(places) - len(free)
    chosen = tuple(sorted(_drawn(free, staff, max(0, number - listed))))
    before = sum(staff[place].candidate.asked is not None for place in chosen)
    types = [staff[place].role_type for place in chosen]
    counts = {kind: types.count(kind) for kind in sorted(set(types), key=lambda kind: kind or 0)}
    return UnitProposal(unit_id, len(places), listed, chosen, before, counts)


def _drawn(free: Sequence[int], staff: Sequence[Member], number: int) -> Iterator[int]:
    """Places of `number` of the free ones, mixed over role types."""
    strata: dict[int | None, list[int]] = {}
    for place in free:
        strata.setdefault(staff[place].role_type, []).append(place)
    each = 1 if number >= len(strata) else 0
    shares = allocate([len(own) for own in strata.values()], number, each)
    for own, share in zip(strata.values(), shares, strict=True):
        yield from (own[turn] for turn in draw([staff[place].candidate for place in own], share))
