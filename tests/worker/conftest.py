"""A worker's surroundings: a database of its own, a real SMTP server, waiting invitations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from db.engine import connect
from dimios_dash.preparation import key_store, worker_engine
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from tests.conftest import Separate
from tests.factories import Make
from tests.smtp_server import SmtpServer, smtp_server
from tests.worker.waiting import NOW, Waiting


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as server:
        yield server


@pytest.fixture(scope="module")
def worker_place(place: Settings, separate: Separate) -> Iterator[Settings]:
    """A database for the tests of one file, emptied after each."""
    with separate(place) as settings:
        yield settings


@pytest.fixture
def settings(worker_place: Settings, server: SmtpServer) -> Settings:
    mail = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_starttls": False}
    return worker_place.model_copy(update=mail | {"base_url": "https://svar.example"})


@pytest.fixture
def here(settings: Settings) -> Iterator[Surroundings]:
    """Speaks to the database as *worker*."""
    engine = worker_engine(settings)
    yield Surroundings(settings, engine, key_store(settings))
    engine.dispose()


@pytest.fixture
def make(worker_place: Settings) -> Iterator[Make]:
    """Rows that everybody sees once `make.session` commits; all but the platform's own are gone after the test."""
    engine = connect(str(worker_place.database_url))
    with Session(engine, expire_on_commit=False) as session:
        yield Make(session, key_store(worker_place))
        session.rollback()
        for table in ("outbox", "job", "throttle", "organisation where id <> '00000000-0000-0000-0000-000000000000'"):
            session.execute(text(f"delete from {table}"))  # noqa: S608, the names stand above
        session.commit()
    engine.dispose()


@pytest.fixture
def waiting(make: Make) -> Waiting:
    """A measurement that is open at NOW."""
    return Waiting.begin(make, NOW.year)
