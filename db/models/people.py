"""Those who sign in, their sessions, and what slows down a guesser."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, DateTime, ForeignKeyConstraint, Index, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_organisation
from db.models.vault import of_address_key


class Account(Owned, Base):
    """Somebody who signs in. The address is encrypted with the organisation's key."""

    __tablename__ = "account"
    __table_args__ = (
        of_organisation(),
        of_address_key(),
        ForeignKeyConstraint(["organisation_id", "branch"], ["unit.organisation_id", "unit.id"]),
        CheckConstraint(
            "role in ('key_user', 'sub_administrator', 'account_administrator', 'leader', 'facilitator',"
            " 'evaluator', 'operator')",
            name="role_known",
        ),
        CheckConstraint("language in ('sv', 'en', 'nb', 'fi')", name="language_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[bytes]
    key_generation: Mapped[int | None] = mapped_column(SmallInteger, Computed("get_byte(address, 0)", persisted=True))
    password_hash: Mapped[str]
    role: Mapped[str]
    branch: Mapped[str | None]  # the unit below which this person may see and do things; null: everywhere
    expires_on: Mapped[date | None]
    disabled: Mapped[bool] = mapped_column(server_default="false")
    language: Mapped[str] = mapped_column(server_default="sv")  # of the pages
    weekly_mail: Mapped[bool] = mapped_column(server_default="true")  # how an open measurement goes, to key users


class SignInName(Base):
    """Which account an address signs in to, before the organisation is known.

    Holds an HMAC of the address under a platform key, never the address.
    """

    __tablename__ = "sign_in_name"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "account_id"], ["account.organisation_id", "account.id"], ondelete="CASCADE"
        ),
        Index(None, "organisation_id", "account_id", unique=True),
    )

    address_index: Mapped[bytes] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    account_id: Mapped[UUID]


class SignInSession(Owned, Base):
    """A signed-in browser. Its secret is in the cookie; here is only the hash. Deleting the row signs out."""

    __tablename__ = "sign_in_session"
    __table_args__ = (
        of_organisation(),
        ForeignKeyConstraint(
            ["organisation_id", "account_id"], ["account.organisation_id", "account.id"], ondelete="CASCADE"
        ),
        Index(None, "organisation_id", "account_id"),
    )

    secret_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Throttle(Base):
    """Failed sign-ins of one address or one network address; the key is an HMAC of it."""

    __tablename__ = "throttle"

    key: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_failure_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
