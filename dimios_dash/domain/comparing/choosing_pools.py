"""Which pools may be counted anew on a fixed date, beside all that have been told on earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dimios_dash.domain.benchmark import FEWEST_FOR_MEAN
from dimios_dash.domain.comparing.pools import Pool, PoolKind
from dimios_dash.domain.comparing.singling_out import Members, are_safe, singles_out
from dimios_dash.ids import OrganisationId

FEWEST_MEMBERS: Final = FEWEST_FOR_MEAN + 1  # whoever looks knows their own result
_ORDER: Final = tuple(PoolKind)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may combine pools: whose results they know beside their own, and how many others must remain.

    A reader who knows nobody's but their own must always be among those that are asked about.
    """

    knows: Members
    fewest: int


def readers(named: Members, anonymous: Members, groups: Sequence[Members]) -> tuple[Reader, ...]:
    """Everybody that must be reckoned with.

    Who is shown by name, or may be reckoned out as a similar organisation, has agreed to be known. Whose point is
    anonymous has agreed to the number, but not to its being theirs. Members of a group know each other's, and whoever
    is in several groups knows those of all of them. `groups` are the members that have been shown to each other.
    """
    known = dict.fromkeys((named, named | anonymous))
    outside = tuple(Reader(each, FEWEST_MEMBERS) for each in known)
    inside = tuple(Reader(each | seen, FEWEST_FOR_MEAN) for seen in _seen_by_each(groups) for each in known)
    return outside + inside


def _seen_by_each(groups: Sequence[Members]) -> Iterable[Members]:
    """All that a member of any group has been shown in groups: one set for those who have been shown the same."""
    everybody = frozenset[OrganisationId]().union(*groups)
    seen = [frozenset[OrganisationId]().union(*(each for each in groups if one in each)) for one in sorted(everybody)]
    return dict.fromkeys(seen)


def choose(
    pools: Mapping[Pool, Members], told: Mapping[Pool, Sequence[Members]], reckoned_with: Sequence[Reader]
) -> dict[Pool, Members]:
    """The pools that are told anew, of those with enough members; the rest stay as they were told last, if ever.

    `told` holds for each pool the members it has been told with, the latest last. Sectors go first, then the nation,
    and large pools before small ones: where two differ by too few, the later is left.
    """
    known = [members for each in told.values() for members in each]
    everybody = frozenset[OrganisationId]().union(*known, *pools.values())
    chosen: dict[Pool, Members] = {}
    for pool in sorted(pools, key=lambda one: (_ORDER.index(one.kind), -len(pools[one]), one.key)):
        members = pools[pool]
        if len(members) < FEWEST_MEMBERS or members in told.get(pool, ())[-1:]:
            continue
        if not any(singles_out(known, members, everybody - one.knows, one.fewest) for one in reckoned_with):
            chosen[pool] = members
            known.append(members)
    return chosen


def may_be_known(told: Sequence[Members], everybody: Members, reckoned_with: Sequence[Reader]) -> bool:
    """Whether those who are not known stay hidden among enough others, in all that has been told."""
    return all(are_safe(told, everybody - one.knows, one.fewest) for one in reckoned_with)
