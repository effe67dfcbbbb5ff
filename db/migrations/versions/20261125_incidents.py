"""incidents that an operator has to look at"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_incidents"
down_revision = "20261125_unit_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("told", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint("kind in ('leak', 'skipped_ballots', 'job_failed')", name=op.f("ck_incident_kind_known")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_incident_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_incident")),
    )
    op.create_index("ix_incident_untold", "incident", ["at"], postgresql_where=sa.text("not told"))
    op.execute("grant select, insert, update, delete on incident to dimios_worker")  # web has no business here
    op.execute("alter table incident enable row level security")
    op.execute("create policy every_organisation on incident to dimios_worker using (true) with check (true)")


def downgrade() -> None:
    op.drop_table("incident")
