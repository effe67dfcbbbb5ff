"""The served form, and a box of links to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from db.engine import Role, connect
from dimios_dash import guard
from dimios_dash.answering import blueprint
from dimios_dash.crypto.key_names import COOKIE_KEY
from dimios_dash.preparation import key_store, role_url
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.translations import _, ngettext
from tests.answering.links import Box


@pytest.fixture(scope="session")
def form_server(site_place: Settings) -> Iterator[Flask]:
    """The form behind the guard, speaking to the database as *web*; nothing of the pages for the signed-in."""
    keys = key_store(site_place)
    engine = connect(role_url(site_place, keys, Role.WEB))
    server = Flask("dimios_dash", static_folder=None, template_folder="public/templates")
    server.secret_key = keys.read(COOKIE_KEY)
    server.extensions["dimios"] = Surroundings(site_place, engine, keys)
    guard.protect(server)
    server.jinja_env.globals.update(_=_, ngettext=ngettext)
    server.register_blueprint(blueprint)
    yield server
    engine.dispose()


@pytest.fixture(scope="session")
def box(site_place: Settings) -> Iterator[Box]:
    """Links of the running site's database."""
    engine = connect(str(site_place.database_url))
    yield Box(engine, key_store(site_place))
    engine.dispose()


@pytest.fixture
def browser(form_server: Flask) -> FlaskClient:
    """A browser that has never been here."""
    return form_server.test_client()
