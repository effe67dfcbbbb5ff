"""What anybody may see of a closed measurement, packed: one row per unit, arrays over the statements."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Double, Index, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_measurement, of_organisation


class Release(Owned, Base):
    """The frozen, disclosure-controlled results of one measurement. Carries no time."""

    __tablename__ = "release"
    __table_args__ = (of_organisation(), of_measurement())

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)
    statements: Mapped[list[str]] = mapped_column(ARRAY(Text))  # the order of every array below
    skipped_ballots: Mapped[int] = mapped_column(server_default="0")  # could not be opened


class ReleasedUnit(Owned, Base):
    """One unit's released numbers."""

    __tablename__ = "released_unit"
    __table_args__ = (
        of_organisation(),
        of_measurement(),
        CheckConstraint(
            "cardinality(mean) = cardinality(hidden) and cardinality(mean) = cardinality(home)"
            " and cardinality(mean) = cardinality(lifted) and cardinality(mean) = cardinality(bound)",
            name="arrays_of_one_length",
        ),
    )

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)
    answered: Mapped[int]  # respondents who answered in the unit and below
    invited: Mapped[int | None]  # invited by e-mail; null where it is not known (moved in from another tool)
    mean: Mapped[list[float | None]] = mapped_column(ARRAY(Double))  # 0-100, one decimal
    hidden: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))  # domain.disclosure.Hidden
    home: Mapped[list[str | None]] = mapped_column(ARRAY(Text))  # unit where the unit's own answers are counted
    lifted: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))  # 1: some answers are counted higher up
    bound: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))  # 1 "eller högre", -1 "eller lägre"


class ReleasedPiece(Owned, Base):
    """Number and blunted sum of the answers counted at a unit; kept for regrouping, never shown."""

    __tablename__ = "released_piece"
    __table_args__ = (of_organisation(), of_measurement())

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    total: Mapped[list[int]] = mapped_column(ARRAY(Integer))


class Benchmark(Owned, Base):
    """What one organisation may see of the others: a pool of a year, itself left out, computed on a fixed date."""

    __tablename__ = "benchmark"
    __table_args__ = (
        of_organisation(),
        CheckConstraint("organisations >= 0", name="organisations_counted"),
    )

    year: Mapped[int] = mapped_column(primary_key=True)
    pool: Mapped[str] = mapped_column(primary_key=True)  # "sector:kommun"
    computed_on: Mapped[date]
    organisations: Mapped[int]  # how many others; the arrays are empty below five
    synthetic: Mapped[bool]  # at least one of them is made up
    keys: Mapped[list[str]] = mapped_column(ARRAY(Text))  # "index", "F", "F1", "F1.1"; the order of every array below
    counts: Mapped[list[int]] = mapped_column(ARRAY(Integer))  # others behind each value: some may hide theirs
    mean: Mapped[list[float]] = mapped_column(ARRAY(Double))
    lower_quartile: Mapped[list[float | None]] = mapped_column(ARRAY(Double))
    median: Mapped[list[float | None]] = mapped_column(ARRAY(Double))
    upper_quartile: Mapped[list[float | None]] = mapped_column(ARRAY(Double))


class Suggestion(Owned, Base):
    """A released free text, at the smallest unit that is large enough for it."""

    __tablename__ = "suggestion"
    __table_args__ = (of_organisation(), of_measurement(), Index(None, "organisation_id", "measurement_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    measurement_id: Mapped[UUID]
    unit_id: Mapped[str]
    category: Mapped[str | None]  # null: "what worked that others can learn from"
    text: Mapped[str]
