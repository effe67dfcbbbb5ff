"""measurements, invitations and the ballot box"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_measurements"
down_revision = "20261122_organisations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instrument_version",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_instrument_version")),
    )
    op.create_table(
        "measurement",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), server_default="draft", nullable=False),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("closes", sa.Date(), nullable=True),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("instrument_version", sa.String(), nullable=False),
        sa.Column("box_public_key", sa.LargeBinary(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("box_destroyed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state = 'draft' or opens is not null", name=op.f("ck_measurement_period_when_started")),
        sa.CheckConstraint("state in ('draft', 'open', 'closed', 'released')", name=op.f("ck_measurement_state_known")),
        sa.CheckConstraint(
            "extract(year from opens) = year and extract(year from closes) = year",
            name=op.f("ck_measurement_inside_its_year"),
        ),
        sa.CheckConstraint("k in (3, 5, 7, 10)", name=op.f("ck_measurement_k_allowed")),
        sa.CheckConstraint("opens <= closes", name=op.f("ck_measurement_opens_before_it_closes")),
        sa.ForeignKeyConstraint(
            ["instrument_version"], ["instrument_version.version"], name=op.f("fk_measurement_instrument_version")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_measurement_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_measurement")),
        sa.UniqueConstraint("organisation_id", "year", name=op.f("uq_measurement_organisation_id_year")),
    )
    op.create_table(
        "invitation",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("role_type", sa.Integer(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("mail", sa.String(), server_default="not_sent", nullable=False),
        sa.Column("answered", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("removed", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint(
            "mail in ('not_sent', 'sent', 'bounced', 'uncertain')", name=op.f("ck_invitation_mail_known")
        ),
        sa.CheckConstraint("role_type in (1, 2, 3)", name=op.f("ck_invitation_role_type_known")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_invitation_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_invitation_organisation_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "organisation_id",
            "measurement_id",
            "address_index",
            name=op.f("uq_invitation_organisation_id_measurement_id_address_index"),
        ),
        sa.UniqueConstraint("organisation_id", "token_hash", name=op.f("uq_invitation_organisation_id_token_hash")),
    )
    op.create_index(
        op.f("ix_invitation_organisation_id_measurement_id_unit_id"),
        "invitation",
        ["organisation_id", "measurement_id", "unit_id"],
        unique=False,
    )
    op.create_table(
        "open_link",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.CheckConstraint("expected > 0", name=op.f("ck_open_link_expected_counted")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_open_link_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_open_link_organisation_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_open_link_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_open_link")),
        sa.UniqueConstraint("organisation_id", "code_hash", name=op.f("uq_open_link_organisation_id_code_hash")),
    )
    op.create_table(
        "placement",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("takes_part", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_placement_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_placement_organisation_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_placement_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "measurement_id", "unit_id", name=op.f("pk_placement")),
    )
    op.create_table(
        "ballot",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("channel in ('email', 'link')", name=op.f("ck_ballot_channel_known")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id", "unit_id"],
            ["placement.organisation_id", "placement.measurement_id", "placement.unit_id"],
            name=op.f("fk_ballot_organisation_id_measurement_id_unit_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_ballot_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_ballot")),
    )
    op.create_index(
        op.f("ix_ballot_organisation_id_measurement_id"), "ballot", ["organisation_id", "measurement_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_ballot_organisation_id_measurement_id"), table_name="ballot")
    op.drop_table("ballot")
    op.drop_table("placement")
    op.drop_table("open_link")
    op.drop_index(op.f("ix_invitation_organisation_id_measurement_id_unit_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_table("measurement")
    op.drop_table("instrument_version")
