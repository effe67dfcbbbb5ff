"""The embedded server's life: start, join, stop, crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from db import embedded
from db.embedded import ServerUnavailable
from tests.db.embedded_home import Home, home_at, mode, query

START = (
    "import sys; from pathlib import Path; from db import embedded; "
    "print(embedded.start(Path(sys.argv[1]), Path(sys.argv[2])).url)"
)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with home_at(tmp_path) as home:
        yield home


def test_the_first_start_gives_the_owner_a_database_of_its_own(home: Home) -> None:
    server = home.start()

    assert query(server, "select current_user || ' ' || current_database()") == ["dimios_owner dimios"]
    assert query(server, "select rolname from pg_roles where rolcanlogin and (rolsuper or rolbypassrls)") == []
    assert query(server, "select rolcreaterole and rolcreatedb from pg_roles where rolname = current_user") == [True]


def test_the_database_knows_swedish_letters_and_has_checksums(home: Home) -> None:
    server = home.start()

    assert query(server, "select lower('ÅÄÖ') || length('åäö')") == ["åäö3"]
    assert query(server, "select datlocale from pg_database where datname = 'dimios'") == ["C.UTF-8"]
    assert query(server, "show data_checksums") == ["on"]
    assert query(server, "show fsync") == ["on"]


def test_a_running_server_is_joined_not_started_again(home: Home) -> None:
    first = home.start()
    started = query(first, "select pg_postmaster_start_time()")

    second = home.start()

    assert second == first
    assert query(second, "select pg_postmaster_start_time()") == started


def test_a_stopped_server_starts_again_with_its_rows(home: Home) -> None:
    query(home.start(), "create table note as select 'kvar' as word")
    embedded.stop(home.data)
    assert home.processes() == []

    server = home.start()

    assert query(server, "select word from note") == ["kvar"]


def test_stopping_where_nothing_runs_does_nothing(tmp_path: Path) -> None:
    embedded.stop(tmp_path / "never started")

    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_at_the_same_moment_get_the_same_server(home: Home) -> None:
    command = [sys.executable, "-c", START, str(home.data), str(home.keys)]
    starting = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(embedded.__file__).parents[1])
        for _ in range(3)
    ]

    urls = {process.communicate()[0].strip() for process in starting}

    assert urls == {home.start().url}
    assert [process.returncode for process in starting] == [0, 0, 0]


def test_committed_rows_survive_the_kill_of_every_process(home: Home) -> None:
    query(home.start(), "create table note as select 'kvar' as word")
    for process in home.processes():
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)

    server = home.start()

    assert query(server, "select word from note") == ["kvar"]


def test_a_process_number_that_is_somebody_elses_by_now_does_not_stop_the_start(home: Home) -> None:
    home.start()
    left = (home.cluster / "postmaster.pid").read_text().splitlines()
    embedded.stop(home.data)
    (home.cluster / "postmaster.pid").write_text("\n".join([str(os.getpid()), *left[1:]]))

    server = home.start()

    assert query(server, "select 1") == [1]


def test_what_an_interrupted_first_start_left_is_thrown_away(home: Home) -> None:
    half = home.data / "database" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    server = home.start()

    assert query(server, "select 1") == [1]
    assert not half.exists()


@pytest.mark.parametrize("name", ["två ord åäö", "a,b:c", "lång " * 30])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    with home_at(tmp_path / name) as home:
        server = home.start()

        assert query(server, "select 1") == [1]
        assert len(os.fsencode(server.socket_folder / ".s.PGSQL.5432")) <= 107
        assert mode(server.socket_folder) == 0o700


def test_the_callers_own_postgres_variables_change_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGPORT": "1", "PGHOST": "example", "PGDATA": "/", "PGUSER": "eva"}.items():
        monkeypatch.setenv(name, value)

    server = home.start()

    assert query(server, "select current_user || ' ' || current_setting('port')") == ["dimios_owner 5432"]


def test_a_damaged_cluster_is_told_with_the_servers_own_words(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.start()
    embedded.stop(home.data)
    (home.cluster / "global" / "pg_control").unlink()
    monkeypatch.setattr(embedded, "RETRY", 0.0)

    with pytest.raises(ServerUnavailable, match="pg_control"):
        home.start()
