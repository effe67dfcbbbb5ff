"""shared_result: who sees a result in a group"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_groups_seen"
down_revision = "20261128_strategy_focus"
branch_labels = None
depends_on = None

OWN = "nullif(current_setting('dimios.organisation_id', true), '')::uuid"
OWN_GROUPS = "group_id in (select group_id from group_membership)"  # web sees only its own memberships there
SEEN_SO_FAR = """
    update shared_result
    set seen_by = (
        select array_agg(other.organisation_id) from shared_result other
        where other.year = shared_result.year and other.group_id = shared_result.group_id
    )
    where group_id is not null
"""


def upgrade() -> None:
    op.add_column("shared_result", sa.Column("seen_by", sa.ARRAY(sa.Uuid()), nullable=True))
    op.execute(SEEN_SO_FAR)
    op.create_check_constraint(
        op.f("ck_shared_result_seen_by_members_in_groups"),
        "shared_result",
        "num_nonnulls(group_id, seen_by) in (0, 2)",
    )
    _show_groups_where(f"{OWN_GROUPS} and {OWN} = any(seen_by)")


def downgrade() -> None:
    _show_groups_where(OWN_GROUPS)
    op.drop_constraint(op.f("ck_shared_result_seen_by_members_in_groups"), "shared_result", type_="check")
    op.drop_column("shared_result", "seen_by")


def _show_groups_where(condition: str) -> None:
    op.execute("drop policy of_others on shared_result")
    op.execute(
        "create policy of_others on shared_result for select to dimios_web"
        f" using (organisation_id <> {OWN} and (group_id is null or ({condition})))"
    )
