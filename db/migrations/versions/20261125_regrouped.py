"""earlier years in the trees of later ones"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_regrouped"
down_revision = "20261125_goal"
branch_labels = None
depends_on = None

OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"
MEASUREMENT = ["measurement.organisation_id", "measurement.id"]


def upgrade() -> None:
    op.create_table(
        "regrouped_unit",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("later_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("mean", sa.ARRAY(sa.Double()), nullable=False),
        sa.Column("whole", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.CheckConstraint(
            "cardinality(mean) = cardinality(whole)", name=op.f("ck_regrouped_unit_arrays_of_one_length")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_regrouped_unit_organisation_id"), ondelete="CASCADE"
        ),
        *(
            sa.ForeignKeyConstraint(
                ["organisation_id", column],
                MEASUREMENT,
                name=op.f(f"fk_regrouped_unit_organisation_id_{column}"),
                ondelete="CASCADE",
            )
            for column in ("measurement_id", "later_id")
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "measurement_id", "later_id", "unit_id", name=op.f("pk_regrouped_unit")
        ),
    )
    op.execute("grant select on regrouped_unit to dimios_web")
    op.execute("grant select, insert, update, delete on regrouped_unit to dimios_worker")
    op.execute("alter table regrouped_unit enable row level security")
    op.execute(f"create policy own_organisation on regrouped_unit to dimios_web using ({OWN}) with check ({OWN})")
    op.execute("create policy every_organisation on regrouped_unit to dimios_worker using (true) with check (true)")


def downgrade() -> None:
    op.drop_table("regrouped_unit")
