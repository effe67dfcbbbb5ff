"""generations of organisation keys, certificates of erasure"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_erasure"
down_revision = "20261122_roles"
branch_labels = None
depends_on = None

ENCRYPTED = {"account": "address", "invitation": "address", "upload": "content"}
WORKER = {"address_key": "select, insert, delete", "erasure_certificate": "select, insert"}
WEB = {"erasure_certificate": "select"}  # in effect the platform's own operators: every row belongs to the platform
OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"


def upgrade() -> None:
    _create_tables()
    op.execute("insert into address_key (organisation_id, generation) select id, 1 from organisation")
    for table, column in ENCRYPTED.items():
        _refer_to_key(table, column)
    op.create_index(op.f("ix_invitation_organisation_id_key_generation"), "invitation", _KEY)
    for role, rights in {"dimios_worker": WORKER, "dimios_web": WEB}.items():
        for table, right in rights.items():
            op.execute(f"grant {right} on {table} to {role}")
    for table in WORKER:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_organisation on {table} to dimios_web using ({OWN}) with check ({OWN})")
        op.execute(f"create policy every_organisation on {table} to dimios_worker using (true) with check (true)")


def downgrade() -> None:
    op.drop_index(op.f("ix_invitation_organisation_id_key_generation"), table_name="invitation")
    for table in ENCRYPTED:
        op.drop_constraint(op.f(f"fk_{table}_organisation_id_key_generation"), table, type_="foreignkey")
        op.drop_column(table, "key_generation")
    op.drop_table("erasure_certificate")
    op.drop_table("address_key")


_KEY = ["organisation_id", "key_generation"]


def _create_tables() -> None:
    op.create_table(
        "address_key",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("generation between 1 and 255", name=op.f("ck_address_key_generation_known")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_address_key_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "generation", name=op.f("pk_address_key")),
    )
    op.create_table(
        "erasure_certificate",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("erased_id", sa.Uuid(), nullable=False),
        sa.Column("erased_name", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_erasure_certificate_numbered")),
        sa.CheckConstraint("stage in ('begun', 'done')", name=op.f("ck_erasure_certificate_stage_known")),
        sa.CheckConstraint(
            "organisation_id = '00000000-0000-0000-0000-000000000000'",
            name=op.f("ck_erasure_certificate_platforms_own"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_erasure_certificate_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "number", name=op.f("pk_erasure_certificate")),
        sa.UniqueConstraint(
            "organisation_id",
            "erased_id",
            "stage",
            name=op.f("uq_erasure_certificate_organisation_id_erased_id_stage"),
        ),
    )


def _refer_to_key(table: str, column: str) -> None:
    """The first byte of a ciphertext is the generation of its key."""
    op.add_column(
        table, sa.Column("key_generation", sa.SmallInteger(), sa.Computed(f"get_byte({column}, 0)", persisted=True))
    )
    op.create_foreign_key(
        op.f(f"fk_{table}_organisation_id_key_generation"),
        *(table, "address_key", _KEY, ["organisation_id", "generation"]),
    )
