"""measurements that are cancelled, or destroyed because nobody released them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_box_ends"
down_revision = "20261125_finer_results"
branch_labels = None
depends_on = None

OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"


def upgrade() -> None:
    op.add_column("measurement", sa.Column("closed_on", sa.Date(), nullable=True))
    op.execute("update measurement set closed_on = current_date where state = 'closed'")  # the 60 days begin now
    op.drop_constraint(op.f("ck_measurement_state_known"), "measurement", type_="check")
    op.drop_constraint(op.f("ck_measurement_period_when_started"), "measurement", type_="check")
    op.drop_constraint(op.f("uq_measurement_organisation_id_year"), "measurement", type_="unique")
    _check("state_known", "state in ('draft', 'open', 'closed', 'released', 'destroyed', 'cancelled')")
    _check("period_when_started", "state in ('draft', 'cancelled') or opens is not null")
    _check("closed_some_day", "state <> 'closed' or closed_on is not null")
    op.create_index(
        op.f("uq_measurement_organisation_id_year"),
        *("measurement", ["organisation_id", "year"]),
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.execute("grant update (closed_on) on measurement to dimios_web")
    # Only the worker makes a measurement released or destroyed; and what is over stays as it is.
    op.execute("drop policy released_by_worker on measurement")
    op.execute(
        "create policy ended_by_worker on measurement as restrictive for update to dimios_web"
        " using (state in ('draft', 'open', 'closed'))"
        " with check (state in ('draft', 'open', 'closed', 'cancelled'))"
    )
    _create_warnings()


def downgrade() -> None:
    op.drop_table("destruction_warning")
    op.execute("drop policy ended_by_worker on measurement")
    op.execute(
        "create policy released_by_worker on measurement as restrictive for update to dimios_web"
        " using (state <> 'released') with check (state <> 'released')"
    )
    op.execute("delete from measurement where state in ('destroyed', 'cancelled')")  # nothing is left of them
    op.drop_index(op.f("uq_measurement_organisation_id_year"), table_name="measurement")
    for name in ("closed_some_day", "period_when_started", "state_known"):
        op.drop_constraint(op.f(f"ck_measurement_{name}"), "measurement", type_="check")
    _check("state_known", "state in ('draft', 'open', 'closed', 'released')")
    _check("period_when_started", "state = 'draft' or opens is not null")
    op.create_unique_constraint(op.f("uq_measurement_organisation_id_year"), "measurement", ["organisation_id", "year"])
    op.drop_column("measurement", "closed_on")


def _check(name: str, rule: str) -> None:
    op.create_check_constraint(op.f(f"ck_measurement_{name}"), "measurement", rule)


def _create_warnings() -> None:
    op.create_table(
        "destruction_warning",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("warned_on", sa.Date(), nullable=False),
        sa.CheckConstraint("number between 1 and 3", name=op.f("ck_destruction_warning_numbered")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_destruction_warning_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_destruction_warning_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            *("organisation_id", "measurement_id", "closed_on", "number"), name=op.f("pk_destruction_warning")
        ),
    )
    op.execute("grant select on destruction_warning to dimios_web")
    op.execute("grant select, insert, delete on destruction_warning to dimios_worker")
    op.execute("alter table destruction_warning enable row level security")
    op.execute(f"create policy own_organisation on destruction_warning to dimios_web using ({OWN}) with check ({OWN})")
    op.execute(
        "create policy every_organisation on destruction_warning to dimios_worker using (true) with check (true)"
    )
