"""suggestion review: what a key user decides about released texts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261127_suggestion_review"
down_revision = "20261127_year_comparisons"
branch_labels = None
depends_on = None

OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"
CHANGED = "state, reason, masked_from, masked_to, tags, status, merged_into, offered, version"
CHECKS = {
    "state_known": "state in ('vantar', 'visas', 'dold')",
    "hidden_with_a_reason": "(state = 'dold') = (reason is not null)",
    "reason_known": "reason in ('person', 'krankande', 'annat_amne', 'annat')",
    "status_known": "status in ('nytt', 'planerat', 'klart')",
    "masks_have_two_ends": "cardinality(masked_to) = cardinality(masked_from)",
    "not_into_itself": "merged_into <> suggestion_id",
    "offered_where_shown": "state = 'visas' or not offered",
}


def upgrade() -> None:
    op.create_table(
        "suggestion_review",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("masked_from", sa.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.Column("masked_to", sa.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.Column("tags", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_suggestion_review_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_suggestion_review_organisation_id"),
            ondelete="CASCADE",
        ),
        *map(_of_suggestion, ("suggestion_id", "merged_into")),
        sa.PrimaryKeyConstraint("organisation_id", "suggestion_id", name=op.f("pk_suggestion_review")),
    )
    op.create_index(
        op.f("ix_suggestion_review_organisation_id_merged_into"),
        "suggestion_review",
        ["organisation_id", "merged_into"],
    )
    op.execute(f"grant select, insert, update ({CHANGED}) on suggestion_review to dimios_web")
    op.execute("grant select, insert, update, delete on suggestion_review to dimios_worker")
    op.execute("alter table suggestion_review enable row level security")
    op.execute(f"create policy own_organisation on suggestion_review to dimios_web using ({OWN}) with check ({OWN})")
    op.execute("create policy every_organisation on suggestion_review to dimios_worker using (true) with check (true)")


def downgrade() -> None:
    op.drop_table("suggestion_review")


def _of_suggestion(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", column],
        ["suggestion.organisation_id", "suggestion.id"],
        name=op.f(f"fk_suggestion_review_organisation_id_{column}"),
        ondelete="CASCADE",
    )
