"""What all tables share: naming of constraints, and the column that comes first in every key."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, LargeBinary, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """A table. Tables of an organisation have organisation_id first in their primary key."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {bytes: LargeBinary, dict[str, object]: JSONB}  # noqa: RUF012, SQLAlchemy reads it so


class Owned:
    """Mixed into every table of an organisation: protected by row-level security for *web*."""

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


def of_organisation(ondelete: str = "CASCADE") -> ForeignKeyConstraint:
    """Foreign key to the organisation a row belongs to."""
    return ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete=ondelete)


def of_measurement() -> ForeignKeyConstraint:
    """Foreign key to the measurement a row belongs to; it disappears with it."""
    return ForeignKeyConstraint(
        ["organisation_id", "measurement_id"],
        ["measurement.organisation_id", "measurement.id"],
        ondelete="CASCADE",
    )


def of_unit() -> ForeignKeyConstraint:
    """Foreign key to the unit a row belongs to; a unit in use cannot disappear."""
    return ForeignKeyConstraint(["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"])
