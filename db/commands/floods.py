"""A brake on floods through one open link. Knows a link and a minute, and nobody's network address."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models import Throttle
from dimios_dash.domain.scopes import LinkScope

MOST_A_MINUTE: Final = 120  # a full assembly hall answers no faster
_PURPOSE: Final = b"answers through an open link "  # beside failed sign-ins, which are kept by HMACs


def let_in(session: Session, scope: LinkScope, now: datetime) -> bool:
    """Count an attempt of this minute; whether it is one of the first MOST_A_MINUTE.

    For links that many answer through. What is kept says in which minute somebody last tried, and is thrown away with
    the sign-ins. To be called in a transaction of its own: no row may tell which ballot was written with it.
    """
    minute = now.replace(second=0, microsecond=0)
    counted = case((Throttle.last_failure_at == minute, Throttle.failures + 1), else_=1)
    row = {"key": hashlib.sha256(_PURPOSE + scope.code_hash).digest(), "failures": 1, "last_failure_at": minute}
    attempts = session.scalars(
        insert(Throttle)
        .values(**row)
        .on_conflict_do_update(index_elements=[Throttle.key], set_={"failures": counted, "last_failure_at": minute})
        .returning(Throttle.failures)
    ).one()
    return attempts <= MOST_A_MINUTE
