"""organisations, their units and those who sign in"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_organisations"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("county", sa.String(), nullable=True),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("k", sa.Integer(), server_default="3", nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint(
            "sector in ('kommun', 'myndighet', 'region', 'ovrig', 'plattform')",
            name=op.f("ck_organisation_sector_known"),
        ),
        sa.CheckConstraint("k in (3, 5, 7, 10)", name=op.f("ck_organisation_k_allowed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "throttle",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failure_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )
    op.create_table(
        "unit",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), server_default="ovrigt", nullable=False),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("closed", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint("employees >= 0", name=op.f("ck_unit_employees_counted")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_unit_not_own_parent")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "parent_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_unit_organisation_id_parent_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_unit_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_unit")),
    )
    op.create_table(
        "account",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("disabled", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint(
            "role in ('key_user', 'sub_administrator', 'account_administrator', 'leader', 'facilitator',"
            " 'evaluator', 'operator')",
            name=op.f("ck_account_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "branch"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_account_organisation_id_branch"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_account_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_account")),
    )
    op.create_table(
        "sign_in_name",
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "account_id"],
            ["account.organisation_id", "account.id"],
            name=op.f("fk_sign_in_name_organisation_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("address_index", name=op.f("pk_sign_in_name")),
    )
    op.create_index(
        op.f("ix_sign_in_name_organisation_id_account_id"),
        "sign_in_name",
        ["organisation_id", "account_id"],
        unique=True,
    )
    op.create_table(
        "sign_in_session",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "account_id"],
            ["account.organisation_id", "account.id"],
            name=op.f("fk_sign_in_session_organisation_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_sign_in_session_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "secret_hash", name=op.f("pk_sign_in_session")),
    )
    op.create_index(
        op.f("ix_sign_in_session_organisation_id_account_id"),
        "sign_in_session",
        ["organisation_id", "account_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_sign_in_session_organisation_id_account_id"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_index(op.f("ix_sign_in_name_organisation_id_account_id"), table_name="sign_in_name")
    op.drop_table("sign_in_name")
    op.drop_table("account")
    op.drop_table("unit")
    op.drop_table("throttle")
    op.drop_table("organisation")
