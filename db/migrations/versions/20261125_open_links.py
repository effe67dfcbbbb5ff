"""open links: several units, codes for one answer, a count of answers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_open_links"
down_revision = "20261125_regrouped"
branch_labels = None
depends_on = None

OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"
WEB = {
    "open_link": "select, insert, update (closed)",
    "open_link_unit": "select, insert, update (answers)",
    "open_code": "select, insert, update (used)",
    "open_code_owner": "select, insert",
}
OWNED = ("open_link_unit", "open_code")


def upgrade() -> None:
    # Until now nothing could make a link: there are no rows to keep.
    for column in ("unit_id", "code_hash", "expected"):
        op.drop_column("open_link", column)
    op.add_column("open_link", sa.Column("one_answer", sa.Boolean(), nullable=False))
    op.add_column("open_link", sa.Column("closed", sa.Boolean(), server_default="false", nullable=False))
    op.create_index(
        op.f("ix_open_link_organisation_id_measurement_id"), "open_link", ["organisation_id", "measurement_id"]
    )
    _create_tables()
    op.execute("revoke all on open_link from dimios_web")
    for table, rights in WEB.items():
        op.execute(f"grant {rights} on {table} to dimios_web")
    for table in (*OWNED, "open_code_owner"):
        op.execute(f"grant select, insert, update, delete on {table} to dimios_worker")
    for table in OWNED:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_organisation on {table} to dimios_web using ({OWN}) with check ({OWN})")
        op.execute(f"create policy every_organisation on {table} to dimios_worker using (true) with check (true)")
    # A code that has let an answer in never lets in another, whatever web says.
    op.execute(
        "create policy used_once on open_code as restrictive for update to dimios_web"
        " using (not used) with check (true)"
    )


def downgrade() -> None:
    for table in ("open_code_owner", "open_code", "open_link_unit"):
        op.drop_table(table)
    op.execute("delete from open_link")
    op.drop_index(op.f("ix_open_link_organisation_id_measurement_id"), table_name="open_link")
    op.drop_column("open_link", "closed")
    op.drop_column("open_link", "one_answer")
    op.add_column("open_link", sa.Column("unit_id", sa.String(), nullable=False))
    op.add_column("open_link", sa.Column("code_hash", sa.LargeBinary(), nullable=False))
    op.add_column("open_link", sa.Column("expected", sa.Integer(), nullable=True))
    op.create_check_constraint(op.f("ck_open_link_expected_counted"), "open_link", "expected > 0")
    op.create_unique_constraint(
        op.f("uq_open_link_organisation_id_code_hash"), "open_link", ["organisation_id", "code_hash"]
    )
    op.create_foreign_key(
        op.f("fk_open_link_organisation_id_unit_id"),
        *("open_link", "unit"),
        ["organisation_id", "unit_id"],
        ["organisation_id", "id"],
    )
    op.execute("grant select, insert, update, delete on open_link to dimios_web")


def _create_tables() -> None:
    op.create_table(
        "open_link_unit",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("answers", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("expected > 0", name=op.f("ck_open_link_unit_expected_counted")),
        sa.CheckConstraint("answers >= 0", name=op.f("ck_open_link_unit_answers_counted")),
        _of_organisation("open_link_unit"),
        _of_link("open_link_unit"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_open_link_unit_organisation_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "link_id", "unit_id", name=op.f("pk_open_link_unit")),
    )
    op.create_table(
        "open_code",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used", sa.Boolean(), server_default="false", nullable=False),
        _of_organisation("open_code"),
        _of_link("open_code"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_open_code")),
        sa.UniqueConstraint("organisation_id", "code_hash", name=op.f("uq_open_code_organisation_id_code_hash")),
    )
    op.create_index(op.f("ix_open_code_organisation_id_link_id"), "open_code", ["organisation_id", "link_id"])
    op.create_table(
        "open_code_owner",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        _of_organisation("open_code_owner"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_open_code_owner")),
    )
    op.create_index(op.f("ix_open_code_owner_organisation_id"), "open_code_owner", ["organisation_id"])


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{table}_organisation_id"), ondelete="CASCADE"
    )


def _of_link(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", "link_id"],
        ["open_link.organisation_id", "open_link.id"],
        name=op.f(f"fk_{table}_organisation_id_link_id"),
        ondelete="CASCADE",
    )
