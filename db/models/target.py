"""What an organisation aims at."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_organisation, of_unit


class Target(Owned, Base):
    """A value that one level of a unit should have reached by the measurement of a year; one for each level."""

    __tablename__ = "target"
    __table_args__ = (
        of_organisation(),
        of_unit(),
        ForeignKeyConstraint(
            ["organisation_id", "owner_account"],
            ["account.organisation_id", "account.id"],
            ondelete="SET NULL (owner_account)",
        ),
        UniqueConstraint("organisation_id", "unit_id", "level"),
        Index(None, "organisation_id", "owner_account"),
        CheckConstraint("value between 0 and 100", name="value_on_the_scale"),
        CheckConstraint("owner_account is null or owner_name = ''", name="one_owner"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    level: Mapped[str]  # "index", "F", "F1"
    value: Mapped[float] = mapped_column(Double)  # one decimal
    year: Mapped[int] = mapped_column(SmallInteger)
    owner_name: Mapped[str]  # of somebody without an account; empty where there is one, or nobody
    owner_account: Mapped[UUID | None]
    version: Mapped[int]  # grows with each change
