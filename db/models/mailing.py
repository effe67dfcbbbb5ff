"""How mails are sent: how fast, when people are reminded, and what comes back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_measurement, of_organisation


class MailPace(Owned, Base):
    """How fast an organisation's mails may go out; the platform's own row holds for all of them together."""

    __tablename__ = "mail_pace"
    __table_args__ = (of_organisation(), CheckConstraint("per_minute > 0", name="per_minute_counted"))

    per_minute: Mapped[int | None]  # null: as fast as it goes
    free_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # the worker's: when the next is due


class ReminderRound(Owned, Base):
    """A day on which those who have not answered are reminded; numbered once its mails are in the outbox."""

    __tablename__ = "reminder_round"
    __table_args__ = (
        of_organisation(),
        of_measurement(),
        UniqueConstraint("organisation_id", "measurement_id", "number"),
        CheckConstraint("number > 0", name="numbered"),
    )

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int | None]  # its mails are of the kind "reminder<number>"


class ReturnedMail(Owned, Base):
    """That something came back, and for which mail: never the message, an address or a time of day."""

    __tablename__ = "returned_mail"
    __table_args__ = (
        of_organisation(),
        CheckConstraint("outcome in ('failed', 'delayed', 'automatic', 'unplaced')", name="outcome_known"),
        CheckConstraint("organisation_id = '00000000-0000-0000-0000-000000000000'", name="platforms_own"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    outcome: Mapped[str]
    outbox_id: Mapped[UUID | None]  # until the worker has seen to it
    status: Mapped[str | None]  # as in "5.1.1"
