"""unit: versions; what has happened to units"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_unit_changes"
down_revision = "20261125_wording"
branch_labels = None
depends_on = None

OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"


def upgrade() -> None:
    op.add_column("unit", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_table(
        "unit_change",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to_ids", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("became", sa.String(), nullable=True),
        sa.Column("after_year", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint(
            "kind in ('created', 'reopened', 'renamed', 'moved', 'described', 'merged', 'split', 'closed')",
            name=op.f("ck_unit_change_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_unit_change_organisation_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_unit_change_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_unit_change")),
    )
    op.create_index(op.f("ix_unit_change_organisation_id_unit_id"), "unit_change", ["organisation_id", "unit_id"])
    op.execute("grant select, insert on unit_change to dimios_web")
    op.execute("grant select, insert, update, delete on unit_change to dimios_worker")
    op.execute("alter table unit_change enable row level security")
    op.execute(f"create policy own_organisation on unit_change to dimios_web using ({OWN}) with check ({OWN})")
    op.execute("create policy every_organisation on unit_change to dimios_worker using (true) with check (true)")


def downgrade() -> None:
    op.drop_table("unit_change")
    op.drop_column("unit", "version")
