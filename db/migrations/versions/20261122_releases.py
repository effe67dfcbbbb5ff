"""released results, benchmarks and suggestions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_releases"
down_revision = "20261122_measurements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "benchmark",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("computed_on", sa.Date(), nullable=False),
        sa.Column("organisations", sa.Integer(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("keys", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("counts", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("mean", sa.ARRAY(sa.Double()), nullable=False),
        sa.Column("lower_quartile", sa.ARRAY(sa.Double()), nullable=False),
        sa.Column("median", sa.ARRAY(sa.Double()), nullable=False),
        sa.Column("upper_quartile", sa.ARRAY(sa.Double()), nullable=False),
        sa.CheckConstraint("organisations >= 0", name=op.f("ck_benchmark_organisations_counted")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_benchmark_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "year", "pool", name=op.f("pk_benchmark")),
    )
    op.create_table(
        "release",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("statements", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("skipped_ballots", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_release_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_release_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "measurement_id", name=op.f("pk_release")),
    )
    op.create_table(
        "released_piece",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("n", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("total", sa.ARRAY(sa.Integer()), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_released_piece_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_released_piece_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "measurement_id", "unit_id", name=op.f("pk_released_piece")),
    )
    op.create_table(
        "released_unit",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("mean", sa.ARRAY(sa.Double()), nullable=False),
        sa.Column("hidden", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("home", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("lifted", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("bound", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.CheckConstraint(
            "cardinality(mean) = cardinality(hidden) and cardinality(mean) = cardinality(home)"
            " and cardinality(mean) = cardinality(lifted) and cardinality(mean) = cardinality(bound)",
            name=op.f("ck_released_unit_arrays_of_one_length"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_released_unit_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_released_unit_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "measurement_id", "unit_id", name=op.f("pk_released_unit")),
    )
    op.create_table(
        "suggestion",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "measurement_id"],
            ["measurement.organisation_id", "measurement.id"],
            name=op.f("fk_suggestion_organisation_id_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_suggestion_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_suggestion")),
    )
    op.create_index(
        op.f("ix_suggestion_organisation_id_measurement_id"),
        "suggestion",
        ["organisation_id", "measurement_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_suggestion_organisation_id_measurement_id"), table_name="suggestion")
    op.drop_table("suggestion")
    op.drop_table("released_unit")
    op.drop_table("released_piece")
    op.drop_table("release")
    op.drop_table("benchmark")
