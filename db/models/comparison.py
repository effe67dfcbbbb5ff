"""Two releases compared, packed: one row per unit of the later tree, arrays over statements and levels."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ARRAY, REAL, CheckConstraint, Double, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_measurement, of_organisation


class YearComparison(Owned, Base):
    """What changed in one unit between two measurements, and how sure that is; null where it cannot be compared.

    The order of all arrays is that of `domain.statistics.level_columns` for the later measurement's instrument.
    """

    __tablename__ = "year_comparison"
    __table_args__ = (
        of_organisation(),
        of_measurement(),
        ForeignKeyConstraint(
            ["organisation_id", "later_id"], ["measurement.organisation_id", "measurement.id"], ondelete="CASCADE"
        ),
        CheckConstraint(
            "cardinality(margin) = cardinality(difference) and cardinality(adjusted_p) = cardinality(difference)"
            " and cardinality(hedges_g) = cardinality(difference) and cardinality(smallest) = cardinality(difference)",
            name="arrays_of_one_length",
        ),
    )

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)  # the earlier one
    later_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)  # in the later tree
    answered_before: Mapped[int]  # respondents then of what belongs to the unit now
    same_people: Mapped[bool]  # they are those who answered in the unit with this id then
    difference: Mapped[list[float | None]] = mapped_column(ARRAY(REAL))  # points, one decimal, later less earlier
    margin: Mapped[list[float | None]] = mapped_column(ARRAY(REAL))  # half the 95 % interval, one decimal
    adjusted_p: Mapped[list[float | None]] = mapped_column(ARRAY(Double))  # certain from .05 down
    hedges_g: Mapped[list[float | None]] = mapped_column(ARRAY(REAL))  # two decimals
    smallest: Mapped[list[float | None]] = mapped_column(ARRAY(REAL))  # points that would be certain by themselves
