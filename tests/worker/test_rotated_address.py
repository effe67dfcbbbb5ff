"""A key rotation that ends while a mail is on its way costs nobody their invitation."""

from __future__ import annotations

import pytest

from dimios_dash.custody.rotation import rotate_organisation_key
from dimios_dash.mail.delivery import Delivery, Postman
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import invitations
from tests.smtp_server import SmtpServer
from tests.worker.waiting import NOW, Waiting


def test_a_mail_that_was_claimed_before_a_rotation_is_sent_after_it(
    here: Surroundings, server: SmtpServer, waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")
    read = invitations._address

    def read_after_rotation(*arguments: object) -> str:
        rotate_organisation_key(here.engine, here.keys, waiting.organisation_id)
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(invitations, "_address", read_after_rotation)

    with Postman(here.settings) as postman:
        sent = list(invitations.send_due(here, postman, lambda: NOW))

    assert sent == [Delivery.SENT]
    assert server.receivers == ["eva@ekhamn.example"]
    assert waiting.state(outbox_id) == ("sent", "sent")
