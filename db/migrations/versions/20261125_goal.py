"""the response rate a measurement aims at, and who wants a mail about it every week"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_goal"
down_revision = "20261125_respondents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measurement", sa.Column("goal", sa.SmallInteger(), server_default="65", nullable=False))
    op.create_check_constraint(op.f("ck_measurement_goal_is_a_per_cent"), "measurement", "goal between 1 and 100")
    op.add_column("account", sa.Column("weekly_mail", sa.Boolean(), server_default="true", nullable=False))
    op.execute("grant update (goal) on measurement to dimios_web")
    op.execute("grant update (weekly_mail) on account to dimios_web")


def downgrade() -> None:
    op.drop_column("account", "weekly_mail")
    op.drop_constraint(op.f("ck_measurement_goal_is_a_per_cent"), "measurement", type_="check")
    op.drop_column("measurement", "goal")
