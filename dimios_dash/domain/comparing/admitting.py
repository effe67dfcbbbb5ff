"""Who of those that have agreed to be known may be: only while everybody else stays hidden among enough others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from dimios_dash.domain.comparing.choosing_pools import FEWEST_MEMBERS, may_be_known
from dimios_dash.domain.comparing.singling_out import Members
from dimios_dash.domain.comparing.told import Told
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId

_SMALLEST_GROUP: Final = 2


@dataclass(frozen=True, slots=True)
class Known:
    """Organisations by how they are known: as themselves, as a point without a name, and in groups."""

    named: Members
    anonymous: Members
    groups: Mapping[UUID, Members]


def admit(told: Told, sectors: Mapping[OrganisationId, Sector], wished: Known) -> Known:
    """As many as may be known beside all that has been told, in an order that says nothing of anybody.

    `sectors` are of the organisations that are compared this time. Those who are known as themselves first, then
    points, then groups; of these all members that are compared, or none. Who was known before stays so.
    """
    everybody = frozenset(sectors)
    named = _as_many_as_fit(sorted(wished.named & everybody), lambda more: _fits(told, everybody, named=more))
    told = replace(told, named=told.named | named)
    points = _as_many_as_fit(sorted(wished.anonymous & everybody), lambda more: _fits(told, everybody, anonymous=more))
    points = _in_company(points, told.anonymous, sectors)
    points = points if _fits(told, everybody, anonymous=points) else told.anonymous & points
    told = replace(told, anonymous=told.anonymous | points)
    groups: dict[UUID, Members] = {}
    for group in sorted(wished.groups):
        members = wished.groups[group] & everybody
        if len(members) >= _SMALLEST_GROUP and _fits(told, everybody, group=members):
            groups[group] = members
            told = replace(told, groups=(*told.groups, members))
    return Known(named, points, groups)


def _in_company(points: Members, before: Members, sectors: Mapping[OrganisationId, Sector]) -> Members:
    """Those who were points before, and newcomers where a sector has enough of them at once.

    Points stand on the map of a sector. Whoever compares it with the map of an earlier date sees which are new, and
    would know whose a single new one is.
    """
    news = Counter(sectors[one] for one in points - before)
    return frozenset(one for one in points if one in before or news[sectors[one]] >= FEWEST_MEMBERS)


def _fits(
    told: Told,
    everybody: Members,
    *,
    named: Members = frozenset(),
    anonymous: Members = frozenset(),
    group: Members | None = None,
) -> bool:
    """Whether these may be known too."""
    groups = told.groups if group is None else (*told.groups, group)
    more = replace(told, named=told.named | named, anonymous=told.anonymous | anonymous, groups=groups)
    return may_be_known(told.rows, everybody.union(*told.rows), more.reckoned_with)


def _as_many_as_fit(wishes: Sequence[OrganisationId], fit: Callable[[Members], bool]) -> Members:
    """All where all fit; else as many as are found by halves, the first half first."""
    everybody = frozenset(wishes)
    if not wishes or fit(everybody):
        return everybody
    if len(wishes) == 1:
        return frozenset()
    half = len(wishes) // 2
    some = _as_many_as_fit(wishes[:half], fit)
    return some | _as_many_as_fit(wishes[half:], lambda more: fit(some | more))
