"""released unit: how many respondents of each role type, where its means by role type are shown"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261127_role_answered"
down_revision = "20261127_suggestion_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Null in everything released before. Rights: web may read released_unit, new columns too.
    op.add_column("released_unit", sa.Column("role_answered", sa.ARRAY(sa.Integer()), nullable=True))
    op.create_check_constraint(
        op.f("ck_released_unit_role_groups_counted"), "released_unit", "cardinality(role_answered) = 4"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_released_unit_role_groups_counted"), "released_unit", type_="check")
    op.drop_column("released_unit", "role_answered")
