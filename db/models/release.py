"""What anybody may see of a closed measurement, packed: one row per unit, arrays over the statements."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Double, ForeignKeyConstraint, Index, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_measurement, of_organisation


class Release(Owned, Base):
    """The frozen, disclosure-controlled results of one measurement. Carries no time."""

    __tablename__ = "release"
    __table_args__ = (of_organisation(), of_measurement())

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)
    statements: Mapped[list[str]] = mapped_column(ARRAY(Text))  # the order of every array below
    skipped_ballots: Mapped[int] = mapped_column(server_default="0")  # could not be opened
    spread_keys: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")  # "index", "F", "F1", "F1.1"
    spread_sd: Mapped[list[float]] = mapped_column(ARRAY(Double), server_default="{}")  # points, the whole organisation
    spread_n: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default="{}")
    reliability_keys: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")  # categories
    alpha: Mapped[list[float]] = mapped_column(ARRAY(Double), server_default="{}")
    omega: Mapped[list[float]] = mapped_column(ARRAY(Double), server_default="{}")
    alpha_low: Mapped[list[float]] = mapped_column(ARRAY(Double), server_default="{}")
    alpha_high: Mapped[list[float]] = mapped_column(ARRAY(Double), server_default="{}")


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
        CheckConstraint(
            "cardinality(role_groups) = cardinality(mean) and cardinality(dont_know) = cardinality(mean)"
            " and array_length(role_mean, 1) = cardinality(mean) and array_length(role_bound, 1) = cardinality(mean)"
            " and array_length(distribution, 1) = cardinality(mean)",  # null: nothing to compare
            name="details_of_one_length",
        ),
        CheckConstraint("cardinality(role_answered) = 4", name="role_groups_counted"),
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
    # What is finer than means; null where the unit shows none of it on any statement.
    role_groups: Mapped[list[int] | None] = mapped_column(ARRAY(SmallInteger))  # 0, 2 (1 + 2 | 3) or 3
    role_mean: Mapped[list[list[float | None]] | None] = mapped_column(ARRAY(Double, dimensions=2))  # 1, 2, 3, 1 + 2
    role_bound: Mapped[list[list[int]] | None] = mapped_column(ARRAY(SmallInteger, dimensions=2))  # Bound
    role_answered: Mapped[list[int | None] | None] = mapped_column(ARRAY(Integer))  # respondents: 1, 2, 3, 1 + 2
    distribution: Mapped[list[list[int]] | None] = mapped_column(ARRAY(Integer, dimensions=2))  # zeros: none shown
    dont_know: Mapped[list[float | None] | None] = mapped_column(ARRAY(Double))  # share, 0-1
    text_home: Mapped[str | None]  # where the unit's texts are shown, and its Vet ej counted first


class ReleasedPiece(Owned, Base):
    """What is counted first at a unit; kept for regrouping and for a recalculation, never shown."""

    __tablename__ = "released_piece"
    __table_args__ = (of_organisation(), of_measurement())

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    total: Mapped[list[int]] = mapped_column(ARRAY(Integer))  # blunted
    role_n: Mapped[list[list[int]] | None] = mapped_column(ARRAY(Integer, dimensions=2))  # behind role_mean
    distribution: Mapped[list[list[int]] | None] = mapped_column(ARRAY(Integer, dimensions=2))  # protected
    distribution_home: Mapped[list[str | None] | None] = mapped_column(ARRAY(Text))  # whose picture holds its answers


class RegroupedUnit(Owned, Base):
    """What the release of an earlier year says of a unit in a later measurement's tree: whole old pieces only."""

    __tablename__ = "regrouped_unit"
    __table_args__ = (
        of_organisation(),
        of_measurement(),
        ForeignKeyConstraint(
            ["organisation_id", "later_id"], ["measurement.organisation_id", "measurement.id"], ondelete="CASCADE"
        ),
        CheckConstraint("cardinality(mean) = cardinality(whole)", name="arrays_of_one_length"),
    )

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)  # the earlier one, and the order of its statements
    later_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)  # in the later tree
    mean: Mapped[list[float | None]] = mapped_column(ARRAY(Double))  # 0-100, one decimal; null: no whole piece here
    whole: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))  # 1: nobody of the branch is left out, fit to compare


class Benchmark(Owned, Base):
    """What one organisation may see of the others: a pool of a year, itself left out, computed on a fixed date.

    The rows of the platform leave nobody out: for those who are not counted in the pool.
    """

    __tablename__ = "benchmark"
    __table_args__ = (
        of_organisation(),
        CheckConstraint("organisations >= 0", name="organisations_counted"),
    )

    year: Mapped[int] = mapped_column(primary_key=True)
    pool: Mapped[str] = mapped_column(primary_key=True)  # domain.comparing.pools: "sector:kommun"
    computed_on: Mapped[date]
    organisations: Mapped[int]  # how many others; the arrays are empty where they are too few to be told
    synthetic: Mapped[bool]  # at least one of them is made up
    keys: Mapped[list[str]] = mapped_column(ARRAY(Text))  # "index", "F", "F1", "F1.1"; the order of every array below
    counts: Mapped[list[int]] = mapped_column(ARRAY(Integer))  # others behind each value: some may hide theirs
    mean: Mapped[list[float]] = mapped_column(ARRAY(Double))
    lower_quartile: Mapped[list[float | None]] = mapped_column(ARRAY(Double))
    median: Mapped[list[float | None]] = mapped_column(ARRAY(Double))
    upper_quartile: Mapped[list[float | None]] = mapped_column(ARRAY(Double))
    sd: Mapped[list[float | None]] = mapped_column(ARRAY(Double), server_default="{}")  # between the others
    place: Mapped[list[int | None]] = mapped_column(ARRAY(Integer), server_default="{}")  # the own one's, 1 the highest


class Suggestion(Owned, Base):
    """A released free text, at the smallest unit that is large enough for it."""

    __tablename__ = "suggestion"
    __table_args__ = (of_organisation(), of_measurement(), Index(None, "organisation_id", "measurement_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    measurement_id: Mapped[UUID]
    unit_id: Mapped[str]
    category: Mapped[str | None]  # null: "what worked that others can learn from"
    text: Mapped[str]
