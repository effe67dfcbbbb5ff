"""Makes a place ready before a process starts: keys, the database server, its roles and schema."""

from __future__ import annotations

import os
import secrets

from sqlalchemy import Engine

from db import embedded
from db.commands import people
from db.engine import Role, connect, transaction, url_for
from db.migrate import migrate
from dimios_dash import access
from dimios_dash.crypto.key_names import BOUNCES_KEY, COOKIE_KEY, SIGN_IN_KEY, database_key
from dimios_dash.crypto.key_ring import KEY_BYTES
from dimios_dash.crypto.keystore import FolderKeyStore, KeyExists, KeyStore
from dimios_dash.crypto.organisation_keys import ensure_master_key
from dimios_dash.settings import Settings


def prepare(settings: Settings) -> None:
    """Keys, database server, roles, schema and the platform's own row; does little where all is there."""
    keys = key_store(settings)
    _ensure_keys(keys)
    owner = connect(owner_url(settings))
    try:
        migrate(owner, {role: keys.read(database_key(role)).decode() for role in (Role.WEB, Role.WORKER)})
        with transaction(owner, None) as session:
            people.ensure_platform(session, access.system(), keys)
    finally:
        owner.dispose()


def key_store(settings: Settings) -> KeyStore:
    """Where this place keeps its keys."""
    return FolderKeyStore(settings.key_folders)


def owner_url(settings: Settings) -> str:
    """The owner's database address; starts the embedded server where no other is named."""
    return settings.database_url or embedded.start(settings.data, settings.keys).url


def role_url(settings: Settings, keys: KeyStore, role: Role) -> str:
    """The database address of *web* or *worker*: as set, or the owner's with the role's own password."""
    given = {Role.WEB: settings.database_web_url, Role.WORKER: settings.database_worker_url}[role]
    return given or url_for(owner_url(settings), role, keys.read(database_key(role)).decode())


def worker_engine(settings: Settings) -> Engine:
    """An engine that speaks as *worker*."""
    return connect(role_url(settings, key_store(settings), Role.WORKER))


def _ensure_keys(keys: KeyStore) -> None:
    ensure_master_key(keys)
    for name in (SIGN_IN_KEY, COOKIE_KEY, BOUNCES_KEY):
        _write_once(keys, name, os.urandom(KEY_BYTES))
    for role in (Role.WEB, Role.WORKER):
        _write_once(keys, database_key(role), secrets.token_urlsafe(24).encode())


def _write_once(keys: KeyStore, name: str, content: bytes) -> None:
    try:
        keys.write_once(name, content)
    except KeyExists:
        return
