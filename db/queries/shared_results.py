"""What other organisations have agreed to show. The database leaves the own one out, and tells nobody's id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.models import GroupMember, Organisation
from db.models import SharedResult as Packed
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.benchmark import FEWEST_FOR_MEAN
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.size_class import SizeClass
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.sector import Sector

_COLUMNS: Final = (
    *(Packed.part, Packed.computed_on, Packed.sector, Packed.size, Packed.county, Packed.name, Packed.synthetic),
    *(Packed.keys, Packed.mean),
)


@dataclass(frozen=True, slots=True)
class SharedResult:
    """One other organisation. Only this module makes it."""

    part: str
    computed_on: date
    sector: Sector
    size: SizeClass | None
    county: County | None
    name: str | None  # None: it has not agreed to being named
    synthetic: bool
    values: Mapping[str, float | None]  # 0-100, one decimal, by "index", "F", "F1", "F1.1", as many as were agreed to


@dataclass(frozen=True, slots=True)
class GroupResults:
    """A group that the own organisation belongs to, with the results of those members that have some."""

    group_id: UUID
    name: str
    members: tuple[SharedResult, ...]  # by name, the own one left out


def points(session: Session, scope: ResultsScope) -> tuple[SharedResult, ...]:
    """Other organisations of the sector on the map of the scope's year, the named ones first.

    Those without a name are there only together with at least four more of them.
    """
    found = _read(session, scope, Packed.part.in_((Consent.NAMED, Consent.POINT)), _own_sector(scope))
    named = sorted((each for each in found if each.name is not None), key=lambda each: each.name or "")
    unnamed = [each for each in found if each.name is None]
    return (*named, *(unnamed if len(unnamed) >= FEWEST_FOR_MEAN else ()))


def comparable(session: Session, scope: ResultsScope) -> tuple[SharedResult, ...]:
    """Organisations of all sectors that may be chosen as similar ones, in the scope's year."""
    return tuple(_read(session, scope, Packed.part == Consent.SIMILAR))


def areas(session: Session, scope: ResultsScope) -> Mapping[Activity, tuple[SharedResult, ...]]:
    """Activity areas of other organisations of the sector, in the scope's year."""
    found: dict[Activity, tuple[SharedResult, ...]] = {}
    for each in _read(session, scope, Packed.part.like(f"{Consent.AREAS}:%"), _own_sector(scope)):
        area = Activity(each.part.partition(":")[2])
        found[area] = (*found.get(area, ()), each)
    return found


def groups(session: Session, scope: ResultsScope) -> tuple[GroupResults, ...]:
    """The groups of the own organisation, by name, with their other members' results of the scope's year."""
    names = session.execute(
        select(GroupMember.group_id, GroupMember.group_name).where(GroupMember.organisation_id == scope.organisation_id)
    )
    of_groups = _read(session, scope, Packed.group_id.is_not(None))
    return tuple(
        GroupResults(row.group_id, row.group_name, tuple(each for each in of_groups if _is_of(each, row.group_id)))
        for row in sorted(names, key=lambda row: row.group_name)
    )


def _is_of(each: SharedResult, group_id: UUID) -> bool:
    return each.part == f"group:{group_id}"


def _read(session: Session, scope: ResultsScope, *wanted: ColumnElement[bool]) -> list[SharedResult]:
    """In an order that tells nothing of whose they are: by name, then by value."""
    rows = session.execute(
        select(*_COLUMNS).where(Packed.year == scope.year, *wanted).order_by(Packed.part, Packed.name, Packed.mean)
    )
    return [_result(row) for row in rows]


def _own_sector(scope: ResultsScope) -> ColumnElement[bool]:
    own = select(Organisation.sector).where(Organisation.id == scope.organisation_id).scalar_subquery()
    return Packed.sector == own


def _result(row: Any) -> SharedResult:
    return SharedResult(
        row.part,
        row.computed_on,
        Sector(row.sector),
        None if row.size is None else SizeClass(row.size),
        None if row.county is None else County(row.county),
        row.name,
        row.synthetic,
        dict(zip(row.keys, row.mean, strict=True)),
    )
