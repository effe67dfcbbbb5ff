"""How fast one worker hands invitations to an SMTP server, each claimed before it is sent and settled after.

python -m benchmarks.sending [how many]
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db import embedded
from db.commands import measurements, people
from db.engine import connect, transaction
from db.models import Invitation, Unit
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import Period, today_in_stockholm
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import InvitationId, MeasurementId, UnitId, new_id
from dimios_dash.mail.delivery import Postman
from dimios_dash.preparation import key_store, owner_url, prepare, worker_engine
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import boxes, invitations
from tests.smtp_server import free_port

INVITED = 20_000
UNIT = UnitId("K")


def main(invited: int = INVITED) -> None:
    """Print how many mails a second, and the processor time of the worker for each."""
    with TemporaryDirectory() as folder, mail_server() as port, place(Path(folder), port) as here:
        invite(here, invited, today_in_stockholm(datetime.now(UTC)))
        boxes.make_missing(here)
        began, busy = perf_counter(), process_time()
        sent = send_everything(here)
        seconds, busy = perf_counter() - began, process_time() - busy
    print(f"{'mails':>8} {'seconds':>8} {'a second':>9} {'ms of processor each':>21}")
    print(f"{sent:>8} {seconds:>8.1f} {sent / seconds:>9.0f} {1000 * busy / sent:>21.2f}")


@contextmanager
def mail_server() -> Generator[int]:
    """A server of its own process that takes everything; gives its port."""
    port = free_port()
    command = ["-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    server = subprocess.Popen([sys.executable, *command], stderr=subprocess.DEVNULL)  # noqa: S603, our own
    try:
        yield port
    finally:
        server.kill()
        server.wait()


@contextmanager
def place(folder: Path, smtp_port: int) -> Generator[Surroundings]:
    """An empty place, seen by its worker."""
    mail = {"smtp_port": smtp_port, "smtp_starttls": False}
    settings = Settings(data=folder / "data", keys_folder=folder / "keys").model_copy(update=mail)
    prepare(settings)
    engine = worker_engine(settings)
    try:
        yield Surroundings(settings, engine, key_store(settings))
    finally:
        engine.dispose()
        embedded.stop(settings.data)


def invite(here: Surroundings, count: int, today: date) -> None:
    """An organisation of one unit starts a measurement."""
    owner = connect(owner_url(here.settings))
    with transaction(owner, None) as session:
        organisation_id = people.create_organisation(session, access.system(), here.keys, "Ekhamn", Sector.KOMMUN)
        desk = access.command_line(organisation_id)
        session.add(Unit(organisation_id=organisation_id, id=UNIT, name="Kommunen"))
        session.flush()
        measurement_id = measurements.ensure_draft(session, desk, today.year)
        _add_respondents(session, AddressVault.open(here.keys, organisation_id), measurement_id, count)
        measurements.start(
            session, desk, measurement_id, Period(today, today), k=3, units_taking_part=[UNIT], today=today
        )
    owner.dispose()


def send_everything(here: Surroundings) -> int:
    """As the worker does, round after round; how many were sent."""
    sent = 0
    with Postman(here.settings) as postman:
        while turn := list(invitations.send_due(here, postman, lambda: datetime.now(UTC))):
            sent += len(turn)
    return sent


def _add_respondents(session: Session, vault: AddressVault, measurement_id: MeasurementId, count: int) -> None:
    addresses = {InvitationId(new_id()): f"nr{number}@ekhamn.example" for number in range(count)}
    owner = {"organisation_id": vault.organisation_id, "measurement_id": measurement_id, "unit_id": UNIT}
    session.execute(
        insert(Invitation),
        [
            owner | {"id": who, "address": vault.encrypt(who, address), "address_index": vault.index(address)}
            for who, address in addresses.items()
        ],
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
