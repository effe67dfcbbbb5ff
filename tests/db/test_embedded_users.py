"""Who still uses the embedded server, and who may end it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import embedded
from tests.db.embedded_home import Home, home_at, query

STAYS = """
import sys
from pathlib import Path
from db import embedded
embedded.start(Path(sys.argv[1]), Path(sys.argv[2]))
print("uses it", flush=True)
sys.stdin.read()
"""
COMES_AND_GOES = """
import sys
from pathlib import Path
import psycopg
from db import embedded
for _ in range(4):
    url = embedded.start(Path(sys.argv[1]), Path(sys.argv[2])).url.replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        assert connection.execute("select pg_sleep(0.05), 1").fetchone()[1] == 1
    embedded.leave(Path(sys.argv[1]))
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with home_at(tmp_path) as made:
        yield made


def python(program: str, home: Home) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(home.data), str(home.keys)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_last_one_to_leave_ends_the_server(home: Home) -> None:
    home.start()
    home.start()

    embedded.leave(home.data)

    assert home.processes() == []
    assert query(home.start(), "select 1") == [1]


def test_whoever_has_not_come_cannot_leave(home: Home) -> None:
    embedded.leave(home.data)

    with python(STAYS, home) as other:
        assert other.stdout is not None
        other.stdout.readline()
        embedded.leave(home.data)
        assert home.processes() != []


def test_the_server_stays_for_others_and_even_a_killed_one_has_left(home: Home) -> None:
    with python(STAYS, home) as other:
        assert other.stdout is not None
        other.stdout.readline()
        server = home.start()

        embedded.leave(home.data)

        assert query(server, "select 1") == [1]
        other.kill()
    home.start()
    embedded.leave(home.data)
    assert home.processes() == []


def test_many_that_come_and_go_at_once_never_find_it_gone(home: Home) -> None:
    crowd = [python(COMES_AND_GOES, home) for _ in range(3)]

    for each in crowd:
        each.communicate()

    assert [each.returncode for each in crowd] == [0, 0, 0]
    assert home.processes() == []
