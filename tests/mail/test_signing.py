"""Signed mails, checked as a receiver checks them: with the key from the sender's name server."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import dkim
import pytest

from dimios_dash.crypto.key_names import DKIM_KEY
from dimios_dash.crypto.keystore import FolderKeyStore, KeyMissing, KeyStore
from dimios_dash.mail.delivery import Delivery, Postman
from dimios_dash.mail.messages import Letter, Sender, invitation
from dimios_dash.mail.signing import dns_name, dns_record, new_key, signer
from dimios_dash.settings import Settings
from tests.smtp_server import smtp_server

SETTINGS = Settings(mail_from="Dimios <matning@dimios.example>", dkim_selector="dash")


@pytest.fixture
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyStore:
    keys = FolderKeyStore([tmp_path_factory.mktemp("nycklar")])
    keys.write_once(DKIM_KEY, new_key())
    return keys


def mail(address: str = "eva@ekhamn.example", organisation: str = "Åmåls kommun") -> bytes:
    letter = Letter(UUID(int=7), organisation, date(2026, 12, 1), 3, address, "http://x.example/svara/a")
    sender = Sender("matning@dimios.example", "hjalp@dimios.example")
    return invitation(letter, sender, datetime(2026, 3, 2, tzinfo=UTC)).as_bytes()


def is_ours(signed: bytes, keys: KeyStore) -> bool:
    """What a receiver finds, whose name server knows our record."""

    def answers(name: bytes, timeout: int = 5) -> bytes | None:  # noqa: ARG001, the library's own shape
        known = name.decode().rstrip(".") == dns_name(SETTINGS)
        return dns_record(keys.read(DKIM_KEY)).encode() if known else None

    return bool(dkim.verify(signed, dnsfunc=answers))


@pytest.mark.parametrize("address", ["eva@ekhamn.example", "åsa@ekhamn.example"])
def test_a_receiver_finds_that_a_mail_is_ours(keys: KeyStore, address: str) -> None:
    signed = signer(SETTINGS, keys)(mail(address))

    assert is_ours(signed, keys)
    assert b"d=dimios.example;" in signed
    assert b"s=dash;" in signed


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"http://x.example", b"http://y.example"),
        (b"To: eva@", b"To: bo@"),
        (b"<matning@dimios", b"<annan@dimios"),
        (b"Auto-Submitted: auto-generated", b"Auto-Submitted: no"),
    ],
)
def test_a_mail_that_was_changed_on_the_way_is_found_out(keys: KeyStore, was: bytes, becomes: bytes) -> None:
    signed = signer(SETTINGS, keys)(mail())
    assert was in signed

    assert not is_ours(signed.replace(was, becomes), keys)


def test_what_arrives_at_the_server_still_bears_a_true_signature(keys: KeyStore) -> None:
    with smtp_server() as server:
        settings = SETTINGS.model_copy(update={"smtp_port": server.port, "smtp_starttls": False})
        letter = Letter(UUID(int=7), "Ekhamn", date(2026, 12, 1), 3, "eva@ekhamn.example", "http://x.example/svara/a")
        message = invitation(letter, Sender("matning@dimios.example", "h@dimios.example"), datetime.now(UTC))
        with Postman(settings, signer(settings, keys)) as postman:
            assert postman.deliver(message).delivery is Delivery.SENT

    assert is_ours(server.contents[0], keys)


def test_without_a_selector_mails_go_as_they_are(keys: KeyStore) -> None:
    unsigned = mail()

    assert signer(Settings(), keys)(unsigned) == unsigned


def test_a_selector_without_a_key_is_said_before_anything_is_sent(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(KeyMissing):
        signer(SETTINGS, FolderKeyStore([tmp_path_factory.mktemp("tomt")]))
