"""The worker's round: about once a second when there is nothing to do, at once when there is."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from types import FrameType

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from dimios_dash.mail.delivery import Delivery, Postman
from dimios_dash.mail.signing import signing_postman
from dimios_dash.preparation import key_store, worker_engine
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import boxes, incidents, invitations, jobs, returned, upkeep

IDLE = 1.0  # seconds
LONGEST_PAUSE = 30.0
SERVER_REST = timedelta(seconds=30)  # after our mail server could not be reached
UPKEEP_EVERY = timedelta(hours=1)
LETTERBOX_EVERY = timedelta(minutes=5)

log = structlog.get_logger()


class Stop:
    """Whether SIGTERM or SIGINT has come. What is begun is finished first."""

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        """Take over the signals of this process."""
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, self._ask)

    def pause(self, seconds: float) -> None:
        """Wait, but not much longer than until it is asked."""
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, IDLE))

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


class Worker:
    """One worker and its round. `clock` gives the time with its zone."""

    def __init__(
        self, here: Surroundings, stop: Stop, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._here, self._stop, self._clock = here, stop, clock
        self._mail_from = self._upkeep_from = self._letterbox_from = clock()

    def round(self) -> bool:
        """Everything that is due; whether there may be more at once."""
        boxes.make_missing(self._here)
        invitations.tidy(self._here, self._clock())
        self._upkeep()
        self._take_in()
        mails = self._send()
        if mails:
            log.info("mails_dealt_with", count=mails)
        return jobs.run_next(self._here, self._clock()) or mails >= invitations.TURN

    def _send(self) -> int:
        """How many mails have been dealt with."""
        if self._clock() < self._mail_from:
            return 0
        dealt_with = []
        with signing_postman(self._here.settings, self._here.keys) as postman, closing(self._due(postman)) as mails:
            for delivery in mails:
                dealt_with.append(delivery)
                if self._stop.asked:
                    break
        if Delivery.UNREACHABLE in dealt_with:
            self._mail_from = self._clock() + SERVER_REST
        return len(dealt_with)

    def _due(self, postman: Postman) -> Generator[Delivery]:
        return invitations.send_due(self._here, postman, self._clock)

    def _take_in(self) -> None:
        """What has come back."""
        if self._clock() >= self._letterbox_from:
            self._letterbox_from = self._clock() + LETTERBOX_EVERY
            returned.empty_letterbox(self._here, self._clock())
        returned.settle(self._here)

    def _upkeep(self) -> None:
        if self._clock() >= self._upkeep_from:
            self._upkeep_from = self._clock() + UPKEEP_EVERY
            upkeep.run(self._here, self._clock())
            invitations.set_limit(self._here)
            incidents.tell(self._here, self._clock())


def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT. A database that goes away is waited for."""
    stop = Stop()
    stop.listen()
    here = Surroundings(settings, worker_engine(settings), key_store(settings))
    worker = Worker(here, stop)
    log.info("worker_begins")
    pause = IDLE
    while not stop.asked:
        try:
            more = worker.round()
            pause = IDLE
        except (OperationalError, InterfaceError) as problem:
            log.warning("database_away", kind=type(problem.orig).__name__, pause=pause)
            more, pause = False, min(pause * 2, LONGEST_PAUSE)
        if not more:
            stop.pause(pause)
    log.info("worker_ends")
