"""Benchmarks on fixed dates: each organisation beside the others of its sector, from released results only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.commands import benchmarks as commands
from db.commands.benchmarks import PoolOfOthers
from db.queries import benchmarks as queries
from db.queries.benchmarks import SECTOR_POOL, RootResult
from dimios_dash import instruments
from dimios_dash.domain.benchmark import Benchmark, benchmark
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.scoring import levels
from dimios_dash.ids import OrganisationId

FEWEST_ANSWERS = 10  # respondents in the whole organisation


@dataclass(frozen=True, slots=True)
class Member:
    """One organisation of a pool. `values` holds index, dimensions, categories and statements; None where hidden."""

    organisation_id: OrganisationId
    synthetic: bool
    values: Mapping[str, float | None]


def compute(session: Session, scope: SystemScope, year: int, today: date) -> int:
    """Replace the year's benchmarks of the whole platform; how many organisations have got one.

    Organisations with at least ten respondents are compared, each with the others of its sector.
    """
    pools: dict[str, list[Member]] = {}
    for root in queries.released_roots(session, scope, year):
        if root.answered >= FEWEST_ANSWERS:
            pools.setdefault(SECTOR_POOL + root.sector, []).append(_member(root))
    seen = [_seen_by(own, pool, members) for pool, members in pools.items() for own in members]
    commands.replace_year(session, scope, year, seen, today)
    return len(seen)


def _member(root: RootResult) -> Member:
    above = {level.key: level.mean for level in levels(instruments.load(root.instrument_version), root.means)}
    statements = {str(key): mean for key, mean in root.means.items()}
    return Member(root.organisation_id, root.synthetic, above | statements)


def _seen_by(own: Member, pool: str, members: Sequence[Member]) -> PoolOfOthers:
    others = [member for member in members if member is not own]
    found = {key: _benchmark(key, others) for key in own.values}
    return PoolOfOthers(
        own.organisation_id,
        pool,
        len(others),
        any(member.synthetic for member in others),
        {key: value for key, value in found.items() if value is not None},
    )


def _benchmark(key: str, others: Sequence[Member]) -> Benchmark | None:
    return benchmark([value for member in others if (value := member.values.get(key)) is not None])
