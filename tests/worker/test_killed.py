"""A worker is killed in the middle of sending."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from db.commands.sending import LEASE
from db.engine import Role
from dimios_dash.mail.delivery import Postman
from dimios_dash.preparation import role_url
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import invitations
from tests.factories import Make
from tests.smtp_server import SmtpServer
from tests.worker.waiting import Waiting


@pytest.fixture
def running(make: Make) -> Waiting:
    """A measurement that is open by the real clock, which a worker's process goes by."""
    return Waiting.begin(make, datetime.now(UTC).year)


def test_a_killed_worker_leaves_no_duplicate_and_at_most_one_uncertain_mail(
    here: Surroundings, server: SmtpServer, running: Waiting, project: Path
) -> None:
    addresses = [f"nr{number:02}@ekhamn.example" for number in range(12)]
    for address in addresses:
        running.invite(address)
    reached, held = Event(), Event()

    def answer(_address: str) -> str:
        """The fifth mail is in the server's hands, and the worker waits for its word."""
        if len(server.mails) == 5:
            reached.set()
            held.wait(30)
        return "250 OK"

    server.to_mail = answer
    worker = _worker(here, project)
    assert reached.wait(30)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    held.set()

    later = datetime.now(UTC) + LEASE * 2
    invitations.tidy(here, later)
    with Postman(here.settings) as postman:
        list(invitations.send_due(here, postman, lambda: later))

    assert Counter(server.receivers) == Counter(addresses)
    assert running.states() == ["sent"] * 11 + ["uncertain"]


def test_a_worker_that_is_asked_to_end_does_so(
    here: Surroundings, server: SmtpServer, running: Waiting, project: Path
) -> None:
    running.invite("eva@ekhamn.example")
    arrived = Event()

    def answer(_address: str) -> str:
        arrived.set()
        return "250 OK"

    server.to_mail = answer
    worker = _worker(here, project)
    assert arrived.wait(30)

    worker.terminate()

    assert worker.wait(30) == 0
    assert running.states() == ["sent"]


def _worker(here: Surroundings, project: Path) -> subprocess.Popen[bytes]:
    settings = here.settings
    surroundings = {
        "DIMIOS_DATA": str(settings.data),
        "DIMIOS_KEYS": str(settings.keys),
        "DATABASE_WORKER_URL": role_url(settings, here.keys, Role.WORKER),
        "SMTP_PORT": str(settings.smtp_port),
        "SMTP_STARTTLS": "0",
    }
    command = [sys.executable, "-m", "dimios_dash.worker"]
    return subprocess.Popen(command, cwd=project, env=os.environ | surroundings, stderr=subprocess.DEVNULL)
