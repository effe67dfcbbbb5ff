"""What a release shows beside the means: role types, distributions, Vet ej. Read where they are needed, not before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Release
from db.models import ReleasedUnit as Packed
from db.released_branch import from_highest_down
from db.role_group import RoleGroup
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.domain.gate.finer_hidden import FinerHidden
from dimios_dash.domain.gate.split_blunting import Bound
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import StatementKey, UnitId


@dataclass(frozen=True, slots=True)
class ReleasedGroup:
    """The mean of one group of role types."""

    group: RoleGroup
    mean: float  # 0-100, one decimal
    bound: Bound


@dataclass(frozen=True, slots=True)
class ReleasedDetail:
    """One cell. Of each value and its reason exactly one is there. Only this module makes it."""

    statement: StatementKey
    groups: tuple[ReleasedGroup, ...]  # 1+2 and 3, or all four; without those that nobody is in
    groups_hidden: FinerHidden | None
    counts: tuple[int, ...] | None  # protected numbers of answers, lowest point first
    counts_hidden: FinerHidden | None
    dont_know: float | None  # share of Vet ej, 0-1, three decimals
    dont_know_hidden: FinerHidden | None


def of_release(session: Session, scope: ResultsScope) -> dict[UnitId, tuple[ReleasedDetail, ...]]:
    """Details of every unit from the user's highest down, in the order of the instrument's statements."""
    below = from_highest_down(scope)
    rows = session.execute(
        select(Packed, Release.statements)
        .join(below, below.c.unit_id == Packed.unit_id)
        .join(Release, Release.measurement_id == Packed.measurement_id)
        .where(
            Packed.measurement_id == scope.measurement_id,
            *(table.organisation_id == scope.organisation_id for table in (Packed, Release)),
        )
    )
    return {UnitId(row.ReleasedUnit.unit_id): tuple(_details(row.ReleasedUnit, row.statements)) for row in rows}


def of_unit(session: Session, scope: ResultsScope) -> tuple[ReleasedDetail, ...]:
    """Details of the scope's unit alone, in the order of the instrument's statements."""
    row = session.execute(
        select(Packed, Release.statements)
        .join(Release, Release.measurement_id == Packed.measurement_id)
        .where(
            Packed.measurement_id == scope.measurement_id,
            Packed.unit_id == scope.unit_id,
            *(table.organisation_id == scope.organisation_id for table in (Packed, Release)),
        )
    ).one()
    return tuple(_details(row.ReleasedUnit, row.statements))


def _details(packed: Packed, statements: Sequence[str]) -> Iterator[ReleasedDetail]:
    few = FinerHidden.FEW_RESPONDENTS if packed.answered else FinerHidden.NO_RESPONDENTS
    for place, key in enumerate(statements):
        shown = packed.hidden[place] == Hidden.SHOWN
        groups, counts = tuple(_groups(packed, place)), _counts(packed, place)
        dont_know = packed.dont_know[place] if packed.dont_know else None
        yield ReleasedDetail(
            statement=StatementKey(key),
            groups=groups,
            groups_hidden=None if groups else _reason(FinerHidden.SMALL_ROLE_GROUPS, shown=shown),
            counts=counts,
            counts_hidden=None if counts else _reason(FinerHidden.SMALL_DISTRIBUTION, shown=shown),
            dont_know=dont_know,
            dont_know_hidden=few if dont_know is None else None,
        )


def _reason(small: FinerHidden, *, shown: bool) -> FinerHidden:
    return small if shown else FinerHidden.HIDDEN_MEAN


def _groups(packed: Packed, place: int) -> Iterator[ReleasedGroup]:
    if packed.role_mean is None or packed.role_bound is None:
        return
    for group, mean, bound in zip(RoleGroup, packed.role_mean[place], packed.role_bound[place], strict=True):
        if mean is not None:
            yield ReleasedGroup(group, mean, Bound(bound))


def _counts(packed: Packed, place: int) -> tuple[int, ...] | None:
    """None where no distribution is shown."""
    if packed.distribution is None or not any(packed.distribution[place]):
        return None
    return tuple(packed.distribution[place])
