"""A measurement from draft to release: who is asked, and the ballot box."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_measurement, of_organisation, of_unit
from db.models.vault import of_address_key

COUNTS = text("state <> 'cancelled'")  # as the one measurement of its year


class InstrumentVersion(Base):
    """A version of the statements as they were put; the wording of a past measurement never changes."""

    __tablename__ = "instrument_version"

    version: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[dict[str, object]]


class Measurement(Owned, Base):
    """One organisation's survey in one calendar year; beside it any that were cancelled."""

    __tablename__ = "measurement"
    __table_args__ = (
        of_organisation(),
        Index("uq_measurement_organisation_id_year", "organisation_id", "year", unique=True, postgresql_where=COUNTS),
        CheckConstraint(
            "state in ('draft', 'open', 'closed', 'released', 'destroyed', 'cancelled')", name="state_known"
        ),
        CheckConstraint("k in (3, 5, 7, 10)", name="k_allowed"),
        CheckConstraint("goal between 1 and 100", name="goal_is_a_per_cent"),
        CheckConstraint("strategy_focus in ('main', 'mentioned', 'absent')", name="strategy_focus_known"),
        CheckConstraint("k = promised_k", name="k_as_promised"),
        CheckConstraint("opens <= closes", name="opens_before_it_closes"),
        CheckConstraint("extract(year from opens) = year and extract(year from closes) = year", name="inside_its_year"),
        CheckConstraint("state in ('draft', 'cancelled') or opens is not null", name="period_when_started"),
        CheckConstraint("state <> 'closed' or closed_on is not null", name="closed_some_day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int]
    state: Mapped[str] = mapped_column(server_default="draft")
    opens: Mapped[date | None]
    closes: Mapped[date | None]
    k: Mapped[int]
    promised_k: Mapped[int | None]  # set by the worker with the box: from then on nobody, *web* least, changes k
    goal: Mapped[int] = mapped_column(SmallInteger, server_default="65")  # per cent who are to answer
    strategy_focus: Mapped[str | None]  # what the strategy says of digitalisation; null: nobody has told
    instrument_version: Mapped[str] = mapped_column(ForeignKey("instrument_version.version"))
    box_public_key: Mapped[bytes | None]  # made by the worker; the private key never passes the web process
    closed_on: Mapped[date | None]  # when it was closed last: from then on its answers are kept for 60 days
    released_on: Mapped[date | None]
    mail_paused: Mapped[bool] = mapped_column(server_default="false")  # nothing is sent until the key user resumes
    box_destroyed_on: Mapped[date | None]  # envelopes and their key are gone; the release is all there is


class DestructionWarning(Owned, Base):
    """The key users have been warned that the answers of a closed measurement will be destroyed."""

    __tablename__ = "destruction_warning"
    __table_args__ = (of_organisation(), of_measurement(), CheckConstraint("number between 1 and 3", name="numbered"))

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)
    closed_on: Mapped[date] = mapped_column(primary_key=True)  # opened and closed again, the days are counted anew
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    warned_on: Mapped[date]


class Placement(Owned, Base):
    """A unit's place in the tree of one measurement, frozen when it starts."""

    __tablename__ = "placement"
    __table_args__ = (
        of_organisation(),
        of_measurement(),
        of_unit(),
        CheckConstraint("(opens is null) = (closes is null)", name="both_days_or_none"),
        CheckConstraint("opens <= closes", name="opens_before_it_closes"),
        CheckConstraint("extract(year from opens) = extract(year from closes)", name="inside_one_year"),
    )

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)
    parent_id: Mapped[str | None]
    name: Mapped[str]
    activity: Mapped[str]
    employees: Mapped[int | None]
    position: Mapped[int]
    takes_part: Mapped[bool]
    opens: Mapped[date | None]  # its own first day, or that of the nearest unit above; null: as the measurement
    closes: Mapped[date | None]


class Invitation(Owned, Base):
    """A respondent invited by e-mail. Says whether an answer has come, never when."""

    __tablename__ = "invitation"
    __table_args__ = (
        of_organisation(),
        of_measurement(),
        of_unit(),
        of_address_key(),
        UniqueConstraint("organisation_id", "measurement_id", "address_index"),
        UniqueConstraint("organisation_id", "token_hash"),
        CheckConstraint("role_type in (1, 2, 3)", name="role_type_known"),
        CheckConstraint("mail in ('not_sent', 'sent', 'bounced', 'uncertain')", name="mail_known"),
        CheckConstraint("language in ('sv', 'en', 'nb', 'fi')", name="language_known"),
        Index(None, "organisation_id", "measurement_id", "unit_id"),
        Index(None, "organisation_id", "key_generation"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    measurement_id: Mapped[UUID]
    unit_id: Mapped[str]
    role_type: Mapped[int | None]
    language: Mapped[str] = mapped_column(server_default="sv")
    address: Mapped[bytes]
    address_index: Mapped[bytes]
    key_generation: Mapped[int | None] = mapped_column(SmallInteger, Computed("get_byte(address, 0)", persisted=True))
    token_hash: Mapped[bytes | None]  # set by the worker when the link is first sent
    mail: Mapped[str] = mapped_column(server_default="not_sent")
    answered: Mapped[bool] = mapped_column(server_default="false")
    removed: Mapped[bool] = mapped_column(server_default="false")
    version: Mapped[int] = mapped_column(server_default="1")  # one more with each edit by somebody at the desk


class Ballot(Owned, Base):
    """A sealed answer sheet. *web* can put it here and never read it; it carries no time and no order."""

    __tablename__ = "ballot"
    __table_args__ = (
        of_organisation(),
        ForeignKeyConstraint(
            ["organisation_id", "measurement_id", "unit_id"],
            ["placement.organisation_id", "placement.measurement_id", "placement.unit_id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("channel in ('email', 'link')", name="channel_known"),
        Index(None, "organisation_id", "measurement_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    measurement_id: Mapped[UUID]
    unit_id: Mapped[str]
    channel: Mapped[str]
    envelope: Mapped[bytes]


class AnswerCount(Owned, Base):
    """Answers of one unit itself by one channel, all that had come when the box was remixed that night.

    A row only where more have come than the night before. Which day is all it says of when: the same as anybody sees
    who looks at the response every day, and nothing of which ballot, since every night all ballots get a new order.
    """

    __tablename__ = "answer_count"
    __table_args__ = (
        of_organisation(),
        of_measurement(),
        CheckConstraint("channel in ('email', 'link')", name="channel_known"),
        CheckConstraint("answers > 0", name="answers_counted"),
    )

    measurement_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    night: Mapped[date] = mapped_column(primary_key=True)
    answers: Mapped[int]
