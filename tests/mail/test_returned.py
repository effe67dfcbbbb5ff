"""What is told from mails that come back, and what is not believed."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.returned import Outcome, Returned, reason
from dimios_dash.mail import returns
from dimios_dash.mail.returned import read
from tests.mail.reports import OURS, reply, report

KEY = b"k" * 32
MAIL = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
COMES_BACK_TO = returns.address(KEY, MAIL, "studs@dimios.example")


def told(content: bytes) -> Returned:
    return read(content, KEY, OURS)


@pytest.mark.parametrize("heads_only", [False, True])
def test_a_report_is_placed_by_the_message_id_of_what_it_returns(heads_only: bool) -> None:
    assert told(report(original=MAIL, heads_only=heads_only)) == Returned(Outcome.FAILED, MAIL, "5.1.1")


@pytest.mark.parametrize("to", [COMES_BACK_TO, COMES_BACK_TO.upper(), f"<{COMES_BACK_TO}>"])
def test_a_report_is_placed_by_the_address_it_came_back_to(to: str) -> None:
    assert told(report(to=to)) == Returned(Outcome.FAILED, MAIL, "5.1.1")


def test_an_address_that_mails_come_back_to_is_short_enough_for_every_server() -> None:
    local = COMES_BACK_TO.partition("@")[0]

    assert len(local) <= 64
    assert returns.mail_of(KEY, COMES_BACK_TO) == MAIL


@pytest.mark.parametrize(
    "content",
    [
        report(),
        report(to=returns.address(b"another key", MAIL, "studs@dimios.example")),
        report(to="studs+" + "a" * 39 + "@dimios.example"),
        report(original=MAIL).replace(b"@dimios.example>", b"@other.example>"),
        report(original=MAIL).replace(str(MAIL).encode(), b"0f8fad5b-d9cb-469f-a165-7086772895--"),
        reply("Hej"),
        b"",
        b"\xff\xfe\x00",
    ],
    ids=["names nothing", "another's key", "no key", "another domain", "no id", "a letter", "empty", "no mail at all"],
)
def test_what_nobody_but_us_could_have_made_is_missing_from_a_forgery(content: bytes) -> None:
    assert told(content) == Returned(Outcome.UNPLACED)


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0")])
def test_a_mail_that_is_late_or_has_arrived_has_not_bounced(action: str, status: str) -> None:
    assert told(report(original=MAIL, action=action, status=status)) == Returned(Outcome.DELAYED, MAIL)


def test_a_server_that_gives_up_after_days_of_waiting_has_failed() -> None:
    assert told(report(original=MAIL, status="4.4.7")) == Returned(Outcome.FAILED, MAIL, "4.4.7")


@pytest.mark.parametrize(
    "content",
    [
        reply("Autosvar: Semester till 3 augusti"),
        reply("Automatiskt svar: Hej"),
        reply("=?utf-8?q?Fr=C3=A5nvarande?= v. 28"),
        reply("Out of Office: away"),
        reply("Automatic reply: away"),
        reply("Poissa toimistosta"),
        reply("Re: Hej", "Auto-Submitted: auto-replied"),
        reply("Re: Hej", "X-Autoreply: yes"),
        reply("Re: Hej", "Precedence: auto_reply"),
        report().replace(b"report-type=delivery-status", b"report-type=disposition-notification"),
    ],
)
def test_automatic_replies_are_told_apart(content: bytes) -> None:
    assert told(content) == Returned(Outcome.AUTOMATIC)


@given(st.binary(max_size=300), st.integers(0, 900), st.integers(0, 900))
def test_no_bytes_are_too_odd_to_be_read(junk: bytes, start: int, length: int) -> None:
    content = report(original=MAIL, to=COMES_BACK_TO)

    found = told(content[:start] + junk + content[start + length :])

    assert found.mail in {None, MAIL}


def test_another_mails_mark_is_never_taken_for_this_ones() -> None:
    assert returns.mail_of(KEY, returns.address(KEY, uuid4(), "studs@dimios.example")) != MAIL


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("5.1.1", "Adressen finns inte hos mottagaren (5.1.1)."),
        ("5.2.2", "Mottagarens brevlåda är full (5.2.2)."),
        ("5.7.26", "Mottagarens mejlserver spärrar våra mejl (5.7.26)."),
        ("5.0.0", "Mejlet kom tillbaka (5.0.0)."),
        (None, "Mejlet kom tillbaka."),
    ],
)
def test_the_key_user_is_told_why(status: str | None, said: str) -> None:
    assert reason(status) == said
