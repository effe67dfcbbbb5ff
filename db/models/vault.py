"""Which keys addresses are encrypted with, and what bears witness that keys and rows are gone."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Owned, of_organisation


class AddressKey(Owned, Base):
    """A generation of the organisation's key that rows may be encrypted with; the keys themselves are elsewhere.

    Every ciphertext names its generation and refers to it here. So a generation can be dismissed, and its key
    destroyed, only when no row uses it; and who still holds that key can write with it no more.
    """

    __tablename__ = "address_key"
    __table_args__ = (of_organisation(), CheckConstraint("generation between 1 and 255", name="generation_known"))

    generation: Mapped[int] = mapped_column(SmallInteger, primary_key=True)


class ErasureCertificate(Owned, Base):
    """A link of the platform's chain of certificates; it is added, and never changed. It outlives the erased."""

    __tablename__ = "erasure_certificate"
    __table_args__ = (
        of_organisation(ondelete="RESTRICT"),
        UniqueConstraint("organisation_id", "erased_id", "stage"),
        CheckConstraint("organisation_id = '00000000-0000-0000-0000-000000000000'", name="platforms_own"),
        CheckConstraint("stage in ('begun', 'done')", name="stage_known"),
        CheckConstraint("number > 0", name="numbered"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # place in the chain, from 1
    erased_id: Mapped[UUID]
    erased_name: Mapped[str]
    stage: Mapped[str]
    document: Mapped[dict[str, object]]  # signed; crypto/certificates.py reads it


def of_address_key() -> ForeignKeyConstraint:
    """Foreign key from a ciphertext to the generation of the key it is encrypted with."""
    return ForeignKeyConstraint(
        ["organisation_id", "key_generation"], ["address_key.organisation_id", "address_key.generation"]
    )
