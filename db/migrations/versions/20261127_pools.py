"""fixed pools, and what organisations agree to show each other"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261127_pools"
down_revision = "20261127_role_answered"
branch_labels = None
depends_on = None

OWN = "organisation_id = nullif(current_setting('dimios.organisation_id', true), '')::uuid"
OTHERS = OWN.replace("organisation_id =", "organisation_id <>")
OWN_GROUPS = "group_id in (select group_id from group_membership)"  # web sees only its own memberships there
EVERYBODYS = "organisation_id = '00000000-0000-0000-0000-000000000000'"  # the platform's: nobody is left out
COUNTIES = (
    "county in ('01', '03', '04', '05', '06', '07', '08', '09', '10', '12', '13', '14', '17', '18', '19', '20', '21',"
    " '22', '23', '24', '25')"
)
NEW = ("told_pool", "given_consent", "shared_result", "group_code", "group_membership", "group_member")
SHARED = "year, part, group_id, computed_on, sector, size, county, name, synthetic, keys, mean"


def upgrade() -> None:
    op.create_check_constraint("county_known", "organisation", COUNTIES)
    op.create_check_constraint("employees_counted", "organisation", "employees >= 0")
    op.add_column("benchmark", sa.Column("place", sa.ARRAY(sa.Integer()), server_default="{}", nullable=False))
    _create_pools_and_consents()
    _create_groups()
    _create_shared_results()
    _grant()
    _secure()


def downgrade() -> None:
    for table in ("shared_result", "group_member", "group_membership", "group_code", "given_consent", "told_pool"):
        op.drop_table(table)
    op.execute("drop policy everybodys on benchmark")
    op.drop_column("benchmark", "place")
    op.execute("revoke update (county, employees) on organisation from dimios_web")
    op.drop_constraint("employees_counted", "organisation", type_="check")
    op.drop_constraint("county_known", "organisation", type_="check")


def _create_pools_and_consents() -> None:
    op.create_table(
        "told_pool",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("computed_on", sa.Date(), nullable=False),
        sa.Column("members", sa.ARRAY(sa.Uuid()), nullable=False),
        _of_organisation("told_pool"),
        sa.PrimaryKeyConstraint("organisation_id", "year", "pool", "computed_on", name=op.f("pk_told_pool")),
    )
    op.create_table(
        "given_consent",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint("kind in ('point', 'named', 'similar', 'areas')", name=op.f("ck_given_consent_kind_known")),
        _of_organisation("given_consent"),
        sa.PrimaryKeyConstraint("organisation_id", "kind", name=op.f("pk_given_consent")),
    )


def _create_groups() -> None:
    op.create_table(
        "group_code",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_group_code")),
    )
    op.create_table(
        "group_membership",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        _of_organisation("group_membership"),
        sa.PrimaryKeyConstraint("organisation_id", "group_id", name=op.f("pk_group_membership")),
    )
    op.create_table(
        "group_member",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        _of_organisation("group_member"),
        _of_membership("group_member"),
        sa.PrimaryKeyConstraint("organisation_id", "group_id", name=op.f("pk_group_member")),
    )


def _create_shared_results() -> None:
    op.create_table(
        "shared_result",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("computed_on", sa.Date(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("size", sa.SmallInteger(), nullable=True),
        sa.Column("county", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("keys", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("mean", sa.ARRAY(sa.Double()), nullable=False),
        sa.CheckConstraint("num_nonnulls(consent, group_id) = 1", name=op.f("ck_shared_result_shared_for_one_reason")),
        sa.CheckConstraint("cardinality(keys) = cardinality(mean)", name=op.f("ck_shared_result_arrays_of_one_length")),
        _of_organisation("shared_result"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "consent"],
            ["given_consent.organisation_id", "given_consent.kind"],
            name=op.f("fk_shared_result_organisation_id_consent"),
            ondelete="CASCADE",
        ),
        _of_membership("shared_result"),
        sa.PrimaryKeyConstraint("organisation_id", "year", "part", name=op.f("pk_shared_result")),
    )
    op.create_index(op.f("ix_shared_result_year_part"), "shared_result", ["year", "part"])


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{table}_organisation_id"), ondelete="CASCADE"
    )


def _of_membership(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", "group_id"],
        ["group_membership.organisation_id", "group_membership.group_id"],
        name=op.f(f"fk_{table}_organisation_id_group_id"),
        ondelete="CASCADE",
    )


def _grant() -> None:
    for table in NEW:
        op.execute(f"grant select, insert, update, delete on {table} to dimios_worker")
    op.execute("grant update (county, employees) on organisation to dimios_web")
    op.execute("grant select, insert, delete on given_consent, group_membership to dimios_web")
    op.execute("grant select, insert on group_code, group_member to dimios_web")
    op.execute(f"grant select ({SHARED}) on shared_result to dimios_web")


def _secure() -> None:
    for table in NEW:
        if table != "group_code":
            op.execute(f"alter table {table} enable row level security")
            op.execute(f"create policy every_organisation on {table} to dimios_worker using (true) with check (true)")
    for table in ("told_pool", "given_consent", "group_membership", "group_member"):
        op.execute(f"create policy own_organisation on {table} to dimios_web using ({OWN}) with check ({OWN})")
    op.execute(f"create policy of_own_groups on group_member for select to dimios_web using ({OWN_GROUPS})")
    op.execute(
        "create policy of_others on shared_result for select to dimios_web"
        f" using ({OTHERS} and (group_id is null or {OWN_GROUPS}))"
    )
    op.execute(f"create policy everybodys on benchmark for select to dimios_web using ({EVERYBODYS})")
