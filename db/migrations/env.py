"""Alembic's entry: runs migrations on the connection that db/migrate.py hands over."""

from __future__ import annotations

from alembic import context

from db.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
