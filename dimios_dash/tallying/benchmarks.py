"""Benchmarks on fixed dates: each organisation beside the others of its pools, from released results only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from db.commands import benchmarks as commands
from db.commands.ballot_box import QUARANTINE
from db.commands.benchmarks import PoolOfOthers
from db.queries import benchmarks as queries
from db.queries import told_pools
from db.queries.benchmarks import RootResult
from dimios_dash import instruments
from dimios_dash.domain.benchmark import DONT_KNOW, Benchmark, benchmark, shares_of_dont_know
from dimios_dash.domain.comparing import fixed_dates
from dimios_dash.domain.comparing.choosing_pools import choose
from dimios_dash.domain.comparing.pools import Pool, pools_of
from dimios_dash.domain.comparing.singling_out import Members
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.scoring import levels
from dimios_dash.ids import PLATFORM, OrganisationId
from dimios_dash.tallying import sharing

FEWEST_ANSWERS = 10  # respondents in the whole organisation


@dataclass(frozen=True)
class Member:
    """One organisation that is compared. `values` holds index, dimensions, categories and statements, none hidden.

    `shares` of Vet ej, per cent, are those of every statement, or none where one is hidden.
    """

    root: RootResult
    values: Mapping[str, float]
    shares: Mapping[str, float]

    @cached_property
    def compared(self) -> Mapping[str, float]:
        """Everything that a pool tells the mean of."""
        return {**self.values, **self.shares}

    @property
    def organisation_id(self) -> OrganisationId:
        """Whose it is."""
        return self.root.organisation_id


Everybody = Mapping[OrganisationId, Member]


def compute(session: Session, scope: SystemScope, year: int, today: date) -> int:
    """Count the year's pools as they stand on the fixed date that came last; how many organisations are compared.

    Done once for each date: a second time changes nothing. Compared are organisations with at least ten respondents,
    all statements shown, and results that cannot be recalculated any more on that date.
    """
    day = fixed_dates.latest(today)
    roots = queries.released_roots(session, scope, year, day - QUARANTINE)
    everybody = {found.organisation_id: found for root in roots if (found := _member(root)) is not None}
    if day not in told_pools.of_year(session, scope, year).days:
        _count(session, scope, year, everybody, day)
        sharing.share(session, scope, year, [(each.root, each.values) for each in everybody.values()], day)
    return len(everybody)


def _member(root: RootResult) -> Member | None:
    """None for those that are not compared.

    A hidden statement would leave the organisation out of that statement's pool and not of its category's, and the
    difference between the two would be its alone.
    """
    above = {level.key: level.mean for level in levels(instruments.load(root.instrument_version), root.means)}
    every = [*above.items(), *root.means.items()]
    values = {str(key): mean for key, mean in every if mean is not None}
    whole = root.answered >= FEWEST_ANSWERS and len(values) == len(every)
    return Member(root, values, _shares(root)) if whole else None


def _shares(root: RootResult) -> Mapping[str, float]:
    told = shares_of_dont_know(root.dont_know, len(root.means))
    return {DONT_KNOW + key: share for key, share in told.items()}


def _count(session: Session, scope: SystemScope, year: int, everybody: Everybody, day: date) -> None:
    told = told_pools.of_year(session, scope, year)
    pools = _pools(everybody)
    chosen = choose(pools, told.pools, told.reckoned_with)
    replaced = {pool: members for pool, members in pools.items() if pool in chosen or pool not in told.pools}
    seen = [
        each
        for pool, members in replaced.items()
        for each in _seen(pool, [everybody[one] for one in sorted(members)], told=pool in chosen)
    ]
    commands.replace_pools(session, scope, year, [pool.key for pool in replaced], seen, day)
    if chosen:
        commands.remember(session, scope, year, {pool.key: members for pool, members in chosen.items()}, day)


def _pools(everybody: Everybody) -> dict[Pool, Members]:
    found: dict[Pool, Members] = {}
    for organisation_id, member in everybody.items():
        for pool in pools_of(member.root.sector, member.root.size, member.root.county, member.root.focus):
            found[pool] = found.get(pool, frozenset()) | {organisation_id}
    return found


def _seen(pool: Pool, members: Sequence[Member], *, told: bool) -> list[PoolOfOthers]:
    """What each member sees of the others, and what all the rest see of the members. Not `told`: how many they are."""
    of_members = [_of_others(own, pool, members, told=told) for own in members]
    return [_of_others(None, pool, members, told=told), *of_members]


def _of_others(own: Member | None, pool: Pool, members: Sequence[Member], *, told: bool) -> PoolOfOthers:
    others = [member for member in members if member is not own]
    keys = [key for key in members[0].compared if all(key in member.compared for member in members)] if told else []
    found = {key: _benchmark(key, own, others) for key in keys}
    return PoolOfOthers(
        PLATFORM if own is None else own.organisation_id,
        pool.key,
        len(others),
        any(member.root.synthetic for member in others),
        {key: value for key, value in found.items() if value is not None},
    )


def _benchmark(key: str, own: Member | None, others: Sequence[Member]) -> Benchmark | None:
    """Of Vet ej nobody is told a place: neither end is the better one."""
    ranked = None if own is None or key.startswith(DONT_KNOW) else own.compared[key]
    return benchmark([member.compared[key] for member in others], ranked)
