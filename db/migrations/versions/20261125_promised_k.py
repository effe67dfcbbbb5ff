"""measurement: the k that respondents were promised"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_promised_k"
down_revision = "20261122_erasure"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measurement", sa.Column("promised_k", sa.Integer(), nullable=True))
    op.execute("update measurement set promised_k = k where box_public_key is not null")
    op.create_check_constraint(op.f("ck_measurement_k_as_promised"), "measurement", "k = promised_k")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_measurement_k_as_promised"), "measurement", type_="check")
    op.drop_column("measurement", "promised_k")
