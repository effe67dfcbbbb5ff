"""Those who run the measurements of an organisation, to be written to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import Account, Organisation
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import AccountId


@dataclass(frozen=True, slots=True)
class KeyUser:
    """Somebody with an encrypted address."""

    account_id: AccountId
    organisation: str
    address: bytes = field(repr=False)
    weekly_mail: bool  # wants to be told how an open measurement goes


def all_of(session: Session, scope: SystemScope, today: date) -> list[KeyUser]:
    """Key users of the scope's organisation who may sign in."""
    rows = session.execute(
        select(Account.id, Organisation.name, Account.address, Account.weekly_mail)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(
            Account.organisation_id == scope.organisation_id,
            Account.role == Role.KEY_USER,
            ~Account.disabled,
            or_(Account.expires_on.is_(None), Account.expires_on >= today),
        )
        .order_by(Account.id)
    )
    return [KeyUser(AccountId(row.id), row.name, row.address, row.weekly_mail) for row in rows]
