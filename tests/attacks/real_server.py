"""A place of its own where all is real: PostgreSQL that logs every statement, gunicorn with two workers, its logs."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine

from db import embedded, postgres_cluster
from db.engine import Role, connect
from dimios_dash.preparation import key_store, owner_url, prepare, role_url
from dimios_dash.serving.programs import web_child
from dimios_dash.settings import Settings

PATIENCE = 60  # seconds until a test gives up; none of them measures
TALKATIVE = {
    "log_statement": "all",
    "log_error_verbosity": "verbose",  # with what statements are given
    "log_min_error_statement": "error",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "wal_keep_size": "1GB",
}


@dataclass
class RealServer:
    """`worker` and `owner` speak to its database; `logs` holds what gunicorn writes."""

    settings: Settings
    worker: Engine
    owner: Engine
    logs: Path
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    web: subprocess.Popen[bytes] | None = None

    @property
    def cluster(self) -> Path:
        return self.settings.data / "database" / "cluster"

    def start_web(self) -> None:
        """As the supervisor starts it, on the same port every time; returns when it answers."""
        child = web_child(self.settings, self.listener, self.listener.fileno())
        with self.logs.open("ab") as log:
            self.web = subprocess.Popen(
                [sys.executable, *child.arguments],
                env=dict(child.environment),
                pass_fds=(self.listener.fileno(),),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while self.status("GET", "/logga-in") != 200:
            time.sleep(0.1)

    def kill_web(self) -> None:
        """Master and workers at once, with SIGKILL."""
        assert self.web is not None
        os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()

    def kill_database(self) -> None:
        """The postmaster with SIGKILL; its children end by themselves when they notice."""
        os.kill(int((self.cluster / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def submit(self, token: str, fields: Mapping[str, str]) -> int | None:
        """The HTTP status of an answer; None where there was none."""
        return self.status("POST", f"/svara/{token}", urlencode(fields))

    def status(self, method: str, path: str, body: str | None = None) -> int | None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", self.listener.getsockname()[1], timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            with connection.getresponse() as answer:
                return answer.status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


@contextmanager
def real_server(folder: Path) -> Iterator[RealServer]:
    """Everything ends with the block. Until then servers that are started talk."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in TALKATIVE.items():
            patch.setitem(postgres_cluster.SETTINGS, name, value)
        yield from _started(folder)


def _started(folder: Path) -> Iterator[RealServer]:
    settings = Settings(data=folder / "data", keys_folder=folder / "keys")
    prepare(settings)
    worker = connect(role_url(settings, key_store(settings), Role.WORKER))
    server = RealServer(settings, worker, connect(owner_url(settings)), folder / "gunicorn.log")
    server.start_web()
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            server.kill_web()
        server.listener.close()
        for engine in (server.worker, server.owner):
            engine.dispose()
        embedded.stop(settings.data)
