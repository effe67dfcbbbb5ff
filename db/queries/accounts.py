"""What somebody who is signed in may know of their own account."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import NotFound


def own_address(session: Session, scope: DeskScope, vault: AddressVault) -> str:
    """The address the scope's person signs in with. Raises NotFound at the command line."""
    address = session.scalar(
        select(Account.address).where(Account.organisation_id == scope.organisation_id, Account.id == scope.account_id)
    )
    if scope.account_id is None or address is None:
        raise NotFound("Kontot finns inte längre. Logga in igen.")
    return vault.decrypt(scope.account_id, address)


def wants_weekly_mail(session: Session, scope: DeskScope) -> bool:
    """Whether the scope's person is written to every week while a measurement is open; not at the command line."""
    wanted = select(Account.weekly_mail).where(
        Account.organisation_id == scope.organisation_id, Account.id == scope.account_id
    )
    return session.scalar(wanted) or False
