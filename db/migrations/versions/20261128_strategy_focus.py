"""measurement: what the strategy says of digitalisation; benchmark: how much the others differ"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261128_strategy_focus"
down_revision = "20261128_target"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measurement", sa.Column("strategy_focus", sa.String(), nullable=True))
    op.create_check_constraint(
        op.f("ck_measurement_strategy_focus_known"),
        "measurement",
        "strategy_focus in ('main', 'mentioned', 'absent')",
    )
    op.execute("grant update (strategy_focus) on measurement to dimios_web")
    op.add_column("benchmark", sa.Column("sd", sa.ARRAY(sa.Double()), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("benchmark", "sd")
    op.drop_constraint(op.f("ck_measurement_strategy_focus_known"), "measurement", type_="check")
    op.drop_column("measurement", "strategy_focus")
