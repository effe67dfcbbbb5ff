"""Names, addresses and files that are more than they seem: in pages, charts, workbooks and mails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from db.models import Measurement, Organisation, Unit
from dimios_dash import access
from dimios_dash.domain.addresses import deliverable_address, normalise_address
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Invalid
from dimios_dash.exports.release_file import gather
from dimios_dash.exports.release_workbook import as_xlsx
from dimios_dash.mail.messages import Letter, Sender, invitation, reminder
from tests.attacks.organisations import TODAY, YEAR
from tests.attacks.people import Person
from tests.factories import Make
from tests.signing_in import callback

MARKUP = '<img src=x onerror=alert(1)><a href="javascript:alert(2)">%{y}</a>'
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    '=HYPERLINK("http://x")',
    "http://x.example",
    "=A0|x",
)
DECODED = (
    "=?utf-8?q?a=0aBcc=3ax?=@prov.example",
    "=?utf-8?b?YQ0KQmNjOiB4?=@prov.example",
    "a=?utf-8?q?b?=@prov.example",
    "=?utf-8?q?a=40evil.example?=@prov.example",
    "Kim <=?utf-8?q?a=0a=0aHej?=@prov.example>",
)


@pytest.mark.parametrize("address", DECODED)
def test_an_address_that_mail_programs_would_decode_is_no_address(address: str) -> None:
    for read in (normalise_address, deliverable_address):
        with pytest.raises(Invalid):
            read(address)


def test_a_file_with_such_an_address_is_refused_by_its_row(site: Flask, committed: Make) -> None:
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None})
    key_user = Person.arrive(site, committed, organisation_id, Role.KEY_USER)
    content = f"epost;enhet_id\n{DECODED[0]};E\n".encode()

    sent = {"csrf": key_user.csrf, "fil": (BytesIO(content), "fil.csv")}
    address = key_user.browser.post("/ladda-upp/respondenter", data=sent).location
    _, told = key_user.post(callback("/matning/respondenter", f"?{str(address).partition('?')[2]}"))

    assert "Det här ska rättas" in json.dumps(json.loads(told), ensure_ascii=False)
    assert "respondents-confirm" not in told


@pytest.mark.parametrize("write", [invitation, reminder])
@pytest.mark.parametrize(
    "name",
    ["A\r\nBcc: x@evil.example", "A\n\nHej", 'A" <x@evil.example>, "b', "=?utf-8?q?a=0aBcc=3ax?=", "{link}", "A" * 900],
)
def test_the_name_of_an_organisation_is_never_a_header(write: Any, name: str) -> None:
    letter = Letter(uuid4(), name, date(2026, 12, 1), 3, "kim@prov.example", "https://svar.example/svara/x")

    sent = message_from_bytes(write(letter, Sender("noreply@a.example", "b@a.example"), datetime.now(UTC)).as_bytes())

    assert sorted(sent.keys()) == sorted({
        "Subject", "From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Language",
    })  # fmt: skip
    assert (sent["To"], sent["Content-Language"]) == ("kim@prov.example", "sv")
    assert sent["From"].rstrip(">").endswith("<noreply@a.example")


def test_a_workbook_holds_customers_words_as_text(make: Make) -> None:
    organisation_id = make.organisation(f"=1+1 {uuid4().hex}")
    units = {
        f"{formula}{place}"[:60]: None if not place else FORMULAS[0] + "0" for place, formula in enumerate(FORMULAS)
    }
    make.units(organisation_id, units)
    make.session.execute(update(Unit).where(Unit.organisation_id == organisation_id).values(name=Unit.id))
    make.release(organisation_id, 2025, dict.fromkeys(units, 50.0))

    content = as_xlsx(gather(make.session, access.export(make.session, organisation_id, 2025)))

    sheets = load_workbook(BytesIO(content)).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    assert {unit for unit in units if not unit.startswith("\t")} <= {cell.value for cell in cells}


@pytest.fixture
def marked(committed: Make) -> Any:
    """An organisation all of whose words are markup, with last year's results and a measurement of this year."""
    organisation_id = committed.organisation(f"{MARKUP} {uuid4().hex}")
    odd = 'a&enhet=E#"><b>'
    committed.units(organisation_id, {"E": None, odd: "E"})
    committed.session.execute(update(Unit).where(Unit.organisation_id == organisation_id).values(name=MARKUP))
    committed.release(organisation_id, YEAR - 1, {"E": 50.0, odd: 40.0})
    measurement_id = committed.measurement(organisation_id, MeasurementState.OPEN, YEAR)
    committed.session.execute(update(Measurement).where(Measurement.id == measurement_id).values(closes=TODAY))
    link = committed.invitation(organisation_id, measurement_id, odd)
    committed.session.commit()
    return organisation_id, link


def test_charts_show_markup_as_it_is_written(site: Flask, committed: Make, marked: Any) -> None:
    leader = Person.arrive(site, committed, marked[0], Role.LEADER)

    status, told = leader.post(callback("/resultat/oversikt", f"?ar={YEAR - 1}"))

    figures = list(of_key(json.loads(told), "figure"))
    texts = [text for figure in figures for text in strings(figure)]
    assert status == 200
    assert any("&lt;img" in text for text in texts)
    assert not any("<img" in text or "<a " in text for text in texts)
    assert not list(of_key(figures, "hovertemplate"))


def test_links_to_a_unit_with_an_odd_id_lead_to_it(site: Flask, committed: Make, marked: Any) -> None:
    key_user = Person.arrive(site, committed, marked[0], Role.KEY_USER)

    answers = [
        key_user.post(callback(path, query))[1]
        for path, query in (("/resultat/oversikt", f"?ar={YEAR - 1}"), ("/matning/folj", f"?ar={YEAR}"))
    ]

    hrefs = [href for told in answers for href in of_key(json.loads(told), "href")]
    assert any("a%26enhet%3DE%23%22%3E%3Cb%3E" in href for href in hrefs)
    assert not any("#" in href or "javascript" in href for href in hrefs)


def test_plain_pages_show_markup_as_it_is_written(site: Flask, marked: Any) -> None:
    link = marked[1]

    form = site.test_client().get(f"/svara/{link.token}").text
    door = site.test_client().get("/logga-in", query_string={"next": f"/{MARKUP}"}).text

    assert "&lt;img" in form
    assert "<img src=x" not in form + door
    assert "nonce-" in site.test_client().get("/logga-in").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["a\0.csv", "\u202egnp.csv", "../../etc/passwd", "<b>.csv", "x" * 5000, "\x1b[31m.csv"]
)
def test_any_name_of_a_file_is_only_a_name(site: Flask, committed: Make, name: str) -> None:
    key_user = Person.arrive(site, committed, committed.organisation(), Role.KEY_USER)
    sent = {"csrf": key_user.csrf, "fil": (BytesIO(b"enhet_id;overordnad_id;namn\nE;;E\n"), name)}

    answer = key_user.browser.post("/ladda-upp/trad", data=sent)
    _, told = key_user.post(callback("/matning/trad", f"?{str(answer.location).partition('?')[2]}"))

    heading = next(text for text in strings(json.loads(told)) if text.startswith("Granska "))
    assert answer.status_code == 303
    assert heading.isprintable()
    assert "/" not in heading
    assert len(heading) < 300


def of_key(found: Any, key: str) -> Iterator[Any]:
    """Every value under a key, however deep."""
    if isinstance(found, dict):
        yield from ([found[key]] if found.get(key) else [])
        for value in found.values():
            yield from of_key(value, key)
    elif isinstance(found, list):
        for value in found:
            yield from of_key(value, key)


def strings(found: Any) -> Iterator[str]:
    """Every text in it."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for value in found.values() if isinstance(found, dict) else found:
            yield from strings(value)


def test_the_organisations_name_is_text_in_the_page_around(site: Flask, committed: Make, marked: Any) -> None:
    key_user = Person.arrive(site, committed, marked[0], Role.KEY_USER)

    page = key_user.browser.get("/").text
    frame = key_user.browser.get("/_dash-layout").json

    name = committed.session.get_one(Organisation, marked[0]).name
    assert "<img src=x" not in page
    assert name in list(strings(frame))
