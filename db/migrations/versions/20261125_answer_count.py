"""answers of each unit night by night, for the curve over days"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_answer_count"
down_revision = "20261125_box_ends"
branch_labels = None
depends_on = None

OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"


def upgrade() -> None:
    op.create_table(
        "answer_count",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.CheckConstraint("channel in ('email', 'link')", name=op.f("ck_answer_count_channel_known")),
        sa.CheckConstraint("answers > 0", name=op.f("ck_answer_count_answers_counted")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_answer_count_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_answer_count_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            *("organisation_id", "measurement_id", "unit_id", "channel", "night"), name=op.f("pk_answer_count")
        ),
    )
    op.execute("grant select on answer_count to dimios_web")
    op.execute("grant select, insert, delete on answer_count to dimios_worker")
    op.execute("alter table answer_count enable row level security")
    op.execute(f"create policy own_organisation on answer_count to dimios_web using ({OWN}) with check ({OWN})")
    op.execute("create policy every_organisation on answer_count to dimios_worker using (true) with check (true)")


def downgrade() -> None:
    op.drop_table("answer_count")
