"""The product without its demo, sending through a real mail server, with one new organisation in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import PASSWORD, Product, running, surroundings
from tests.browser.journey.people import KEY_USER, ORGANISATION
from tests.browser.journey.post import BOUNCES, SECRET
from tests.smtp_server import SmtpServer, smtp_server


@pytest.fixture(scope="module")
def post_office() -> Iterator[SmtpServer]:
    """Where every mail of the product ends."""
    with smtp_server() as server:
        yield server


@pytest.fixture(scope="module")
def product(post_office: SmtpServer, tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[Product]:
    """`serve`, with an organisation that has nothing but its key user."""
    folder = tmp_path_factory.mktemp("en ny organisation")
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(post_office.port), "SMTP_STARTTLS": "false"}
    returned = {"DIMIOS_BOUNCE_ADDRESS": BOUNCES, "DIMIOS_BOUNCE_SECRET": SECRET}
    with running(folder, project, **mail, **returned) as product:
        _command(product, project, "create-organisation", "--name", ORGANISATION, "--sector", "kommun")
        person = ("--name", "Nora Ekman", "--address", KEY_USER, "--role", "key_user", "--password-stdin")
        _command(product, project, "create-user", "--organisation", ORGANISATION, *person)
        yield product


def _command(product: Product, project: Path, *words: str) -> None:
    """One of the command line's, beside the running product."""
    subprocess.run(
        [sys.executable, "-m", "dimios_dash", *words],
        env=surroundings(product.data.parent, project) | {"DIMIOS_DATA": str(product.data)},
        input=PASSWORD.encode(),
        cwd=project,
        check=True,
        capture_output=True,
    )
