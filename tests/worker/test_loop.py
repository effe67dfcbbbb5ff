"""The worker's round, and what it does when something it needs is away."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from dimios_dash.crypto.key_names import box_key, links_key
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import loop
from dimios_dash.worker.loop import Stop, Worker
from tests.smtp_server import SmtpServer, free_port
from tests.worker.waiting import NOW, Waiting


@pytest.fixture
def _handlers() -> Iterator[None]:
    kinds = (signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(kind) for kind in kinds]
    yield
    for kind, handler in zip(kinds, before, strict=True):
        signal.signal(kind, handler)


def test_a_round_makes_the_box_and_then_sends(here: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    waiting.make.keys.destroy(box_key(waiting.measurement_id))
    waiting.make.keys.destroy(links_key(waiting.measurement_id))
    waiting.change(box_public_key=None)
    waiting.invite("eva@ekhamn.example")

    Worker(here, Stop(), lambda: NOW).round()

    assert server.receivers == ["eva@ekhamn.example"]


def test_an_unreachable_mail_server_is_left_alone_for_a_while(here: Surroundings, waiting: Waiting) -> None:
    now = NOW
    for number in range(3):
        waiting.invite(f"nr{number}@ekhamn.example")
    reached: list[datetime] = []
    away = here.settings.model_copy(update={"smtp_port": free_port()})
    worker = Worker(Surroundings(away, here.engine, here.keys), Stop(), lambda: now)

    for seconds in (0, 1, 29, 30, 31):
        now = NOW + timedelta(seconds=seconds)
        before = waiting.later_than(NOW)
        worker.round()
        reached += [now] * (waiting.later_than(NOW) - before)

    assert reached == [NOW, NOW + timedelta(seconds=30)]


def test_the_pace_of_the_settings_holds_from_the_first_round(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    for number in range(3):
        waiting.invite(f"nr{number}@ekhamn.example")
    slow = Surroundings(here.settings.model_copy(update={"mails_per_minute": 1}), here.engine, here.keys)

    Worker(slow, Stop(), lambda: NOW).round()
    assert len(server.mails) == 1
    Worker(here, Stop(), lambda: NOW).round()  # which has no limit, and lifts it

    assert len(server.mails) == 3
    assert waiting.states() == ["sent"] * 3


def test_whoever_is_asked_to_stop_begins_no_further_mail(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    stop = Stop()
    for number in range(3):
        waiting.invite(f"nr{number}@ekhamn.example")

    def answer(_address: str) -> str:
        stop.asked = True
        return "250 OK"

    server.to_mail = answer

    Worker(here, stop, lambda: NOW).round()

    assert len(server.mails) == 1
    assert waiting.states() == ["sent", "waiting", "waiting"]


@pytest.mark.usefixtures("_handlers")
def test_a_database_that_goes_away_is_waited_for(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []

    def work(worker: Worker) -> bool:
        turns.append(len(turns))
        if len(turns) < 3:
            raise OperationalError("select 1", {}, ConnectionError())
        worker._stop.asked = True
        return False

    monkeypatch.setattr(Worker, "round", work)
    monkeypatch.setattr(loop, "IDLE", 0.0)

    loop.run(settings)

    assert turns == [0, 1, 2]
