"""What is thrown away when its time is over, in all organisations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.commands.sign_in import FORGET_FAILURES
from db.commands.uploads import KEPT_FOR
from db.models import SignInSession, Throttle, Upload
from dimios_dash.domain.scopes import SystemScope


def throw_away(session: Session, _scope: SystemScope, now: datetime) -> None:
    """Files that nobody said yes to, sessions that have ended, and failed sign-ins that no longer count."""
    session.execute(delete(Upload).where(Upload.uploaded_at < now - KEPT_FOR))
    session.execute(delete(SignInSession).where(SignInSession.expires_at <= now))
    session.execute(delete(Throttle).where(Throttle.last_failure_at <= now - FORGET_FAILURES))
