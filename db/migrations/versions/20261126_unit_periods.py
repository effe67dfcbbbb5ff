"""placement: days of its own for a unit, inside those of its measurement"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261126_unit_periods"
down_revision = "20261125_open_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("placement", sa.Column("opens", sa.Date(), nullable=True))
    op.add_column("placement", sa.Column("closes", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_placement_both_days_or_none"), "placement", "(opens is null) = (closes is null)"
    )
    op.create_check_constraint(op.f("ck_placement_opens_before_it_closes"), "placement", "opens <= closes")
    op.create_check_constraint(
        op.f("ck_placement_inside_one_year"), "placement", "extract(year from opens) = extract(year from closes)"
    )
    op.execute("grant update (closes) on placement to dimios_web")


def downgrade() -> None:
    op.execute("revoke update (closes) on placement from dimios_web")
    for name in ("inside_one_year", "opens_before_it_closes", "both_days_or_none"):
        op.drop_constraint(op.f(f"ck_placement_{name}"), "placement", type_="check")
    op.drop_column("placement", "closes")
    op.drop_column("placement", "opens")
