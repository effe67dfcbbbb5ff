"""The customer and its units."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, DateTime, ForeignKeyConstraint, Index, String, func
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_organisation, of_unit
from dimios_dash.domain.comparing.county import County

_COUNTIES = ", ".join(f"'{code}'" for code in County)


class Organisation(Base):
    """A customer; the platform itself, where operators belong, is the one with the nil id."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("sector in ('kommun', 'myndighet', 'region', 'ovrig', 'plattform')", name="sector_known"),
        CheckConstraint("k in (3, 5, 7, 10)", name="k_allowed"),
        CheckConstraint(f"county in ({_COUNTIES})", name="county_known"),
        CheckConstraint("employees >= 0", name="employees_counted"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    sector: Mapped[str]
    county: Mapped[str | None]  # by its official code
    employees: Mapped[int | None]
    k: Mapped[int] = mapped_column(server_default="3")  # may be raised, never lowered
    synthetic: Mapped[bool] = mapped_column(server_default="false")  # made-up results: said wherever it is named


class Unit(Owned, Base):
    """A unit as it is today. `id` is the organisation's own, and stays the same over the years."""

    __tablename__ = "unit"
    __table_args__ = (
        of_organisation(),
        ForeignKeyConstraint(
            ["organisation_id", "parent_id"],
            ["unit.organisation_id", "unit.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint("parent_id <> id", name="not_own_parent"),
        CheckConstraint("employees >= 0", name="employees_counted"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    parent_id: Mapped[str | None]
    name: Mapped[str]
    activity: Mapped[str] = mapped_column(server_default="ovrigt")
    employees: Mapped[int | None]
    position: Mapped[int] = mapped_column(server_default="0")  # order in the organisation's own file
    closed: Mapped[bool] = mapped_column(server_default="false")
    version: Mapped[int] = mapped_column(server_default="1")  # of its changes; an edit names the one it saw


class UnitChange(Owned, Base):
    """Something that happened to a unit, kept for good: who did it, and between which years' measurements."""

    __tablename__ = "unit_change"
    __table_args__ = (
        of_organisation(),
        of_unit(),
        CheckConstraint(
            "kind in ('created', 'reopened', 'renamed', 'moved', 'described', 'merged', 'split', 'closed')",
            name="kind_known",
        ),
        Index(None, "organisation_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    version: Mapped[int]  # the unit's own, after it
    kind: Mapped[str]
    to_ids: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")  # see domain/trees/lineage.py
    was: Mapped[str | None]
    became: Mapped[str | None]
    after_year: Mapped[int | None]  # the newest measurement whose tree was frozen by then; null: none
    account_id: Mapped[UUID | None]  # null: an operator at the command line
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
