"""Signing in and out: sessions as rows, and a brake on guessing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models import Account, SignInSession, Throttle
from db.queries.identity import SignInAccount
from dimios_dash.crypto.tokens import new_session_secret, token_hash
from dimios_dash.domain.scopes import DeskScope, SignInScope

SESSION_LENGTH = timedelta(hours=12)
FORGET_FAILURES = timedelta(minutes=15)
FREE_FAILURES = {"address": 5, "place": 30}  # many people share the network address of a town hall


def is_braked(session: Session, scope: SignInScope, now: datetime) -> bool:
    """Whether this address, or this place, has guessed wrong too often in the last quarter of an hour."""
    rows = session.execute(
        select(Throttle.key, Throttle.failures).where(
            Throttle.key.in_([scope.address_index, scope.place_index]),
            Throttle.last_failure_at > now - FORGET_FAILURES,
        )
    )
    failures: dict[bytes, int] = {row.key: row.failures for row in rows}
    return (
        failures.get(scope.address_index, 0) >= FREE_FAILURES["address"]
        or failures.get(scope.place_index, 0) >= FREE_FAILURES["place"]
    )


def record_failure(session: Session, scope: SignInScope, now: datetime) -> None:
    """Count a wrong password for the address and the place; old failures are forgotten."""
    for key in sorted({scope.address_index, scope.place_index}):  # one order, so that two requests never deadlock
        is_recent = Throttle.last_failure_at > now - FORGET_FAILURES
        counted = case((is_recent, Throttle.failures + 1), else_=1)
        session.execute(
            insert(Throttle)
            .values(key=key, failures=1, last_failure_at=now)
            .on_conflict_do_update(index_elements=[Throttle.key], set_={"failures": counted, "last_failure_at": now})
        )


def start_session(session: Session, scope: SignInScope, account: SignInAccount, now: datetime) -> str:
    """A new session's secret, for the cookie; the address's failures are forgotten."""
    secret = new_session_secret(account.organisation_id)
    session.execute(delete(Throttle).where(Throttle.key == scope.address_index))
    session.add(
        SignInSession(
            organisation_id=account.organisation_id,
            secret_hash=token_hash(secret),
            account_id=account.account_id,
            created_at=now,
            expires_at=now + SESSION_LENGTH,
        )
    )
    return secret


def store_password(session: Session, _scope: SignInScope, account: SignInAccount, password_hash: str) -> None:
    """Keep a hash made with today's parameters."""
    session.execute(
        update(Account)
        .where(Account.organisation_id == account.organisation_id, Account.id == account.account_id)
        .values(password_hash=password_hash)
    )


def end_session(session: Session, scope: DeskScope, secret: str) -> None:
    """Sign out one browser."""
    session.execute(
        delete(SignInSession).where(
            SignInSession.organisation_id == scope.organisation_id, SignInSession.secret_hash == token_hash(secret)
        )
    )
