"""/matning/it: the letter to the IT department, and what DNS says of the sender."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dimios_dash import access
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Forbidden
from dimios_dash.mail import sender_records
from dimios_dash.settings import Settings
from pages.measurement import it
from tests.factories import Make
from tests.pages.context import context, words


def test_the_letter_says_who_sends_what_from_where(make: Make) -> None:
    settings = Settings(
        mail_from="Dimios <matning@dimios.example>", base_url="https://svar.example", smtp_host="mx.example"
    )
    ctx = replace(context(make, make.organisation()), settings=settings)

    text = words(it.layout(ctx, access.measurement(ctx)))

    for said in (
        "matning@dimios.example",
        "svar.example",
        "mx.example",
        "Nej, inte av oss",
        "Provkommun ber om din bild",
    ):
        assert said in text


def test_dns_is_asked_for_the_senders_domain_and_the_key_that_signs(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def answer(name: str) -> Sequence[str]:
        asked.append(name)
        return ()

    monkeypatch.setattr(sender_records, "ask_dns", answer)
    settings = Settings(mail_from="matning@dimios.example", dkim_selector="d1")
    ctx = replace(context(make, make.organisation()), settings=settings)

    text = words(it.check(ctx, 1))

    assert sorted(asked) == ["_dmarc.dimios.example", "d1._domainkey.dimios.example", "dimios.example"]
    assert "SPF dimios.example Saknas" in text


def test_it_is_for_those_who_run_the_measurement(make: Make) -> None:
    with pytest.raises(Forbidden):
        access.measurement(context(make, make.organisation(), Role.LEADER))
