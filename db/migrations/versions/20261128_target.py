"""targets: what an organisation aims at"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261128_target"
down_revision = "20261127_pools"
branch_labels = None
depends_on = None

OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"
CHANGED = "value, year, owner_name, owner_account, version"
CHECKS = {
    "value_on_the_scale": "value between 0 and 100",
    "one_owner": "owner_account is null or owner_name = ''",
}


def upgrade() -> None:
    op.create_table(
        "target",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("owner_account", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_target_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_target_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_target_organisation_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "owner_account"],
            ["account.organisation_id", "account.id"],
            name=op.f("fk_target_organisation_id_owner_account"),
            ondelete="SET NULL (owner_account)",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "organisation_id", "unit_id", "level", name=op.f("uq_target_organisation_id_unit_id_level")
        ),
    )
    op.create_index(
        op.f("ix_target_organisation_id_owner_account"), "target", ["organisation_id", "owner_account"], unique=False
    )
    op.execute(f"grant select, insert, update ({CHANGED}), delete on target to dimios_web")
    op.execute("grant select, insert, update, delete on target to dimios_worker")
    op.execute("alter table target enable row level security")
    op.execute(f"create policy own_organisation on target to dimios_web using ({OWN}) with check ({OWN})")
    op.execute("create policy every_organisation on target to dimios_worker using (true) with check (true)")


def downgrade() -> None:
    op.drop_table("target")
