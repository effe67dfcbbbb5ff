"""What waits to be done, what waits for a yes, and what has been done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_measurement, of_organisation
from db.models.vault import of_address_key


class Outbox(Owned, Base):
    """A mail to be sent. Holds ids, never addresses, bodies or links."""

    __tablename__ = "outbox"
    __table_args__ = (
        of_organisation(),
        of_measurement(),
        ForeignKeyConstraint(
            ["organisation_id", "invitation_id"],
            ["invitation.organisation_id", "invitation.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("organisation_id", "measurement_id", "invitation_id", "kind"),
        CheckConstraint("kind ~ '^(invitation|reminder[0-9]+)$'", name="kind_known"),
        CheckConstraint(
            "state in ('waiting', 'claimed', 'sent', 'uncertain', 'failed', 'dropped')", name="state_known"
        ),
        Index(
            "ix_outbox_waiting",
            *("organisation_id", "measurement_id", "due_at", "id"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_outbox_returned", "id"),  # a returned mail names no organisation
        Index("ix_outbox_claimed", "lease_until", postgresql_where=text("state = 'claimed'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    measurement_id: Mapped[UUID]
    invitation_id: Mapped[UUID]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="waiting")
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    lease_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(server_default="0")
    error: Mapped[str | None]


class Job(Owned, Base):
    """Long work for the worker, with its progress."""

    __tablename__ = "job"
    __table_args__ = (
        of_organisation(),
        CheckConstraint("state in ('waiting', 'claimed', 'done', 'failed')", name="state_known"),
        Index("ix_job_waiting", "due_at", postgresql_where=text("state in ('waiting', 'claimed')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    measurement_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(server_default="waiting")
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    lease_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(server_default="0")
    done: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int | None]
    message: Mapped[str | None]


class Upload(Owned, Base):
    """A file that waits for its owner's yes; encrypted, because respondents' addresses may be in it."""

    __tablename__ = "upload"
    __table_args__ = (of_organisation(), of_address_key())

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    kind: Mapped[str]
    filename: Mapped[str]
    content: Mapped[bytes]
    key_generation: Mapped[int | None] = mapped_column(SmallInteger, Computed("get_byte(content, 0)", persisted=True))
    uploaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AuditEvent(Owned, Base):
    """Something somebody did. Never holds an address or an answer."""

    __tablename__ = "audit_event"
    __table_args__ = (of_organisation(),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    account_id: Mapped[UUID | None]  # null: the worker or an operator at the command line
    event: Mapped[str]
    details: Mapped[dict[str, object]]


class Incident(Owned, Base):
    """Something that an operator has to look at. Never holds an address, an answer or a result."""

    __tablename__ = "incident"
    __table_args__ = (
        of_organisation(),
        CheckConstraint("kind in ('leak', 'skipped_ballots', 'job_failed')", name="kind_known"),
        Index("ix_incident_untold", "at", postgresql_where=text("not told")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    kind: Mapped[str]
    measurement_id: Mapped[UUID | None]
    reference: Mapped[str]
    details: Mapped[dict[str, object]]
    told: Mapped[bool] = mapped_column(server_default="false")  # by mail to the support address
