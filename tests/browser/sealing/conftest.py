"""The whole site on a port of its own, a ballot box that the test can open, and browsers that answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from db.engine import connect
from dimios_dash.preparation import key_store
from dimios_dash.settings import Settings
from tests.answering.links import Box
from tests.browser.conftest import PATIENCE, is_complaint

Come = Callable[..., Page]


class Silent(WSGIRequestHandler):
    """Writes no log."""

    def log(self, *_said: object) -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def address(site: Flask) -> Iterator[str]:
    """Where the site answers: localhost, so that browsers have WebCrypto."""
    server = make_server("127.0.0.1", 0, site, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def box(site_place: Settings) -> Iterator[Box]:
    """Links of the running site's database."""
    engine = connect(str(site_place.database_url))
    yield Box(engine, key_store(site_place))
    engine.dispose()


@pytest.fixture
def come(chromium: Browser, address: str) -> Iterator[Come]:
    """`come()` is a new visitor's empty page; whatever their browser complains of, CSP above all, fails the test."""
    visitors: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(*, script: bool = True, width: int = 1440) -> Page:
        visitor = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": 900},
            locale="sv-SE",
            java_script_enabled=script,
        )
        visitor.set_default_timeout(PATIENCE * 1000)
        visitors.append(visitor)
        page = visitor.new_page()
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        return page

    yield visit
    for visitor in visitors:
        visitor.close()
    assert [said for said in complaints if not said.startswith("Failed to load resource")] == []
