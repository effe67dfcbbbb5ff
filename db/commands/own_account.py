"""What somebody may change of their own account."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.models import Account
from dimios_dash.domain.scopes import DeskScope


def wish_weekly_mail(session: Session, scope: DeskScope, *, wanted: bool) -> None:
    """Whether to be told every week how an open measurement goes."""
    session.execute(
        update(Account)
        .where(Account.organisation_id == scope.organisation_id, Account.id == scope.account_id)
        .values(weekly_mail=wanted)
    )
