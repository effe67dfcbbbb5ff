"""What organisations agree to show each other, what they are shown, and what the pools have told so far."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Double, ForeignKeyConstraint, Index, SmallInteger, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_organisation


class ToldPool(Owned, Base):
    """Whose results a pool was counted from on a fixed date; the platform's, kept for good and never shown.

    So that no later pool, beside this one, singles anybody out. An organisation that is erased stays here as an id.
    """

    __tablename__ = "told_pool"
    __table_args__ = (of_organisation(),)

    year: Mapped[int] = mapped_column(primary_key=True)
    pool: Mapped[str] = mapped_column(primary_key=True)  # of a benchmark, or what has been shared: "shared:named"
    computed_on: Mapped[date] = mapped_column(primary_key=True)
    members: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class GivenConsent(Owned, Base):
    """Something the organisation has agreed to show; no row: no. What was shared goes with it."""

    __tablename__ = "given_consent"
    __table_args__ = (
        of_organisation(),
        CheckConstraint("kind in ('point', 'named', 'similar', 'areas')", name="kind_known"),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)


class SharedResult(Owned, Base):
    """One result of a whole organisation, or of an activity area of it, that it has agreed to show to others.

    *web* reads the rows of others, and never the id: which rows are one organisation's stays unknown. Of groups it
    reads those it belongs to and shows its own results in: whoever joined later has not been reckoned with.
    """

    __tablename__ = "shared_result"
    __table_args__ = (
        of_organisation(),
        ForeignKeyConstraint(
            ["organisation_id", "consent"],
            ["given_consent.organisation_id", "given_consent.kind"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["organisation_id", "group_id"],
            ["group_membership.organisation_id", "group_membership.group_id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("num_nonnulls(consent, group_id) = 1", name="shared_for_one_reason"),
        CheckConstraint("num_nonnulls(group_id, seen_by) in (0, 2)", name="seen_by_members_in_groups"),
        CheckConstraint("cardinality(keys) = cardinality(mean)", name="arrays_of_one_length"),
        Index(None, "year", "part"),
    )

    year: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)  # "point", "named", "similar", "areas:skola", "group:<id>"
    consent: Mapped[str | None]
    group_id: Mapped[UUID | None]
    seen_by: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))  # in groups: whose results it was shown with
    computed_on: Mapped[date]
    sector: Mapped[str]
    size: Mapped[int | None] = mapped_column(SmallInteger)  # SizeClass; only of similar organisations and in groups
    county: Mapped[str | None]  # the same
    name: Mapped[str | None]  # only where the name is agreed to
    synthetic: Mapped[bool]
    keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
    mean: Mapped[list[float | None]] = mapped_column(ARRAY(Double))


class GroupCode(Base):
    """Which group an invitation code leads to. Holds hashes, and nothing of an organisation."""

    __tablename__ = "group_code"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    group_id: Mapped[UUID]


class GroupMembership(Owned, Base):
    """That the organisation belongs to a group and shows its results there. Leaving takes what was shared along."""

    __tablename__ = "group_membership"
    __table_args__ = (of_organisation(),)

    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]  # that others are invited with


class GroupMember(Owned, Base):
    """What the other members of a group see of the organisation before any result: its name."""

    __tablename__ = "group_member"
    __table_args__ = (
        of_organisation(),
        ForeignKeyConstraint(
            ["organisation_id", "group_id"],
            ["group_membership.organisation_id", "group_membership.group_id"],
            ondelete="CASCADE",
        ),
    )

    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    group_name: Mapped[str]
    name: Mapped[str]
