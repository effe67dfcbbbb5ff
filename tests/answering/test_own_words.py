"""Texts beside the answers: optional, short, looked through before they are sent, and only where many are asked."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from dimios_dash.crypto.sealing import Sheet
from tests.answering.links import ANSWERS, FIELDS, STATEMENTS, Box

FIELDS_TO_WRITE_IN = [*(f"forslag_{category}" for category in ("F1", "F2", "F3", "A1", "A2", "A3")), "larande"]


def test_ten_invited_may_write_about_each_category_and_at_the_end(box: Box, browser: FlaskClient) -> None:
    page = browser.get(box.link(invited=10).path).text

    assert re.findall(r'<textarea [^>]*name="(\w+)"', page) == FIELDS_TO_WRITE_IN
    assert page.count("Skriv inga namn") >= 7
    assert "bara i grupper om minst tio svar" in page


def test_where_fewer_than_ten_are_invited_the_form_says_so_and_has_no_text_fields(
    box: Box, browser: FlaskClient
) -> None:
    page = browser.get(box.link(invited=9).path).text

    assert "<textarea" not in page
    assert "Färre än tio är inbjudna" in page


def test_texts_are_sealed_with_the_answers_and_empty_ones_left_out(box: Box, browser: FlaskClient) -> None:
    link = box.link(invited=10)

    answer = browser.post(
        link.path, data=FIELDS | {"forslag_A2": " Mer tid,\r\ntack. ", "forslag_F1": " ", "larande": "Små steg 🙂"}
    )

    assert answer.status_code == 303
    assert box.sheets(link) == [Sheet(2, ANSWERS, {"A2": "Mer tid,\ntack.", "larande": "Små steg 🙂"})]


@pytest.mark.parametrize("sign", ["a", "å", "🙂", '"', "\\"])
def test_five_hundred_characters_fit_in_all_seven_fields(box: Box, browser: FlaskClient, sign: str) -> None:
    link = box.link(invited=10)

    answer = browser.post(link.path, data=FIELDS | dict.fromkeys(FIELDS_TO_WRITE_IN, sign * 500))

    assert answer.status_code == 303
    assert set(box.sheets(link)[0].texts.values()) == {sign * 500}


@pytest.mark.parametrize("sign", ["å", "🙂"])
def test_one_character_more_is_too_long_and_nothing_is_lost(box: Box, browser: FlaskClient, sign: str) -> None:
    link = box.link(invited=10)

    answer = browser.post(link.path, data=FIELDS | {"larande": sign * 501})

    assert answer.status_code == 422
    assert 'href="#larande"' in answer.text
    assert "Texten är 501 tecken lång." in answer.text
    assert sign * 501 in answer.text
    assert answer.text.count(" checked") == len(FIELDS)
    assert box.ballots(link) == []


def test_what_looks_personal_is_pointed_out_once_and_then_its_writer_decides(box: Box, browser: FlaskClient) -> None:
    link = box.link(invited=10)
    written = FIELDS | {"forslag_F1": "Ring 070-123 45 67 eller <kim@prov.example>"}

    first = browser.post(link.path, data=written)
    seen = re.findall(r'name="sett" value="([^"]+)"', first.text)
    second = browser.post(link.path, data=MultiDict(written | {"sett": seen}))

    assert first.status_code == 422
    assert "Det här kan peka ut någon: kim@prov.example (e-postadress), 070-123 45 67 (telefonnummer)." in first.text
    assert 'href="#forslag_F1"' in first.text
    assert "Ring 070-123 45 67 eller &lt;kim@prov.example&gt;" in first.text
    assert second.status_code == 303
    assert box.sheets(link)[0].texts == {"F1": "Ring 070-123 45 67 eller <kim@prov.example>"}


def test_a_number_that_was_not_pointed_out_is_pointed_out_too(box: Box, browser: FlaskClient) -> None:
    link = box.link(invited=10)

    answer = browser.post(link.path, data=FIELDS | {"larande": "811228-9874", "sett": "kim@prov.example"})

    assert answer.status_code == 422
    assert "811228-9874 (personnummer)" in answer.text
    assert box.ballots(link) == []


def test_control_characters_are_left_out_and_never_a_fault(box: Box, browser: FlaskClient) -> None:
    link = box.link(invited=10)

    answer = browser.post(link.path, data=FIELDS | {"larande": "a\0b\x1bc"})

    assert answer.status_code == 303
    assert box.sheets(link)[0].texts == {"larande": "abc"}


def test_missing_answers_and_texts_are_listed_in_the_order_of_the_form(box: Box, browser: FlaskClient) -> None:
    fields = {name: value for name, value in FIELDS.items() if name not in {"F1.5", "F2.1"}}

    answer = browser.post(box.link(invited=10).path, data=fields | {"forslag_F1": "x" * 501})

    assert re.findall(r'<li><a href="#([\w.]+)"', answer.text) == ["F1.5", "forslag_F1", "F2.1"]
    assert "2 frågor återstår" in answer.text


def test_closed_meanwhile_everything_chosen_and_written_comes_back(box: Box, browser: FlaskClient) -> None:
    link = box.link(invited=10)
    box.close(link)

    answer = browser.post(link.path, data=FIELDS | {"larande": "Små steg"})

    assert answer.status_code == 410
    assert "Mätningen är stängd" in answer.text
    assert answer.text.count(" checked") == len(STATEMENTS) + 1
    assert "Små steg</textarea>" in answer.text
    assert (box.ballots(link), box.answered(link)) == ([], False)
