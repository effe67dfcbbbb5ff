"""What an organisation says in its own words."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_organisation


class Wording(Owned, Base):
    """One text in one language; where there is none, the usual one stands. `version` grows with each change."""

    __tablename__ = "wording"
    __table_args__ = (
        of_organisation(),
        CheckConstraint("language in ('sv', 'en', 'nb', 'fi')", name="language_known"),
        CheckConstraint(
            "kind in ('invitation_subject', 'invitation', 'reminder_subject', 'reminder', 'introduction', 'thanks')",
            name="kind_known",
        ),
    )

    language: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    version: Mapped[int]


class GlossaryEntry(Owned, Base):
    """A word as this organisation means it, shown in the form."""

    __tablename__ = "glossary_entry"
    __table_args__ = (
        of_organisation(),
        UniqueConstraint("organisation_id", "language", "term"),
        CheckConstraint("language in ('sv', 'en', 'nb', 'fi')", name="language_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    language: Mapped[str]
    term: Mapped[str]
    explanation: Mapped[str]
