"""texts in the organisation's own words, and its glossary"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_wording"
down_revision = "20261125_sending"
branch_labels = None
depends_on = None

WEB = {"wording": "select, insert, update, delete", "glossary_entry": "select, insert, delete"}
OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"
LANGUAGES = "language in ('sv', 'en', 'nb', 'fi')"


def upgrade() -> None:
    _create_tables()
    for table, rights in WEB.items():
        op.execute(f"grant {rights} on {table} to dimios_web")
        op.execute(f"grant select, insert, update, delete on {table} to dimios_worker")
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_organisation on {table} to dimios_web using ({OWN}) with check ({OWN})")
        op.execute(f"create policy every_organisation on {table} to dimios_worker using (true) with check (true)")


def downgrade() -> None:
    op.drop_table("glossary_entry")
    op.drop_table("wording")


def _create_tables() -> None:
    op.create_table(
        "wording",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_wording_language_known")),
        sa.CheckConstraint(
            "kind in ('invitation_subject', 'invitation', 'reminder_subject', 'reminder', 'introduction', 'thanks')",
            name=op.f("ck_wording_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_wording_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "language", "kind", name=op.f("pk_wording")),
    )
    op.create_table(
        "glossary_entry",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_glossary_entry_language_known")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_glossary_entry_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_glossary_entry")),
        sa.UniqueConstraint(
            "organisation_id", "language", "term", name=op.f("uq_glossary_entry_organisation_id_language_term")
        ),
    )
