"""Anonymous ways in that an organisation spreads itself. Nothing here says who has answered, or when."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_measurement, of_organisation, of_unit


def of_open_link() -> ForeignKeyConstraint:
    """Foreign key to the link a row belongs to."""
    return ForeignKeyConstraint(
        ["organisation_id", "link_id"], ["open_link.organisation_id", "open_link.id"], ondelete="CASCADE"
    )


class OpenLink(Owned, Base):
    """One code for everybody, with a choice where it has several units; or many codes for one answer each."""

    __tablename__ = "open_link"
    __table_args__ = (of_organisation(), of_measurement(), Index(None, "organisation_id", "measurement_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    measurement_id: Mapped[UUID]
    one_answer: Mapped[bool]  # each code lets one answer in
    closed: Mapped[bool] = mapped_column(server_default="false")


class OpenLinkUnit(Owned, Base):
    """A unit that a link leads to, how many are expected to answer for it, and how many have."""

    __tablename__ = "open_link_unit"
    __table_args__ = (
        of_organisation(),
        of_open_link(),
        of_unit(),
        CheckConstraint("expected > 0", name="expected_counted"),
        CheckConstraint("answers >= 0", name="answers_counted"),
    )

    link_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)
    expected: Mapped[int | None]
    answers: Mapped[int] = mapped_column(server_default="0")  # counted as they come: web may not read ballots


class OpenCode(Owned, Base):
    """A code of a link. Once used, a code for one answer lets nobody in; no row says for which envelope."""

    __tablename__ = "open_code"
    __table_args__ = (
        of_organisation(),
        of_open_link(),
        UniqueConstraint("organisation_id", "code_hash"),
        Index(None, "organisation_id", "link_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    link_id: Mapped[UUID]
    code_hash: Mapped[bytes]
    used: Mapped[bool] = mapped_column(server_default="false")  # never, of a code for everybody


class OpenCodeOwner(Base):
    """Which organisation a code belongs to, before that is known. Holds hashes, and nothing of use."""

    __tablename__ = "open_code_owner"
    __table_args__ = (of_organisation(), Index(None, "organisation_id"))

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
