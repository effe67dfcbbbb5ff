"""`serve` as a newcomer and an operator meet it: started, killed, started again, ended, refused."""

from __future__ import annotations

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from db import embedded
from dimios_dash.serving.access_log import without_link
from dimios_dash.serving.programs import web_child, worker_child
from dimios_dash.settings import Settings
from tests.smtp_server import free_port

PATIENCE = 60  # seconds until a test gives up; none of them measures


@dataclass
class Served:
    """A data folder and the processes that serve it."""

    data: Path
    project: Path
    port: int = field(default_factory=free_port)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self) -> subprocess.Popen[str]:
        """A supervisor; whether it comes up is for the test to see."""
        surroundings = {"DIMIOS_DATA": str(self.data), "PORT": str(self.port)}
        process = subprocess.Popen(
            [sys.executable, "-m", "dimios_dash", "serve"],
            cwd=self.project,
            env=os.environ | surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def start_and_wait(self) -> subprocess.Popen[str]:
        """A supervisor that has said where it is, and the first page there."""
        supervisor = self.start()
        assert supervisor.stdout is not None
        assert any(f"http://127.0.0.1:{self.port}" in line for line in supervisor.stdout)
        assert self._first_page() == 200
        return supervisor

    def processes(self) -> list[int]:
        """Supervisor, web server and worker: all were given the folder."""
        given = f"DIMIOS_DATA={self.data}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if given in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
        return found

    def _first_page(self) -> int:
        """Its HTTP status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/logga-in")
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture
def served(tmp_path: Path, project: Path) -> Iterator[Served]:
    served = Served(tmp_path / "två ord" / "data", project)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by background jobs and all they start
    yield served
    signal.signal(signal.SIGINT, before)
    for process in served.started:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    embedded.stop(served.data)


def test_it_starts_again_after_any_kill_and_leaves_nothing_behind_when_it_is_ended(served: Served) -> None:
    first = served.start_and_wait()
    children = set(served.processes())
    assert len(children) >= 4

    first.send_signal(signal.SIGKILL)
    served.start_and_wait()
    assert children.isdisjoint(served.processes())

    for process in served.processes():
        with suppress(ProcessLookupError):  # they end each other
            os.kill(process, signal.SIGKILL)
    last = served.start_and_wait()

    last.send_signal(signal.SIGINT)
    assert last.wait(PATIENCE) == 0
    assert served.processes() == []
    assert not (served.data / "database" / "cluster" / "postmaster.pid").exists()


def test_a_folder_that_is_being_served_is_left_to_whoever_serves_it(served: Served) -> None:
    served.data.mkdir(parents=True)
    with (served.data / "serving.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        supervisor = served.start()
        said = supervisor.communicate()[0]

    assert supervisor.returncode != 0
    assert "körs redan" in said
    assert "DIMIOS_DATA" in said


def test_a_port_that_somebody_else_has_is_named(served: Served) -> None:
    with socket.create_server(("127.0.0.1", served.port)):
        supervisor = served.start()
        said = supervisor.communicate()[0]

    assert supervisor.returncode != 0
    assert f"Port {served.port}" in said
    assert "PORT=" in said
    assert "Traceback" not in said


def test_no_child_is_given_the_owners_way_into_the_database(place: Settings) -> None:
    settings = place.model_copy(update={"smtp_user": "post", "smtp_password": "hemligt"})
    with socket.socket() as listener:
        web, worker = web_child(settings, listener, 0).environment, worker_child(settings, 0).environment

    assert "DATABASE_URL" not in web.keys() | worker.keys()
    assert "dimios_web" in web["DATABASE_WEB_URL"]
    assert "DATABASE_WORKER_URL" not in web
    assert "dimios_worker" in worker["DATABASE_WORKER_URL"]
    assert "DATABASE_WEB_URL" not in worker
    assert "SMTP_PASSWORD" not in web
    assert worker["SMTP_PASSWORD"] == "hemligt"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/svara/abcDEF-_", "/svara/…"),
        ("/svara/abc/tack", "/svara/…/tack"),
        ("/matning/folj", "/matning/folj"),
        ("/", "/"),
    ],
)
def test_personal_links_are_not_written_down(path: str, written: str) -> None:
    assert without_link(path) == written
