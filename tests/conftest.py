"""A real PostgreSQL for every test: one server, one database rolled back, one for the running site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, make_url, text
from sqlalchemy.orm import Session

from db import embedded
from db.engine import connect, set_organisation
from dimios_dash.crypto import passwords
from dimios_dash.ids import OrganisationId
from dimios_dash.language import DEFAULT_LANGUAGE, speaking
from dimios_dash.preparation import key_store, owner_url, prepare
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from tests.factories import Make

# The machine decides how fast an example runs, never whether it passes.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")

Separate = Callable[[Settings], AbstractContextManager[Settings]]
AsWeb = Callable[[OrganisationId | None], AbstractContextManager[Session]]


@pytest.fixture(scope="module", autouse=True)
def quick_passwords() -> Iterator[None]:
    """People sign in by the hundred: what a guess must cost is tests/crypto/test_passwords.py's alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(autouse=True)
def swedish_at_first() -> Iterator[None]:
    """A test client answers in the test's own thread: the language of its last request would stay."""
    with speaking(DEFAULT_LANGUAGE):
        yield


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A prepared place: data folder, keys, embedded server, schema."""
    folder = tmp_path_factory.mktemp("place")
    settings = Settings(data=folder / "data", keys_folder=folder / "keys")
    prepare(settings)
    yield settings.model_copy(update={"database_url": owner_url(settings)})
    embedded.stop(settings.data)


@pytest.fixture(scope="session")
def separate(place: Settings) -> Separate:
    """`with separate(place) as place:` has a prepared database beside the others, gone afterwards.

    Each is a copy of one that nobody connects to, sooner made than by every migration anew.
    """
    pristine = f"pristine_{uuid4().hex}"
    with _administration(place) as owner:
        owner.execute(text(f"create database {pristine}"))
    prepare(_named(place, pristine))

    @contextmanager
    def copy(settings: Settings) -> Iterator[Settings]:
        name = f"test_{uuid4().hex}"
        with _administration(settings) as owner:
            owner.execute(text(f"create database {name} template {pristine}"))
            yield _named(settings, name)
            _drop(owner, name)

    return copy


@pytest.fixture
def another_place(place: Settings, separate: Separate) -> Iterator[Settings]:
    """The same place with an empty database of its own, for tests that commit over all organisations."""
    with separate(place) as settings:
        yield settings


@pytest.fixture(scope="session")
def site_place(place: Settings, separate: Separate) -> Iterator[Settings]:
    """The same place with a database that the running site of the session uses; tests commit to it."""
    with separate(place) as settings:
        yield settings


@pytest.fixture
def make(place: Settings) -> Iterator[Make]:
    """Rows for one test, gone after it. `make.session` speaks as the owner."""
    engine = connect(str(place.database_url))
    with engine.connect() as connection:
        outer = connection.begin()
        connection.execute(text("grant dimios_web, dimios_worker to current_user"))
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield Make(session, key_store(place))
        outer.rollback()
    engine.dispose()


@pytest.fixture
def as_web(make: Make) -> AsWeb:
    """`with as_web(organisation_id) as session:` speaks as the web process does for that organisation."""

    @contextmanager
    def speak(organisation_id: OrganisationId | None) -> Iterator[Session]:
        make.session.flush()
        set_organisation(make.session, organisation_id)
        make.session.execute(text("set local role dimios_web"))
        try:
            with make.session.begin_nested():
                yield make.session
        finally:
            make.session.execute(text("reset role"))
            make.session.expire_all()

    return speak


@contextmanager
def _administration(place: Settings) -> Iterator[Connection]:
    """The owner, outside of any transaction."""
    owner = connect(str(place.database_url)).execution_options(isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        yield connection
    owner.dispose()


def _drop(owner: Connection, database: str) -> None:
    # A server process outlives its closed connection a moment, and the owner may not end those of other roles.
    for role in ("dimios_web", "dimios_worker"):
        owner.execute(text(f"grant {role} to current_user"))
    owner.execute(text(f"drop database {database}"))
    for role in ("dimios_web", "dimios_worker"):
        owner.execute(text(f"revoke {role} from current_user"))


def _named(place: Settings, database: str) -> Settings:
    url = make_url(str(place.database_url)).set(database=database).render_as_string(hide_password=False)
    return place.model_copy(update={"database_url": url})


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def site(site_place: Settings) -> Iterator[Flask]:
    """The whole server, as gunicorn runs it. One for the session: Dash keeps its pages in the process."""
    from dimios_dash.server import create_app

    server = cast(Flask, create_app(site_place).server)
    yield server
    cast(Surroundings, server.extensions["dimios"]).engine.dispose()


@pytest.fixture
def committed(site_place: Settings) -> Iterator[Make]:
    """Rows for the running site: commit `committed.session`. They stay, in organisations of their own."""
    engine = connect(str(site_place.database_url))
    with Session(engine, expire_on_commit=False) as session:
        yield Make(session, key_store(site_place))
    engine.dispose()
