"""What has been decided about released texts. The texts themselves stay as they were released."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_organisation


class SuggestionReview(Owned, Base):
    """The decision about one text as it stands, see domain/moderation/review.py. No row: nobody has looked at it."""

    __tablename__ = "suggestion_review"
    __table_args__ = (
        of_organisation(),
        ForeignKeyConstraint(
            ["organisation_id", "suggestion_id"], ["suggestion.organisation_id", "suggestion.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["organisation_id", "merged_into"], ["suggestion.organisation_id", "suggestion.id"], ondelete="CASCADE"
        ),
        Index(None, "organisation_id", "merged_into"),
        CheckConstraint("state in ('vantar', 'visas', 'dold')", name="state_known"),
        CheckConstraint("(state = 'dold') = (reason is not null)", name="hidden_with_a_reason"),
        CheckConstraint("reason in ('person', 'krankande', 'annat_amne', 'annat')", name="reason_known"),
        CheckConstraint("status in ('nytt', 'planerat', 'klart')", name="status_known"),
        CheckConstraint("cardinality(masked_to) = cardinality(masked_from)", name="masks_have_two_ends"),
        CheckConstraint("merged_into <> suggestion_id", name="not_into_itself"),
        CheckConstraint("state = 'visas' or not offered", name="offered_where_shown"),
    )

    suggestion_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str]
    reason: Mapped[str | None]
    masked_from: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default="{}")  # code points from the start
    masked_to: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default="{}")
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    status: Mapped[str]
    merged_into: Mapped[UUID | None]  # the text that this one is gathered under
    offered: Mapped[bool]  # to the initiative library
    version: Mapped[int]  # of its changes; an edit names the one it saw
