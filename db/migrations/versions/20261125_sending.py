"""reminder rounds, pause and pace of mails, returned mails"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_sending"
down_revision = "20261125_answer_count"
branch_labels = None
depends_on = None

WORKER = dict.fromkeys(("mail_pace", "reminder_round", "returned_mail"), "select, insert, update, delete")
WEB = {
    "measurement": "update (mail_paused)",
    "invitation": "update (mail)",  # what the key user says became of it
    "outbox": "update (state, due_at)",
    "mail_pace": "select, insert (organisation_id, per_minute), update (per_minute)",
    "reminder_round": "select, insert, delete",
    "returned_mail": "insert",
}
OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"
_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.add_column("measurement", sa.Column("mail_paused", sa.Boolean(), server_default="false", nullable=False))
    _create_tables()
    op.drop_index("ix_outbox_waiting", table_name="outbox")
    columns = ["organisation_id", "measurement_id", "due_at", "id"]
    op.create_index("ix_outbox_waiting", "outbox", columns, postgresql_where=_WAITING)
    op.create_index("ix_outbox_returned", "outbox", ["id"])
    for role, rights in {"dimios_worker": WORKER, "dimios_web": WEB}.items():
        for table, right in rights.items():
            op.execute(f"grant {right} on {table} to {role}")
    for table in WORKER:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_organisation on {table} to dimios_web using ({OWN}) with check ({OWN})")
        op.execute(f"create policy every_organisation on {table} to dimios_worker using (true) with check (true)")
    # People decide about mails that have stopped; what the worker has in its hands, or has sent, they leave alone.
    op.execute(
        "create policy stopped_mails on outbox as restrictive for update to dimios_web"
        " using (state in ('waiting', 'failed', 'uncertain')) with check (state in ('waiting', 'sent', 'dropped'))"
    )
    op.execute("create policy planned_rounds on reminder_round as restrictive for delete to dimios_web"
               " using (number is null)")  # fmt: skip


def downgrade() -> None:
    op.execute("drop policy stopped_mails on outbox")
    op.execute("revoke update (state, due_at) on outbox from dimios_web")
    op.execute("revoke update (mail) on invitation from dimios_web")
    op.drop_index("ix_outbox_returned", table_name="outbox")
    op.drop_index("ix_outbox_waiting", table_name="outbox", postgresql_where=_WAITING)
    op.create_index("ix_outbox_waiting", "outbox", ["due_at"], postgresql_where=_WAITING)
    for table in WORKER:
        op.drop_table(table)
    op.drop_column("measurement", "mail_paused")


def _create_tables() -> None:
    op.create_table(
        "mail_pace",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("per_minute > 0", name=op.f("ck_mail_pace_per_minute_counted")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_mail_pace_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_mail_pace")),
    )
    op.create_table(
        "reminder_round",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_reminder_round_numbered")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_reminder_round_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_reminder_round_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "measurement_id", "day", name=op.f("pk_reminder_round")),
        sa.UniqueConstraint(
            "organisation_id",
            "measurement_id",
            "number",
            name=op.f("uq_reminder_round_organisation_id_measurement_id_number"),
        ),
    )
    op.create_table(
        "returned_mail",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.CheckConstraint(
            "outcome in ('failed', 'delayed', 'automatic', 'unplaced')", name=op.f("ck_returned_mail_outcome_known")
        ),
        sa.CheckConstraint(
            "organisation_id = '00000000-0000-0000-0000-000000000000'", name=op.f("ck_returned_mail_platforms_own")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_returned_mail_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_returned_mail")),
    )
