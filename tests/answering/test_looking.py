"""Opening a link is harmless, and tells whoever opens it what to do."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from flask.testing import FlaskClient

from dimios_dash.domain.calendar import MeasurementState
from tests.answering.halls import hall
from tests.answering.links import FIELDS, STATEMENTS, THIS_YEAR, Box


def test_opening_a_link_any_number_of_times_changes_no_row(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    before = box.rows()

    for _ in range(3):
        browser.get(link.path)
        browser.head(link.path)
        browser.get(f"{link.path}/tack")

    assert box.rows() == before


def test_the_form_says_who_asks_for_whom_until_when_and_how_answers_are_protected(
    box: Box, browser: FlaskClient
) -> None:
    page = browser.get(box.link().path)

    assert page.status_code == 200
    for fact in [
        "Provkommun",
        f"Mätning {THIS_YEAR}",
        "Enhet E1 i Enhet E",
        f"31 december {THIS_YEAR}",
        "5–10 minuter",
    ]:
        assert fact in page.text
    assert "Resultat visas bara för grupper om minst tre svar." in page.text
    assert "Vet ej är också ett användbart svar" in page.text


def test_the_form_asks_the_role_and_thirty_statements_and_chooses_nothing(box: Box, browser: FlaskClient) -> None:
    page = browser.get(box.link().path).text

    assert [page.count(f'name="{key}"') for key in STATEMENTS] == [7] * 30
    assert page.count('name="respondenttyp"') == 3
    assert " checked" not in page


def test_the_role_type_of_the_list_is_filled_in(box: Box, browser: FlaskClient) -> None:
    page = browser.get(box.link(role_type=3).path).text

    assert 'name="respondenttyp" value="3" checked' in page
    assert page.count(" checked") == 1


def test_no_page_sets_a_cookie_or_sends_the_link_on(box: Box, browser: FlaskClient) -> None:
    link = box.link()

    answers = [
        browser.get(link.path),
        browser.post(link.path),
        browser.post(link.path, data=FIELDS),
        browser.get(link.path),
        browser.get(f"{link.path}/tack"),
        browser.get("/svara/fel"),
    ]

    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * 6
    assert {answer.headers["Referrer-Policy"] for answer in answers} == {"no-referrer"}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_after_an_answer_the_link_says_that_it_has_come(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    browser.post(link.path, data=FIELDS)

    page = browser.get(link.path)

    assert page.status_code == 200
    assert "Ditt svar är redan mottaget" in page.text
    assert "<form" not in page.text


def test_the_thanks_promise_no_receipt_and_can_be_read_again(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    browser.post(link.path, data=FIELDS)

    pages = [browser.get(f"{link.path}/tack") for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].text == pages[1].text
    assert "Det finns inget kvitto som visar vad du svarade" in pages[0].text


def test_nobody_is_thanked_before_there_is_an_answer(box: Box, browser: FlaskClient) -> None:
    link = box.link()

    answer = browser.get(f"{link.path}/tack")

    assert (answer.status_code, answer.location) == (303, link.path)


@pytest.mark.parametrize(
    ("when", "status", "sentence"),
    [
        ((MeasurementState.OPEN, THIS_YEAR + 1), 200, f"Den öppnar den 1 januari {THIS_YEAR + 1}."),
        ((MeasurementState.DRAFT, THIS_YEAR), 200, "Mätningen har inte öppnat än"),
        ((MeasurementState.OPEN, THIS_YEAR - 1), 410, "Mätningen är stängd"),
        ((MeasurementState.CLOSED, THIS_YEAR), 410, "Mätningen är stängd"),
        ((MeasurementState.RELEASED, THIS_YEAR), 410, "Mätningen är stängd"),
        ((MeasurementState.CANCELLED, THIS_YEAR), 410, "Mätningen är avbruten"),
        ((MeasurementState.DESTROYED, THIS_YEAR), 410, "Mätningen är avbruten"),
    ],
)
def test_outside_its_days_the_link_says_so(
    box: Box, browser: FlaskClient, when: tuple[MeasurementState, int], status: int, sentence: str
) -> None:
    page = browser.get(box.link(*when).path)

    assert page.status_code == status
    assert sentence in page.text
    assert "<form" not in page.text


def test_a_draft_without_days_promises_none(box: Box, browser: FlaskClient) -> None:
    link = box.link(MeasurementState.DRAFT)
    box.change(link, "measurement", opens=None, closes=None)

    page = browser.get(link.path)

    assert page.status_code == 200
    assert "dagarna är inte bestämda" in page.text


@pytest.mark.parametrize("end", ["", "fel", "fel/", "%FF%00", "a/b/c", "å" * 60])
def test_a_broken_link_gets_a_kind_page(browser: FlaskClient, end: str) -> None:
    page = browser.get(f"/svara/{end}")

    assert page.status_code == 404
    assert "Länken fungerar inte" in page.text


def test_a_forged_link_and_one_with_another_organisations_id_look_unknown(box: Box, browser: FlaskClient) -> None:
    link, other = box.link(), box.link()
    stranger = urlsafe_b64encode(other.organisation_id.bytes).decode().rstrip("=")[:21]
    forged = link.token[:-1] + ("A" if link.token[-1] != "A" else "B")

    pages = [browser.get(f"/svara/{token}") for token in (forged, stranger + link.token[21:])]
    posts = [browser.post(f"/svara/{token}", data=FIELDS) for token in (forged, stranger + link.token[21:])]

    assert {page.status_code for page in [*pages, *posts]} == {404}
    assert len({page.text for page in [*pages, *posts]}) == 1
    assert (box.ballots(link), box.ballots(other)) == ([], [])


def test_the_form_says_how_many_share_the_unit_and_where_to_say_that_it_is_wrong(
    box: Box, browser: FlaskClient
) -> None:
    alone, link = browser.get(box.link(invited=4).path).text, box.link(invited=4)
    box.change(link, "invitation", unit_id="E1")
    together = browser.get(link.path).text
    open_link = hall(box)
    box.change(open_link.link, "open_link_unit", expected=40)

    assert "En person är inbjuden där." in alone
    assert "4 personer är inbjudna där." in together
    assert "40 personer väntas svara där." in browser.get(open_link.path).text
    assert 'href="mailto:support@dimios.example?subject=Fel%20enhet%3A%20Enhet%20E1"' in alone
    assert f"Mätning {THIS_YEAR}, Provkommun" in alone


def test_whoever_is_removed_is_not_counted_among_those_who_share_the_unit(box: Box, browser: FlaskClient) -> None:
    link, other = box.link(), box.link()
    box.change(other, "invitation", removed=True, answered=True)

    assert "En person är inbjuden där." in browser.get(link.path).text


def test_whoever_writes_what_has_worked_knows_beforehand_and_afterwards_who_may_read_it(
    box: Box, browser: FlaskClient
) -> None:
    few, many = box.link(), box.link(invited=10)

    before = browser.get(many.path).text
    browser.post(many.path, data=FIELDS)
    browser.post(few.path, data=FIELDS)

    assert "väljer att dela det, och då utan enhetens namn. Frivilligt" in before
    assert "Skrev du vad som har fungerat?" in browser.get(f"{many.path}/tack").text
    assert "Skrev du vad som har fungerat?" not in browser.get(f"{few.path}/tack").text
