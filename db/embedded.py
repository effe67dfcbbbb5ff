"""The embedded server: starts, joins and stops one PostgreSQL per data folder, on a Unix socket only.

It lives in `<data>/database`; the owner's password in `<keys>/database/owner`, so that no copy of the data
opens it.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

import psycopg
from sqlalchemy import URL

from db.engine import Role
from db.postgres_cluster import (
    PORT,
    Cluster,
    end_if_alive,
    last_words,
    launch_unless_alive,
)
from dimios_dash.errors import UserError

OWNER = Role.OWNER.value
DATABASE = "dimios"
RETRY = 5.0  # seconds: after a crash the kernel may hold shared memory a moment longer
PATIENCE = 60.0  # seconds for a living server to answer or to end: it may be recovering
PAUSE = 0.05

_held: dict[Path, int] = {}  # cluster folder -> this process's lock on the file that all users of the server share


class ServerUnavailable(UserError):
    """The embedded server cannot be started, joined or stopped."""

    status = 503


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs. `url` is the owner's address with the password in it: never print it."""

    url: str = field(repr=False)
    data: Path
    socket_folder: Path


def start(data: Path, keys: Path) -> Server:
    """The running server of `data`: started if need be, joined otherwise; it outlives the caller.

    The process counts as a user of the server until it ends or says `leave`. Both folders are made if
    missing. Safe to call from many processes at once and after any crash. Raises ServerUnavailable when a
    folder cannot be used, the keys are another database's, or the server does not come up.
    """
    cluster = _cluster(data)
    try:
        _make_private(cluster.folder.parent)
        _make_private(cluster.folder)
        password = _password(cluster, keys)
        _hold(cluster)
        _bring_up(cluster, password)
    except OSError as error:
        raise ServerUnavailable(
            f"Databasen i {data} går inte att använda ({error}). Kör som den användare som äger mappen, "
            "eller välj en annan mapp med DIMIOS_DATA."
        ) from error
    return Server(_url(cluster, password), data, cluster.sockets)


def leave(data: Path) -> None:
    """This process needs the server of `data` no more: the last one to leave ends it.

    A process that starts or joins the server at the same moment is a user already, or waits and starts it anew.
    Nothing happens in a process that has not called `start`. Raises ServerUnavailable as `stop` does.
    """
    cluster = _cluster(data)
    held = _held.pop(cluster.folder, None)
    if held is None:
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        stop(data)
    except BlockingIOError:  # somebody else uses it
        return
    finally:
        os.close(held)


def stop(data: Path) -> None:
    """End the server of `data` and wait until it has; nothing happens where none runs.

    Open transactions are rolled back. Raises ServerUnavailable when it does not end.
    """
    cluster = _cluster(data)
    deadline = time.monotonic() + PATIENCE
    while cluster.folder.exists() and end_if_alive(cluster):
        if time.monotonic() > deadline:
            raise ServerUnavailable(f"Databasen i {data} går inte att stoppa härifrån. Stoppa den för hand.")
        time.sleep(PAUSE)


def _cluster(data: Path) -> Cluster:
    return Cluster(data.resolve() / "database")


def _make_private(folder: Path) -> None:
    """Make the folder, and keep everybody else out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def _hold(cluster: Cluster) -> None:
    """Count as a user of the server. Waits for one who is just ending it; whatever ends the process lets go."""
    if cluster.folder not in _held:
        users = os.open(cluster.folder / "users", os.O_RDONLY | os.O_CREAT, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)
        _held[cluster.folder] = users


def _password(cluster: Cluster, keys: Path) -> str:
    """The owner's password; made for a database that does not exist yet."""
    file = keys / "database" / "owner"
    if not cluster.files.exists():  # asked first: who made the files wrote the password before them
        _make_private(keys)
        _make_private(file.parent)
        _write_once(file, secrets.token_urlsafe(32))
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ServerUnavailable(
            f"Databasen i {cluster.folder} finns, men dess lösenord saknas: {file}. "
            "Låt DIMIOS_KEYS peka på nyckelmappen som hör till databasen."
        ) from None


def _write_once(file: Path, secret: str) -> None:
    """Write the secret whole, readable by us only, unless there is one: the first of many callers wins."""
    with NamedTemporaryFile("w", dir=file.parent, encoding="utf-8") as temporary:
        temporary.write(secret)
        temporary.flush()
        os.fsync(temporary.fileno())
        with suppress(FileExistsError):
            os.link(temporary.name, file)


def _bring_up(cluster: Cluster, password: str) -> None:
    """Start the server unless somebody has, and wait until it answers."""
    began = time.monotonic()
    while True:
        alive = launch_unless_alive(cluster, _first_statements(password))
        if alive and _answers(cluster, password):
            return
        if time.monotonic() - began > (PATIENCE if alive else RETRY):
            raise ServerUnavailable(
                f"Databasen i {cluster.folder} startar inte. Det sista den skrev:\n{last_words(cluster)}"
            )
        time.sleep(PAUSE)


def _first_statements(password: str) -> str:
    """Owner and database; then nobody signs in as superuser any more."""
    return (
        f"CREATE ROLE {OWNER} LOGIN CREATEROLE CREATEDB PASSWORD '{password}'\n"
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}\n"
        "ALTER ROLE postgres NOLOGIN\n"
    )


def _answers(cluster: Cluster, password: str) -> bool:
    """Whether the owner gets in. Raises ServerUnavailable for a password that is not this database's."""
    try:
        psycopg.connect(host=str(cluster.sockets), port=PORT, user=OWNER, password=password, dbname=DATABASE).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise ServerUnavailable(
                f"Nyckelmappen hör inte till databasen i {cluster.folder}: lösenordet stämmer inte. "
                "Låt DIMIOS_KEYS peka på nyckelmappen som hör till databasen."
            ) from None
        return False
    return True


def _url(cluster: Cluster, password: str) -> str:
    url = URL.create(
        "postgresql+psycopg",
        username=OWNER,
        password=password,
        database=DATABASE,
        query={"host": str(cluster.sockets), "port": str(PORT)},
    )
    return url.render_as_string(hide_password=False)
