"""splits, distributions, Vet ej, spread and reliability of a release"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261125_finer_results"
down_revision = "20261125_promised_k"
branch_labels = None
depends_on = None

# Rights: web may read release and released_unit, new columns too, and nothing of released_piece.
OF_RELEASE: dict[str, sa.types.TypeEngine[Any]] = {
    "spread_keys": sa.Text(),
    "spread_sd": sa.Double(),
    "spread_n": sa.Integer(),
    "reliability_keys": sa.Text(),
    "alpha": sa.Double(),
    "omega": sa.Double(),
    "alpha_low": sa.Double(),
    "alpha_high": sa.Double(),
}
# Null where there is nothing of it, and in everything released before.
OF_UNIT: dict[str, sa.types.TypeEngine[Any]] = {
    "role_groups": sa.ARRAY(sa.SmallInteger()),
    "role_mean": sa.ARRAY(sa.Double(), dimensions=2),
    "role_bound": sa.ARRAY(sa.SmallInteger(), dimensions=2),
    "distribution": sa.ARRAY(sa.Integer(), dimensions=2),
    "dont_know": sa.ARRAY(sa.Double()),
    "text_home": sa.String(),
}
OF_PIECE: dict[str, sa.types.TypeEngine[Any]] = {
    "role_n": sa.ARRAY(sa.Integer(), dimensions=2),
    "distribution": sa.ARRAY(sa.Integer(), dimensions=2),
    "distribution_home": sa.ARRAY(sa.Text()),
}
LENGTHS = (
    "cardinality(role_groups) = cardinality(mean) and cardinality(dont_know) = cardinality(mean)"
    " and array_length(role_mean, 1) = cardinality(mean) and array_length(role_bound, 1) = cardinality(mean)"
    " and array_length(distribution, 1) = cardinality(mean)"
)
CHECK = "ck_released_unit_details_of_one_length"


def upgrade() -> None:
    for name, kind in OF_RELEASE.items():
        op.add_column("release", sa.Column(name, sa.ARRAY(kind), server_default="{}", nullable=False))
    for table, columns in (("released_unit", OF_UNIT), ("released_piece", OF_PIECE)):
        for name, column in columns.items():
            op.add_column(table, sa.Column(name, column, nullable=True))
    op.create_check_constraint(op.f(CHECK), "released_unit", LENGTHS)


def downgrade() -> None:
    op.drop_constraint(op.f(CHECK), "released_unit", type_="check")
    for table, columns in (("released_piece", OF_PIECE), ("released_unit", OF_UNIT), ("release", OF_RELEASE)):
        for name in reversed(columns):
            op.drop_column(table, name)
