"""One PostgreSQL cluster on disk and the server that runs it.

`folder` holds `cluster` (PostgreSQL's own files), `socket`, `log` and `lifeline`. Every process of the
server inherits a lock on the lifeline: who gets that lock knows that nobody runs, whatever crashed before.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
import shlex
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from db.postgres_programs import Account, Programs, by_number, programs_for, unprivileged

PORT = 5432  # only part of the socket's name
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 107  # bytes; Linux keeps 108 with the closing zero
SHORT_PLACE = Path("/tmp")  # noqa: S108 - what is made there is private, and checked before use
LARGEST_LOG = 10_000_000  # bytes; then the next start begins a new one
RECOVERY = "600"  # seconds a start may take

SETTINGS = {
    "listen_addresses": "",  # no TCP
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "max_wal_size": "256MB",
    "fsync": "on",
    "autovacuum_naptime": "10s",  # until tables that have just been filled are counted, joining them may take minutes
    "jit": "off",  # compiling costs more than our short queries take
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # details and statements may hold people's addresses
    "log_min_error_statement": "panic",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server's place. `folder` is absolute, without symbolic links, so that it has one socket."""

    folder: Path

    @property
    def files(self) -> Path:
        """PostgreSQL's own files; they appear whole, with owner and database, or not at all."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "log"

    @property
    def lifeline(self) -> Path:
        """Locked as long as a process of the server lives."""
        return self.folder / "lifeline"

    @property
    def sockets(self) -> Path:
        """The socket's folder: ours, or a short one when no client could use that name.

        Too long for the kernel, or with a comma or colon, where lists of hosts are split.
        """
        own = self.folder / "socket"
        if len(os.fsencode(own / SOCKET)) <= LONGEST_SOCKET and not {",", ":"} & set(str(own)):
            return own
        return SHORT_PLACE / f"dimios-{hashlib.sha256(os.fsencode(own)).hexdigest()[:16]}"

    @property
    def account(self) -> Account:
        """Who runs the server: who always has, or for a new cluster a user without rights."""
        if os.geteuid() != 0 or not self.files.exists():
            return unprivileged()
        found = self.files.stat()
        return Account(found.st_uid, found.st_gid)


def launch_unless_alive(cluster: Cluster, first_statements: str) -> bool:
    """Start the server; whether one runs afterwards. One that is just starting or ending counts as running.

    A cluster that does not exist yet is made, and `first_statements`, one a line, run in it as superuser.
    """
    lifeline = _grasp(cluster)
    if lifeline is None:
        return True
    try:
        programs = programs_for(cluster.account)
        with _log(cluster) as log:
            made = _created(cluster, programs, log, lifeline, first_statements)
            return made and _launched(cluster, programs, log, lifeline)
    finally:
        os.close(lifeline)  # the lock stays with the server's processes


def end_if_alive(cluster: Cluster) -> bool:
    """Ask the server to break off its work and end; whether it still lives."""
    lifeline = _grasp(cluster)
    if lifeline is not None:
        if cluster.sockets.parent == SHORT_PLACE:
            with suppress(OSError):  # never made, or not ours
                cluster.sockets.rmdir()
        os.close(lifeline)
        return False
    with suppress(OSError, ValueError):  # it is just starting, or just gone
        process = int((cluster.files / "postmaster.pid").read_text().splitlines()[0])
        if Path(f"/proc/{process}/cwd").samefile(cluster.files):
            os.kill(process, signal.SIGINT)
    return True


def last_words(cluster: Cluster, lines: int = 8) -> str:
    """The end of the log, for whoever wonders why the server does not start."""
    with suppress(FileNotFoundError):
        return "\n".join(cluster.log.read_text(errors="replace").splitlines()[-lines:])
    return ""


def _grasp(cluster: Cluster) -> int | None:
    """The lifeline, open and locked; None while a process of the server lives."""
    lifeline = os.open(cluster.lifeline, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lifeline, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lifeline)
        return None
    return lifeline


@contextmanager
def _log(cluster: Cluster) -> Iterator[int]:
    """The log, open for writing at its end; a large one is set aside first."""
    if cluster.log.exists() and cluster.log.stat().st_size > LARGEST_LOG:
        cluster.log.rename(cluster.log.with_suffix(".1"))
    log = os.open(cluster.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        yield log
    finally:
        os.close(log)


def _created(cluster: Cluster, programs: Programs, log: int, lifeline: int, first_statements: str) -> bool:
    """Whether the cluster exists, made now if need be. What an interrupted attempt left is thrown away."""
    if cluster.files.exists():
        return True
    fresh = cluster.folder / "cluster.new"
    if fresh.exists():
        shutil.rmtree(fresh)
    with _handed_over(fresh, programs.account) as files:
        made = _initialised(programs, log, (files, lifeline)) and programs.run(
            "postgres",
            *("--single", "-D", by_number(files), *_options(SETTINGS), "-c", "exit_on_error=on", "postgres"),
            log=log,
            descriptors=(files, lifeline),
            text=first_statements,
        )
    if made:
        _settle(fresh, cluster.files)
    return made


def _initialised(programs: Programs, log: int, descriptors: tuple[int, int]) -> bool:
    """initdb, with a password for the superuser that nobody ever learns: it cannot sign in anyway."""
    secret = os.memfd_create("password")
    try:
        os.write(secret, secrets.token_bytes(32).hex().encode())
        return programs.run(
            "initdb",
            *("-D", by_number(descriptors[0]), f"--pwfile={by_number(secret)}", "--username=postgres"),
            *("--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", "--locale=C"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            log=log,
            descriptors=(*descriptors, secret),
        )
    finally:
        os.close(secret)


def _settle(fresh: Path, files: Path) -> None:
    """Give the new cluster its name for good: a power cut must not make it look unfinished."""
    fresh.rename(files)
    folder = os.open(files.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _launched(cluster: Cluster, programs: Programs, log: int, lifeline: int) -> bool:
    """Whether the server came up: it has recovered and takes connections."""
    for left in (cluster.files / "postmaster.pid", cluster.sockets / f"{SOCKET}.lock"):
        left.unlink(missing_ok=True)  # their process numbers may be somebody else's by now
    with ExitStack() as stack:
        files = stack.enter_context(_handed_over(cluster.files, programs.account))
        sockets = stack.enter_context(_handed_over(cluster.sockets, programs.account))
        options = _options(SETTINGS | {"unix_socket_directories": by_number(sockets)})
        return programs.run(
            "pg_ctl",
            *("start", "-D", by_number(files), "-s", "-w", "-t", RECOVERY, "-o", shlex.join(options)),
            log=log,
            descriptors=(files, sockets, lifeline),
        )


def _options(settings: dict[str, str]) -> list[str]:
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


@contextmanager
def _handed_over(folder: Path, account: Account) -> Iterator[int]:
    """The folder, made if missing, opened and given to the account, closed to everybody else.

    Raises OSError for a link or another user's folder: in /tmp anybody may have put it there.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(descriptor).st_uid not in {account.uid, os.geteuid()}:
            raise PermissionError(errno.EPERM, "somebody else's folder", str(folder))
        os.fchown(descriptor, account.uid, account.gid)
        os.fchmod(descriptor, 0o700)
        yield descriptor
    finally:
        os.close(descriptor)
