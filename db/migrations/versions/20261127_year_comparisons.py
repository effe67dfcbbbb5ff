"""comparisons of years, stored with the later release"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261127_year_comparisons"
down_revision = "20261127_account_language"
branch_labels = None
depends_on = None

OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"
MEASUREMENT = ["measurement.organisation_id", "measurement.id"]
NUMBERS: dict[str, sa.types.TypeEngine[Any]] = {
    "difference": sa.REAL(),
    "margin": sa.REAL(),
    "adjusted_p": sa.Double(),  # the border of what is certain is not to be rounded
    "hedges_g": sa.REAL(),
    "smallest": sa.REAL(),
}


def upgrade() -> None:
    op.create_table(
        "year_comparison",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("later_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("answered_before", sa.Integer(), nullable=False),
        sa.Column("same_people", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.ARRAY(kind), nullable=False) for name, kind in NUMBERS.items()),
        sa.CheckConstraint(
            " and ".join(f"cardinality({name}) = cardinality(difference)" for name in NUMBERS if name != "difference"),
            name=op.f("ck_year_comparison_arrays_of_one_length"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_year_comparison_organisation_id"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                ["organisation_id", column],
                MEASUREMENT,
                name=op.f(f"fk_year_comparison_organisation_id_{column}"),
                ondelete="CASCADE",
            )
            for column in ("measurement_id", "later_id")
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "measurement_id", "later_id", "unit_id", name=op.f("pk_year_comparison")
        ),
    )
    op.execute("grant select on year_comparison to dimios_web")
    op.execute("grant select, insert, update, delete on year_comparison to dimios_worker")
    op.execute("alter table year_comparison enable row level security")
    op.execute(f"create policy own_organisation on year_comparison to dimios_web using ({OWN}) with check ({OWN})")
    op.execute("create policy every_organisation on year_comparison to dimios_worker using (true) with check (true)")


def downgrade() -> None:
    op.drop_table("year_comparison")
