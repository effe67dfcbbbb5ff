"""invitation: the language to write in, and a version for those who edit at once"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_respondents"
down_revision = "20261125_incidents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation", sa.Column("language", sa.String(), server_default="sv", nullable=False))
    op.add_column("invitation", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_check_constraint(
        op.f("ck_invitation_language_known"), "invitation", "language in ('sv', 'en', 'nb', 'fi')"
    )
    op.execute("grant insert (language), update (language, version) on invitation to dimios_web")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_invitation_language_known"), "invitation", type_="check")
    op.drop_column("invitation", "version")
    op.drop_column("invitation", "language")
