"""What somebody may change of their own account."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.models import Account
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.language import Language


def wish_weekly_mail(session: Session, scope: DeskScope, *, wanted: bool) -> None:
    """Whether to be told every week how an open measurement goes."""
    session.execute(
        update(Account)
        .where(Account.organisation_id == scope.organisation_id, Account.id == scope.account_id)
        .values(weekly_mail=wanted)
    )


def choose_language(session: Session, scope: DeskScope, language: Language) -> None:
    """The language of the pages from now on."""
    session.execute(
        update(Account)
        .where(Account.organisation_id == scope.organisation_id, Account.id == scope.account_id)
        .values(language=language)
    )
