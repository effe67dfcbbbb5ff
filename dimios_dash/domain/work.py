"""What the worker does for a measurement: kinds and states of its jobs, and how far an invitation's mail has come."""

from __future__ import annotations

from enum import StrEnum


class JobKind(StrEnum):
    RELEASE = "release"
    BENCHMARKS = "benchmarks"  # the platform's own, on fixed dates
    BOXES = "boxes"  # the platform's own, every night: ballots are remixed, old boxes destroyed
    WEEKLY_MAIL = "weekly_mail"  # the platform's own, every Monday: key users are told how it goes
    CANCELLATION = "cancellation"  # a measurement has been cancelled: its box is destroyed at once


class JobState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"


UNDER_WAY = (JobState.WAITING, JobState.CLAIMED)


class MailState(StrEnum):
    """Of an invitation. Uncertain: the worker stopped while sending, so nobody knows whether it was sent."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    BOUNCED = "bounced"
    UNCERTAIN = "uncertain"


class OutboxState(StrEnum):
    """Of one mail. Uncertain is never sent again by itself; dropped: it had become needless when its turn came."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    DROPPED = "dropped"


INVITATION = "invitation"  # kinds of mail in the outbox; a reminder is "reminder1", "reminder2" and so on
REMINDED = (MailState.SENT, MailState.UNCERTAIN)  # whose invitation may have arrived: a reminder brings the same link


def reminder(number: int) -> str:
    """The kind of the mails of a round of reminders, counted from 1."""
    return f"reminder{number}"
