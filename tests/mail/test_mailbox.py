"""The demo's mail catcher, and the page that shows what it has caught."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import create_engine

from dimios_dash.crypto.keystore import FolderKeyStore
from dimios_dash.errors import NotFound
from dimios_dash.mail import catcher, mailbox
from dimios_dash.mail.delivery import Delivery, Postman
from dimios_dash.mail.messages import Letter, Sender, invitation
from dimios_dash.settings import Environment, Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.translations import _

LINK = "http://127.0.0.1:8050/svara/" + "b" * 54


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A place whose mails go to a catcher."""
    settings = Settings(data=tmp_path / "data", smtp_host="127.0.0.1", smtp_starttls=False)
    with catcher.catcher(settings) as port:
        yield settings.model_copy(update={"smtp_port": port})


@pytest.fixture
def site(settings: Settings) -> Iterator[Flask]:
    """The mailbox alone; it needs no database."""
    server = Flask("dimios_dash", template_folder="public/templates")
    server.testing = True
    server.jinja_env.globals["_"] = _
    server.register_blueprint(mailbox.blueprint)
    engine = create_engine("postgresql+psycopg://nowhere")
    server.extensions["dimios"] = Surroundings(settings, engine, FolderKeyStore(settings.key_folders))
    yield server
    engine.dispose()


def send(settings: Settings, organisation: str, address: str = "eva@ekhamn.example") -> None:
    letter = Letter(UUID(int=7), organisation, date(2026, 12, 1), 3, address, LINK)
    with Postman(settings) as postman:
        message = invitation(letter, Sender("noreply@dimios.example", "hjalp@dimios.example"), datetime.now(UTC))
        assert postman.deliver(message).delivery is Delivery.SENT


def test_a_mail_that_was_sent_lies_whole_in_a_file(settings: Settings) -> None:
    send(settings, "Ekhamns kommun")

    (mail_id,) = catcher.caught(settings)
    content = catcher.content(settings, mail_id)

    assert content is not None
    assert b"To: eva@ekhamn.example" in content
    assert [path.name for path in catcher.folder(settings).iterdir()] == [f"{mail_id}.eml"]


def test_the_mailbox_lists_the_newest_first(settings: Settings, site: Flask) -> None:
    send(settings, "Första kommunen")
    send(settings, "Andra <kommunen>", "åsa@andra.example")

    page = site.test_client().get("/brevlada").text

    assert "finns bara i demonstrationen" in page
    assert page.index("Andra &lt;kommunen&gt;") < page.index("Första kommunen")
    assert "åsa@andra.example" in page


def test_a_mail_is_shown_with_a_link_to_follow(settings: Settings, site: Flask) -> None:
    send(settings, "Ekhamns kommun")
    (mail_id,) = catcher.caught(settings)

    page = site.test_client().get(f"/brevlada/{mail_id}").text

    assert f'<a href="{LINK}"' in page
    assert "finns bara i demonstrationen" in page


def test_an_empty_mailbox_says_what_will_come(site: Flask) -> None:
    page = site.test_client().get("/brevlada").text

    assert "Här är tomt än så länge" in page


@pytest.mark.parametrize("mail_id", ["0", "00000000000000000000-00000000", ".", "serving.lock"])
def test_only_caught_mails_can_be_read(site: Flask, mail_id: str) -> None:
    with pytest.raises(NotFound, match="Mejlet finns inte"):
        site.test_client().get(f"/brevlada/{mail_id}").close()


def test_nothing_catches_mails_in_production(tmp_path: Path) -> None:
    production = Settings(data=tmp_path, environment=Environment.PRODUCTION)

    with pytest.raises(ValueError, match="development only"), catcher.catcher(production):
        pass
