"""rights of web and worker, row-level security for web"""

from __future__ import annotations

from alembic import op

revision = "20261122_roles"
down_revision = "20261122_work"
branch_labels = None
depends_on = None

# What web may do. Not here: released_piece (stored, never shown), token_hash and mail of an invitation (the worker's),
# box_public_key of a measurement (the worker's), and any reading of ballots.
WEB = {
    "instrument_version": "select",
    "sign_in_name": "select",
    "throttle": "select, insert, update, delete",
    "organisation": "select",
    "unit": "select, insert, update",
    "account": "select, update (password_hash)",
    "sign_in_session": "select, insert, delete",
    "measurement": "select, insert (organisation_id, id, year, k, instrument_version),"
    " update (state, opens, closes, k)",
    "placement": "select, insert",
    "invitation": "select, update (answered, unit_id, role_type, removed),"
    " insert (organisation_id, id, measurement_id, unit_id, role_type, address, address_index)",
    "open_link": "select, insert, update, delete",
    "ballot": "insert",
    "release": "select",
    "released_unit": "select",
    "benchmark": "select",
    "suggestion": "select",
    "outbox": "select, insert",
    "job": "select, insert",
    "upload": "select, insert, delete",
    "audit_event": "select, insert",
}
OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"
PLATFORM_WIDE = {"instrument_version", "sign_in_name", "throttle"}  # hold nothing of an organisation that can be read


def upgrade() -> None:
    op.execute("grant usage on schema public to dimios_web, dimios_worker")
    for table, rights in WEB.items():
        op.execute(f"grant {rights} on {table} to dimios_web")
    op.execute("grant select, insert, update, delete on all tables in schema public to dimios_worker")
    op.execute("grant truncate on ballot to dimios_worker")  # the nightly remix
    for table in [*(WEB.keys() - PLATFORM_WIDE), "released_piece"]:
        own = OWN.replace("organisation_id =", "id =") if table == "organisation" else OWN
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_organisation on {table} to dimios_web using ({own}) with check ({own})")
        op.execute(f"create policy every_organisation on {table} to dimios_worker using (true) with check (true)")
    # Only the worker makes a measurement released, after the gate; and what is released stays as it is.
    op.execute(
        "create policy released_by_worker on measurement as restrictive for update to dimios_web"
        " using (state <> 'released') with check (state <> 'released')"
    )


def downgrade() -> None:
    op.execute("drop policy released_by_worker on measurement")
    for table in [*(WEB.keys() - PLATFORM_WIDE), "released_piece"]:
        op.execute(f"drop policy every_organisation on {table}")
        op.execute(f"drop policy own_organisation on {table}")
        op.execute(f"alter table {table} disable row level security")
    op.execute("revoke all on all tables in schema public from dimios_web, dimios_worker")
    op.execute("revoke usage on schema public from dimios_web, dimios_worker")
