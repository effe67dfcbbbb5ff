"""What organisations have agreed to show, on fixed dates: only while nobody else can be reckoned out by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from db.commands import benchmarks as memory
from db.commands import shared_results as commands
from db.commands.shared_results import Shared
from db.queries import area_results, consents, told_pools
from db.queries.area_results import Areas
from db.queries.benchmarks import RootResult
from dimios_dash import instruments
from dimios_dash.domain.comparing.admitting import Known, admit
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.singling_out import Members
from dimios_dash.domain.comparing.told import ANONYMOUS, GROUP, NAMED
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.scoring import INDEX_KEY, Means, levels
from dimios_dash.ids import OrganisationId

Values = Mapping[str, float]
Given = Mapping[OrganisationId, frozenset[Consent]]

# Others learn what is whose, or can reckon it out: of areas too, and an area may be all that an organisation has.
_OPEN: Final = frozenset({Consent.NAMED, Consent.SIMILAR, Consent.AREAS})
_ON_THE_MAP: Final = (INDEX_KEY, "F", "A")


def share(
    session: Session, scope: SystemScope, year: int, compared: Sequence[tuple[RootResult, Values]], day: date
) -> None:
    """Store what is agreed to of the year, instead of what was shared before, and remember who is known by it."""
    sectors = {root.organisation_id: root.sector for root, _ in compared}
    given = consents.of_everybody(session, scope)
    wished = Known(*_wished(given), consents.memberships(session, scope))
    known = admit(told_pools.of_year(session, scope, year), sectors, wished)
    with_areas = known.named & {one for one, kinds in given.items() if Consent.AREAS in kinds}
    areas = area_results.of_year(session, scope, year, with_areas)
    shown = [
        *(row for root, values in compared for row in _of_the_whole(root, values, given, known)),
        *(row for root, _ in compared for row in _of_areas(root, areas.get(root.organisation_id, {}))),
    ]
    commands.replace_year(session, scope, year, shown, day)
    groups = {f"{GROUP}{group}": members for group, members in known.groups.items()}
    memory.remember(session, scope, year, {NAMED: known.named, ANONYMOUS: known.anonymous, **groups}, day)


def _wished(given: Given) -> tuple[Members, Members]:
    """Who has agreed to be known, and who only to be a point."""
    named = frozenset(one for one, kinds in given.items() if kinds & _OPEN)
    return named, frozenset(one for one, kinds in given.items() if Consent.POINT in kinds) - named


def _of_the_whole(root: RootResult, values: Values, given: Given, known: Known) -> Iterator[Shared]:
    """A point, with its name or without; all values for those who look for their like; and for each group."""
    own, kinds = root.organisation_id, given.get(root.organisation_id, frozenset())
    on_the_map = {key: values[key] for key in _ON_THE_MAP}
    if own in known.named and Consent.NAMED in kinds:
        yield Shared(own, Consent.NAMED, on_the_map, root.sector, root.synthetic, name=root.name)
    elif own in known.named | known.anonymous and Consent.POINT in kinds:
        yield Shared(own, Consent.POINT, on_the_map, root.sector, root.synthetic)
    if own in known.named and Consent.SIMILAR in kinds:
        row = Shared(own, Consent.SIMILAR, values, root.sector, root.synthetic)
        yield replace(row, size=root.size, county=root.county)
    in_groups = {key: value for key, value in values.items() if key not in root.means}  # no statement is agreed to
    for group, members in known.groups.items():
        if own in members:
            yield Shared(own, group, in_groups, root.sector, root.synthetic, name=root.name, seen_by=members)


def _of_areas(root: RootResult, areas: Areas) -> Iterator[Shared]:
    for area, means in areas.items():
        values = _levels(root, means) | {str(key): mean for key, mean in means.items()}
        yield Shared(root.organisation_id, Consent.AREAS, values, root.sector, root.synthetic, area)


def _levels(root: RootResult, means: Means) -> dict[str, float | None]:
    return {level.key: level.mean for level in levels(instruments.load(root.instrument_version), means)}
