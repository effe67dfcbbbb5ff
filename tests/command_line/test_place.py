from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import embedded
from tests.command_line.conftest import Terminal
from tests.db.embedded_home import Home, home_at, query

HEAVY = {"dash", "flask", "numpy", "pandas", "pydantic", "sqlalchemy"}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with home_at(tmp_path / "en mapp") as made:
        yield made


def dimios(home: Home, project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator types it, with the embedded server of `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DIMIOS", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "dimios_dash", *arguments],
        cwd=project,
        env=kept | {"DIMIOS_DATA": str(home.data), "DIMIOS_KEYS": str(home.keys)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_needs_none_of_the_heavy_libraries(project: Path) -> None:
    program = "import sys, dimios_dash.command_line; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=True)

    assert HEAVY & set(loaded.stdout.split()) == set()
    assert "dimios_dash.command_line" in loaded.stdout.split()


def test_a_command_makes_the_place_ready_and_ends_the_server_it_started(home: Home, project: Path) -> None:
    done = dimios(home, project, "migrate")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Databasen är uppdaterad till den här versionen.\n"
    assert home.processes() == []
    assert query(home.start(), "select count(*) from organisation") == [1]


def test_a_command_leaves_a_server_that_others_use(home: Home, project: Path) -> None:
    server = home.start()

    done = dimios(home, project, "create-organisation", "--name", "Provstad", "--sector", "kommun")

    assert done.returncode == 0
    assert query(server, "select name from organisation where sector = 'kommun'") == ["Provstad"]
    embedded.leave(home.data)


def test_the_demo_is_impossible_in_production(home: Home, project: Path) -> None:
    refused = dimios(home, project, "demo", DIMIOS_ENV="production")

    assert refused.returncode == 1
    assert refused.stderr.startswith("Demon går inte att använda när DIMIOS_ENV=production.")


def test_settings_that_contradict_each_other_are_one_sentence(terminal: Terminal) -> None:
    terminal = Terminal(
        terminal.engine, terminal.folder, {**terminal.environment, "DIMIOS_ENV": "production", "DIMIOS_DEMO": "1"}
    )

    refused = terminal.run("migrate")

    assert refused.exit_code == 1
    assert refused.stderr.startswith("Inställningarna går inte att använda. ")
    assert refused.stderr.count("\n") == 1


def test_a_database_that_is_not_there_is_one_sentence(terminal: Terminal) -> None:
    nowhere = {**terminal.environment, "DATABASE_URL": f"postgresql://x:y@/dimios?host={terminal.folder}"}

    refused = Terminal(terminal.engine, terminal.folder, nowhere).run("migrate")

    assert refused.exit_code == 1
    assert refused.stderr.startswith("Databasen går inte att nå. Ingenting har sparats.")
