"""What an organisation aims at, and who may see to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import Account
from db.models import Target as Row
from db.released_branch import STATEMENTS_KEPT, from_highest_down
from dimios_dash.domain.scopes import DeskScope, ResultsScope
from dimios_dash.ids import AccountId, TargetId, UnitId


@dataclass(frozen=True, slots=True)
class Target:
    """One target. `owner` is the name to show, of an account or as it was written; empty: nobody yet."""

    id: TargetId
    unit_id: UnitId
    level: str  # "index", "F", "F1"
    value: float  # 0-100, one decimal
    year: int  # of the measurement that should show it
    owner: str
    owner_account: AccountId | None
    version: int


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody with an account who can see to a target."""

    account_id: AccountId
    name: str


def of_branch(session: Session, scope: ResultsScope) -> tuple[Target, ...]:
    """Targets of every unit from the user's highest down, by unit and level."""
    return tuple(_target(row.Target, row.name) for row in session.execute(_of_branch(scope)))


@lru_cache(STATEMENTS_KEPT)
def _of_branch(scope: ResultsScope) -> Select[Row, str]:
    below = from_highest_down(scope)
    return (
        select(Row, Account.name)
        .join(below, below.c.unit_id == Row.unit_id)
        .outerjoin(Account, (Account.organisation_id == Row.organisation_id) & (Account.id == Row.owner_account))
        .where(Row.organisation_id == scope.organisation_id)
        .order_by(Row.unit_id, Row.level)
    )


def possible_owners(session: Session, scope: DeskScope) -> tuple[Owner, ...]:
    """Everybody who signs in to the organisation, by name."""
    rows = session.execute(
        select(Account.id, Account.name)
        .where(Account.organisation_id == scope.organisation_id, ~Account.disabled)
        .order_by(Account.name, Account.id)
    )
    return tuple(Owner(AccountId(row.id), row.name) for row in rows)


def _target(row: Row, account: str | None) -> Target:
    return Target(
        TargetId(row.id),
        UnitId(row.unit_id),
        row.level,
        row.value,
        row.year,
        account or row.owner_name,
        None if row.owner_account is None else AccountId(row.owner_account),
        row.version,
    )
