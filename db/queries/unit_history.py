"""What has happened to units, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.branches import within
from db.models import Account, UnitChange
from dimios_dash.domain.scopes import DeskScope, ResultsScope, SystemScope
from dimios_dash.domain.trees.lineage import Change, ChangeKind
from dimios_dash.ids import UnitId


@dataclass(frozen=True, slots=True)
class Happened:
    """A change, who made it (None: an operator, or an account that is gone) and when."""

    change: Change
    who: str | None
    at: datetime


def of_unit(session: Session, scope: DeskScope, unit_id: UnitId, after_version: int = 0) -> list[Happened]:
    """What has happened to one unit since it had the version, in its order. The caller knows the unit is in reach."""
    rows = session.execute(
        select(UnitChange, Account.name)
        .outerjoin(Account, _account())
        .where(
            UnitChange.organisation_id == scope.organisation_id,
            UnitChange.unit_id == unit_id,
            UnitChange.version > after_version,
        )
        .order_by(UnitChange.at, UnitChange.id)
    )
    return [Happened(_change(row.UnitChange), row.name, row.UnitChange.at) for row in rows]


def last_since(session: Session, scope: DeskScope, moment: datetime) -> Happened | None:
    """The newest change of any unit in the scope after a moment; None where nothing has changed."""
    row = session.execute(
        select(UnitChange, Account.name)
        .outerjoin(Account, _account())
        .where(
            UnitChange.organisation_id == scope.organisation_id,
            UnitChange.at > moment,
            within(scope, UnitChange.unit_id),
        )
        .order_by(UnitChange.at.desc())
        .limit(1)
    ).one_or_none()
    return row and Happened(_change(row.UnitChange), row.name, row.UnitChange.at)


def between(
    session: Session, scope: DeskScope | ResultsScope | SystemScope, year: int, until: int | None = None
) -> list[Change]:
    """What happened to all units of the organisation after a year's tree was frozen, in its order.

    `until`: and before that later year's was. None: until now.
    """
    query = select(UnitChange).where(UnitChange.organisation_id == scope.organisation_id, UnitChange.after_year >= year)
    if until is not None:
        query = query.where(UnitChange.after_year < until)
    return [_change(row) for row in session.scalars(query.order_by(UnitChange.at, UnitChange.id))]


def _account() -> ColumnElement[bool]:
    return (Account.organisation_id == UnitChange.organisation_id) & (Account.id == UnitChange.account_id)


def _change(row: UnitChange) -> Change:
    to = tuple(UnitId(unit_id) for unit_id in row.to_ids)
    return Change(ChangeKind(row.kind), UnitId(row.unit_id), to, row.was, row.became)
