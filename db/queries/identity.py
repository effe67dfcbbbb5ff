"""Who somebody is and what an id from a browser stands for: what access.py needs before there is a scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from db.models import Account, Measurement, OpenCodeOwner, Organisation, Placement, SignInName, SignInSession
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import AccountId, MeasurementId, OrganisationId, UnitId
from dimios_dash.language import Language
from dimios_dash.users import User


@dataclass(frozen=True, slots=True)
class SignInAccount:
    """Where an address signs in to."""

    organisation_id: OrganisationId
    account_id: AccountId


@dataclass(frozen=True, slots=True)
class ReleasedYear:
    """A released measurement."""

    measurement_id: MeasurementId
    year: int


def account_of(session: Session, address_index: bytes) -> SignInAccount | None:
    """The account an address signs in to; None for a stranger."""
    row = session.execute(
        select(SignInName.organisation_id, SignInName.account_id).where(SignInName.address_index == address_index)
    ).one_or_none()
    return row and SignInAccount(OrganisationId(row.organisation_id), AccountId(row.account_id))


def password_hash(session: Session, account: SignInAccount, now: datetime) -> str | None:
    """The stored password of an account that may sign in; None when it is closed or has expired."""
    return session.scalar(
        select(Account.password_hash).where(
            Account.organisation_id == account.organisation_id,
            Account.id == account.account_id,
            _may_sign_in(now),
        )
    )


def user_of_session(
    session: Session, organisation_id: OrganisationId, secret_hash: bytes, now: datetime
) -> User | None:
    """The signed-in user; None when the session is unknown, revoked or has ended."""
    row = session.execute(
        select(
            Account.id,
            Account.name,
            Account.role,
            Account.branch,
            Account.language,
            Organisation.name.label("organisation"),
        )
        .join(
            SignInSession,
            (SignInSession.organisation_id == Account.organisation_id) & (SignInSession.account_id == Account.id),
        )
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(
            SignInSession.organisation_id == organisation_id,
            SignInSession.secret_hash == secret_hash,
            SignInSession.expires_at > now,
            _may_sign_in(now),
        )
    ).one_or_none()
    if row is None:
        return None
    branch = None if row.branch is None else UnitId(row.branch)
    role, language = Role(row.role), Language(row.language)
    return User(AccountId(row.id), organisation_id, row.organisation, row.name, role, branch, language)


def organisation_of_code(session: Session, code_hash: bytes) -> OrganisationId | None:
    """Whose open link a code belongs to; None for a code that nobody has made."""
    found = session.scalar(select(OpenCodeOwner.organisation_id).where(OpenCodeOwner.code_hash == code_hash))
    return None if found is None else OrganisationId(found)


def released_years(session: Session, organisation_id: OrganisationId) -> list[ReleasedYear]:
    """The organisation's released measurements, newest first."""
    rows = session.connection().execute(_RELEASED, {"organisation": organisation_id})
    return [ReleasedYear(MeasurementId(row.id), row.year) for row in rows]


def parents(
    session: Session, organisation_id: OrganisationId, measurement_id: MeasurementId
) -> dict[UnitId, UnitId | None]:
    """The tree of one measurement: each unit's parent; None for the whole."""
    whose = {"organisation": organisation_id, "measurement": measurement_id}
    rows = session.connection().execute(_TREE, whose)
    return {UnitId(unit): None if parent is None else UnitId(parent) for unit, parent in rows}


# Asked before every page of results, and written once: to put one together takes longer than to ask it.
_RELEASED: Final = (
    select(Measurement.id, Measurement.year)
    .where(Measurement.organisation_id == bindparam("organisation"), Measurement.state == MeasurementState.RELEASED)
    .order_by(Measurement.year.desc())
)
_TREE: Final = select(Placement.unit_id, Placement.parent_id).where(
    Placement.organisation_id == bindparam("organisation"), Placement.measurement_id == bindparam("measurement")
)


def _may_sign_in(now: datetime) -> ColumnElement[bool]:
    today = today_in_stockholm(now)
    return (~Account.disabled) & (Account.expires_on.is_(None) | (Account.expires_on >= today))
