"""A worker is killed twenty times while many mails go out: nobody gets two, nobody is forgotten unseen."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from threading import Timer

import pytest
from sqlalchemy import insert, select

from db.commands import outbox
from db.commands.sending import LEASE
from db.models import Invitation, Outbox
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.ids import InvitationId, new_id
from dimios_dash.mail.delivery import Postman
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import invitations, loop
from tests.factories import Make
from tests.smtp_server import SmtpServer
from tests.worker.waiting import Waiting

MAILS = 500
KILLS = 20
SEED = 20261125
PATIENCE = 300  # seconds


@pytest.fixture
def running(make: Make) -> Waiting:
    """A measurement that is open by the real clock, which a worker's process goes by."""
    return Waiting.begin(make, datetime.now(UTC).year)


def test_twenty_kills_leave_no_duplicate_and_nobody_forgotten(
    here: Surroundings, server: SmtpServer, running: Waiting
) -> None:
    addresses = invite_many(running)
    killer = Killer(server, here.settings, random.Random(SEED))  # noqa: S311, kills are no secrets

    killer.work_until_all_kills_are_done()
    killer.worker.kill()  # one more, whatever it is at
    killer.worker.join()
    finish(here)

    uncertain = addresses_of(running, "uncertain")
    assert max(Counter(server.receivers).values()) == 1
    assert set(server.receivers) | uncertain == set(addresses)
    assert len(uncertain) <= KILLS + 1
    assert Counter(running.states()) == {"sent": MAILS - len(uncertain), "uncertain": len(uncertain)}


class Killer:
    """Kills the worker at chosen mails: while it names the receiver, hands over the mail, or has just done so."""

    def __init__(self, server: SmtpServer, settings: Settings, chance: random.Random) -> None:
        self._settings, self._chance = settings, chance
        places = chance.sample(range(10, MAILS - 10), KILLS)
        self._plan = {place: chance.choice(("receiver", "mail", "after")) for place in places}
        self._seen = 0
        self._starting = get_context("forkserver")
        self._starting.set_forkserver_preload([loop.__name__])
        server.to_receiver, server.to_mail = self._receiver, self._mail
        self.worker = self._start()

    def work_until_all_kills_are_done(self) -> None:
        """There is always a worker, as under the supervisor."""
        patient_until = time.monotonic() + PATIENCE
        while self._plan and time.monotonic() < patient_until:
            self.worker.join(0.05)
            if not self.worker.is_alive():
                self.worker = self._start()
        assert self._plan == {}

    def _start(self) -> ForkServerProcess:
        worker = self._starting.Process(target=loop.run, args=(self._settings,), daemon=True)
        worker.start()
        return worker

    def _receiver(self, _address: str) -> str:
        self._seen += 1
        self._perhaps("receiver", self._seen)
        return "250 OK"

    def _mail(self, _address: str) -> str:
        self._perhaps("mail", self._seen)
        if self._plan.get(self._seen) == "after":
            Timer(self._chance.random() / 50, self._perhaps, ["after", self._seen]).start()
        return "250 OK"

    def _perhaps(self, moment: str, place: int) -> None:
        if self._plan.get(place) == moment:
            self._plan.pop(place)
            self.worker.kill()


def invite_many(running: Waiting) -> list[str]:
    """Respondents whose invitations wait; their addresses."""
    vault = AddressVault.open(running.make.keys, running.organisation_id)
    addresses = {InvitationId(new_id()): f"nr{number:04}@ekhamn.example" for number in range(MAILS)}
    owner = {"organisation_id": running.organisation_id, "measurement_id": running.measurement_id, "unit_id": "K"}
    session, desk = running.make.session, running.make.desk(running.organisation_id)
    session.execute(
        insert(Invitation),
        [
            owner | {"id": who, "address": vault.encrypt(who, address), "address_index": vault.index(address)}
            for who, address in addresses.items()
        ],
    )
    assert outbox.enqueue_invitations(session, desk, running.measurement_id) == MAILS
    session.commit()
    return list(addresses.values())


def finish(here: Surroundings) -> None:
    """What the next worker does when the leases of the killed ones have ended."""
    later = datetime.now(UTC) + LEASE * 2
    invitations.tidy(here, later)
    with Postman(here.settings) as postman:
        while list(invitations.send_due(here, postman, lambda: later)):
            pass


def addresses_of(running: Waiting, state: str) -> set[str]:
    """Whose mail is in this state, in the outbox and on the invitation alike."""
    vault = AddressVault.open(running.make.keys, running.organisation_id)
    rows = running.make.session.execute(
        select(Invitation.id, Invitation.address)
        .join(Outbox, Outbox.invitation_id == Invitation.id)
        .where(Outbox.state == state, Invitation.mail == state)
    )
    return {vault.decrypt(row.id, row.address) for row in rows}
