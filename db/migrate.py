"""Brings a database to today's schema: roles first, then the migrations, then the instruments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import orjson
import psycopg
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.dialects.postgresql import insert

from db.engine import Role
from db.models import InstrumentVersion
from dimios_dash import instruments


def migrate(owner: Engine, passwords: Mapping[Role, str]) -> None:
    """Create or update everything in the owner's database; does nothing where it is up to date.

    `passwords` are those of *web* and *worker*; a role that is missing is made with it.
    """
    with owner.begin() as connection:
        for role, password in passwords.items():
            _ensure_role(connection, role, password)
        if not is_current(connection):
            command.upgrade(_config(connection), "head")
        _store_instruments(connection)


def is_current(connection: Connection) -> bool:
    """Whether every migration has been run here."""
    here = MigrationContext.configure(connection).get_current_revision()
    return here == ScriptDirectory.from_config(_config(connection)).get_current_head()


def downgrade(connection: Connection, revision: str = "base") -> None:
    """Take migrations back; for tests, and for an operator who must."""
    command.downgrade(_config(connection), revision)


def set_password(connection: Connection, role: Role, password: str) -> None:
    """Give a role the password that stands in the key store. The server, and its log, see a verifier of it only."""
    driver = cast(psycopg.Connection, connection.connection.driver_connection).pgconn
    verifier = driver.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    statement = sql.SQL("alter role {} with login password {}").format(sql.Identifier(role), sql.Literal(verifier))
    connection.exec_driver_sql(statement.as_string(None))


def _ensure_role(connection: Connection, role: Role, password: str) -> None:
    if connection.scalar(text("select 1 from pg_roles where rolname = :role"), {"role": role}) is None:
        connection.exec_driver_sql(sql.SQL("create role {}").format(sql.Identifier(role)).as_string(None))
        set_password(connection, role, password)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _store_instruments(connection: Connection) -> None:
    known = set(connection.scalars(select(InstrumentVersion.version)))
    for version in instruments.VERSIONS:
        if version not in known:
            row = {"version": version, "document": orjson.loads(instruments.document(version))}
            connection.execute(insert(InstrumentVersion).values(row).on_conflict_do_nothing())
