"""What became of each mail that the worker had claimed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, update
from sqlalchemy.orm import Session

from db.commands.sending import Claimed
from db.models import Invitation, Outbox
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.work import INVITATION, MailState, OutboxState

SOON = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
MOST_ATTEMPTS = 12  # over about a day: as long as other mail servers try


def mark_sent(session: Session, _scope: SystemScope, mail: Claimed) -> None:
    """The server has taken it."""
    _settle(session, mail, MailState.SENT, OutboxState.SENT)


def mark_bounced(session: Session, _scope: SystemScope, mail: Claimed, error: str) -> None:
    """The receiver's server refuses it for good; that a reminder was refused says it of the address too."""
    _settle(session, mail, MailState.BOUNCED, OutboxState.FAILED, why=error)


def mark_failed(session: Session, _scope: SystemScope, mail: Claimed, error: str) -> None:
    """We cannot write it or have tried long enough; nothing has been sent."""
    _settle(session, mail, MailState.NOT_SENT, OutboxState.FAILED, why=error)


def mark_uncertain(session: Session, _scope: SystemScope, mail: Claimed, error: str) -> None:
    """Nobody knows whether the server has taken it."""
    _settle(session, mail, MailState.UNCERTAIN, OutboxState.UNCERTAIN, why=error)


def postpone(session: Session, scope: SystemScope, mail: Claimed, now: datetime, error: str) -> None:
    """Try again later, after longer and longer waits; give up after MOST_ATTEMPTS."""
    if mail.attempt >= MOST_ATTEMPTS:
        mark_failed(session, scope, mail, error)
        return
    due = now + min(SOON * 2**mail.attempt, LONGEST_WAIT)
    _settle(session, mail, MailState.NOT_SENT, OutboxState.WAITING, wait_until=due, why=error)


def put_back(session: Session, _scope: SystemScope, mail: Claimed, now: datetime) -> None:
    """Our own server cannot be reached: try again soon, and do not count it as an attempt at this mail."""
    soon = {"wait_until": now + SOON, "attempts_now": mail.attempt - 1}
    _settle(session, mail, MailState.NOT_SENT, OutboxState.WAITING, **soon)


def _settle(session: Session, mail: Claimed, invitation: MailState, state: OutboxState, **values: object) -> None:
    """Write what became of a claim, unless somebody has claimed it anew since.

    A reminder leaves the invitation be, unless it has bounced.
    """
    connection, which = session.connection(), {"organisation": mail.organisation_id}
    kept = {"became": state, "wait_until": None, "attempts_now": mail.attempt, "why": None} | values
    settled = connection.execute(_SETTLE, which | kept | {"mail": mail.id, "attempt": mail.attempt})
    if settled.rowcount and (mail.kind == INVITATION or invitation is MailState.BOUNCED):
        connection.execute(_SETTLE_INVITATION, which | {"invitation": mail.invitation_id, "became": invitation})


# Built once, as the claim is: they are run for every mail.

_SETTLE = (
    update(Outbox)
    .where(
        Outbox.organisation_id == bindparam("organisation"),
        Outbox.id == bindparam("mail"),
        Outbox.attempts == bindparam("attempt"),
        Outbox.state.in_([OutboxState.CLAIMED, OutboxState.UNCERTAIN]),  # its lease may just have ended
    )
    .values(
        state=bindparam("became"),
        due_at=func.coalesce(bindparam("wait_until", type_=Outbox.due_at.type), Outbox.due_at),
        lease_until=None,
        attempts=bindparam("attempts_now"),
        error=bindparam("why"),
    )
)
_SETTLE_INVITATION = (
    update(Invitation)
    .where(Invitation.organisation_id == bindparam("organisation"), Invitation.id == bindparam("invitation"))
    .values(mail=bindparam("became"))
)
