"""account: the language of the pages"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261127_account_language"
down_revision = "20261126_unit_periods"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("language", sa.String(), server_default="sv", nullable=False))
    op.create_check_constraint(op.f("ck_account_language_known"), "account", "language in ('sv', 'en', 'nb', 'fi')")
    op.execute("grant update (language) on account to dimios_web")


def downgrade() -> None:
    op.drop_column("account", "language")
