"""What the sender's domain says in DNS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dns.exception
import dns.resolver
import pytest

from dimios_dash.mail.sender_records import RecordState, Unreachable, ask_dns, look_up

GOOD = {
    "dimios.example": ["google-site-verification=x", "v=spf1 ip4:192.0.2.1 -all"],
    "d1._domainkey.dimios.example": ["v=DKIM1; k=rsa; p=MIIB"],
    "_dmarc.dimios.example": ["v=DMARC1; p=quarantine"],
}


KEY = "d1._domainkey.dimios.example"


def states(records: Mapping[str, Sequence[str]], key: str | None = KEY) -> list[str]:
    return [found.state.value for found in look_up("dimios.example", key, lambda name: records.get(name, ()))]


def test_a_domain_in_order_has_all_three() -> None:
    assert states(GOOD) == ["found", "found", "found"]


def test_a_domain_that_says_nothing_has_none() -> None:
    assert states({}) == ["missing", "missing", "missing"]


@pytest.mark.parametrize(
    ("name", "record", "expected"),
    [
        ("dimios.example", "v=spf1 ?all", ["weak", "found", "found"]),
        ("dimios.example", "v=spf1 include:x.example", ["weak", "found", "found"]),
        ("dimios.example", "v=spf1 redirect=x.example", ["found", "found", "found"]),
        ("dimios.example", "V=SPF1 ~ALL", ["found", "found", "found"]),
        ("dimios.example", "v=spf10 -all", ["missing", "found", "found"]),
        ("d1._domainkey.dimios.example", "v=DKIM1; p=", ["found", "missing", "found"]),
        ("_dmarc.dimios.example", "v=DMARC1; p=none; rua=mailto:x@x.example", ["found", "found", "weak"]),
        ("_dmarc.dimios.example", "v=DMARC1", ["found", "found", "weak"]),
        ("_dmarc.dimios.example", "p=reject", ["found", "found", "missing"]),
    ],
)
def test_what_asks_receivers_for_nothing_is_weak(name: str, record: str, expected: list[str]) -> None:
    assert states({**GOOD, name: [record]}) == expected


def test_two_spf_records_are_none_that_counts() -> None:
    assert states({**GOOD, "dimios.example": ["v=spf1 -all", "v=spf1 ~all"]})[0] == "weak"


def test_mails_that_are_not_signed_need_no_key() -> None:
    assert states(GOOD, key=None) == ["found", "unused", "found"]


def test_silence_says_nothing_about_a_record() -> None:
    def silent(_name: str) -> Sequence[str]:
        raise Unreachable

    assert {found.state for found in look_up("dimios.example", KEY, silent)} == {RecordState.UNKNOWN}


@pytest.mark.parametrize("problem", [dns.resolver.NXDOMAIN, dns.resolver.NoAnswer])
def test_a_name_without_records_has_none(monkeypatch: pytest.MonkeyPatch, problem: type[Exception]) -> None:
    monkeypatch.setattr(dns.resolver, "resolve", _raising(problem()))

    assert ask_dns("dimios.example") == ()


@pytest.mark.parametrize("problem", [dns.exception.Timeout(), OSError("no network")])  # type: ignore[no-untyped-call]
def test_a_resolver_that_does_not_answer_is_unreachable(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    monkeypatch.setattr(dns.resolver, "resolve", _raising(problem))

    with pytest.raises(Unreachable):
        ask_dns("dimios.example")


def _raising(problem: Exception) -> object:
    def resolve(*_: object, **__: object) -> None:
        raise problem

    return resolve
