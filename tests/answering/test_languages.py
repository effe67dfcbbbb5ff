"""The form speaks four languages, whole and with nothing lost on the way from one to another."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from db.queries import forms
from dimios_dash import instruments
from dimios_dash.answering.wording import words
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.language import Language, speaking
from tests.answering.halls import hall
from tests.answering.links import FIELDS, THIS_YEAR, Box
from tests.answering.reading import OTHERS, language_of, read, swedish_in

TITLES = {
    Language.SWEDISH: "Hur goda är förutsättningarna för digital utveckling?",
    Language.ENGLISH: "How good are the conditions for digital development?",
    Language.NORWEGIAN: "Hvor gode er forutsetningene for digital utvikling?",
    Language.FINNISH: "Kuinka hyvät ovat digitaalisen kehittämisen edellytykset?",
}


@pytest.mark.parametrize("language", Language)
def test_the_whole_form_is_in_the_language_of_its_link(box: Box, browser: FlaskClient, language: Language) -> None:
    page = browser.get(f"{box.link(invited=10, role_type=2).path}?sprak={language}").text

    instrument, text = instruments.load(), read(page)
    assert language_of(page) == language
    assert TITLES[language] in text
    assert all(each.text[language] in text and each.help[language] in text for each in instrument.statements)
    assert all(category.name[language] in text for category in instrument.categories)
    assert text.count(instrument.scale.dont_know[language]) >= len(instrument.statements)
    assert all(label[language].lstrip("16 ") in text for label in instrument.scale.labels)


@pytest.mark.parametrize("language", OTHERS)
def test_no_swedish_is_left_on_any_page_on_the_way(box: Box, browser: FlaskClient, language: Language) -> None:
    link, few = box.link(invited=10), box.link(role_type=3)
    wrong = FIELDS | {"F1.1": "7", "larande": "kim@prov.example", "forslag_F1": "x" * 501, "extra": "1"}
    asked = f"?sprak={language}"

    pages = [browser.get(link.path + asked), browser.get(few.path + asked), browser.post(link.path + asked, data=wrong)]
    pages += [browser.post(link.path + asked, data=FIELDS | {"enhet": "E2"})]
    pages += [browser.post(link.path + asked, data=FIELDS, follow_redirects=True), browser.get(link.path + asked)]
    pages += [browser.get(f"/svara/{path}{asked}") for path in ("fel", "hjalp")]

    assert [page.status_code for page in pages] == [200, 200, 422, 409, 200, 200, 404, 200]
    assert {language_of(page.text) for page in pages} == {language}
    assert [swedish_in(page.text, language) for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize("language", OTHERS)
def test_no_swedish_is_left_on_the_pages_of_an_open_link(box: Box, browser: FlaskClient, language: Language) -> None:
    several, asked = hall(box, ("E1", "E2")), f"sprak={language}"
    code = hall(box, codes=1)

    pages = [browser.get(f"/oppen?{asked}"), browser.post(f"/oppen?{asked}", data={"kod": "FEL"})]
    pages += [browser.get(f"{several.path}?{asked}"), browser.get(f"{several.path}?enhet=E1&{asked}")]
    pages += [browser.post(f"{several.path}?{asked}", data=FIELDS | {"enhet": "E1"}, follow_redirects=True)]
    pages += [browser.get(f"{several.path}?{asked}"), browser.get(f"{several.path}?enhet=fel&{asked}")]
    pages += [browser.post(f"{code.path}?{asked}", data=FIELDS, follow_redirects=True)]
    pages += [browser.get(f"{code.path}?{asked}"), browser.get(f"/oppen/fel?{asked}")]

    assert [page.status_code for page in pages] == [200, 422, 200, 200, 200, 200, 404, 200, 200, 404]
    assert {language_of(page.text) for page in pages} == {language}
    assert [swedish_in(page.text, language) for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    ("state", "year"),
    [
        (MeasurementState.OPEN, THIS_YEAR + 1),
        (MeasurementState.CLOSED, THIS_YEAR),
        (MeasurementState.CANCELLED, THIS_YEAR),
    ],
)
def test_a_closed_door_speaks_the_language_too(
    box: Box, browser: FlaskClient, language: Language, state: MeasurementState, year: int
) -> None:
    link, opened = box.link(state, year), hall(box, state=state, year=year)

    pages = [browser.get(f"{path}?sprak={language}").text for path in (link.path, opened.path)]

    assert [language_of(page) for page in pages] == [language] * 2
    assert [swedish_in(page, language) for page in pages] == [[], []]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fi", "fi"),
        ("fi-FI,fi;q=0.9,sv;q=0.8", "fi"),
        ("sv-FI,fi;q=0.9", "sv"),
        ("no", "nb"),
        ("nn-NO,nn;q=0.9,en;q=0.8", "nb"),
        ("de,en-GB;q=0.3", "en"),
        ("en;q=0.2,nb;q=0.7,fi;q=0.5", "nb"),
        ("fi;q=0,en;q=0.1", "en"),
        ("de,*;q=0.5", "sv"),
        ("fi;q=abc,;;;q=,en;q=2", "sv"),
        ("x" * 5000, "sv"),
        ("\xff\xfe", "sv"),
        ("", "sv"),
    ],
)
def test_nobody_is_known_behind_an_open_link_so_the_browser_is_asked(
    box: Box, browser: FlaskClient, header: str, language: str
) -> None:
    opened = hall(box)

    page = browser.get(opened.path, headers={"Accept-Language": header}).text

    assert language_of(page) == language


def test_the_respondents_own_language_goes_before_the_browsers_and_the_links_before_both(
    box: Box, browser: FlaskClient
) -> None:
    link = box.link()
    box.change(link, "invitation", language="fi")
    headers = {"Accept-Language": "nb"}

    own, asked = browser.get(link.path, headers=headers), browser.get(f"{link.path}?sprak=en", headers=headers)

    assert (language_of(own.text), language_of(asked.text)) == ("fi", "en")


@pytest.mark.parametrize(
    "query", ["sprak=de", "sprak=", "sprak=SV", "sprak=%3Cb%3E", "sprak=fi%00", "sprak=\xff\x80", "sprak=xx&sprak=fi"]
)
def test_a_language_that_nobody_speaks_here_is_as_if_nothing_was_asked(
    box: Box, browser: FlaskClient, query: str
) -> None:
    link, opened = box.link(), hall(box)

    pages = [browser.get(path, environ_overrides={"QUERY_STRING": query}) for path in (link.path, opened.path)]

    assert [(page.status_code, language_of(page.text)) for page in pages] == [(200, "sv")] * 2
    assert not any("<b>" in page.text or "%3Cb" in page.text for page in pages)


def test_the_language_stays_from_the_form_over_errors_to_the_thanks(box: Box, browser: FlaskClient) -> None:
    link, opened = box.link(), hall(box)

    for path in (link.path, opened.path):
        missing = browser.post(f"{path}?sprak=fi", data={"respondenttyp": "1"})
        sent = browser.post(f"{path}?sprak=fi", data=FIELDS)

        assert language_of(missing.text) == "fi"
        assert 'action="#fel"' in missing.text  # to the same address, which says the language
        assert sent.location == f"{path}/tack?sprak=fi"


def test_another_language_is_a_button_of_the_form_and_loses_nothing(box: Box, browser: FlaskClient) -> None:
    link, opened = box.link(invited=10), hall(box)
    before, filled = box.rows(), {"F1.1": "5", "A3.5": "vet_ej", "larande": "Små steg", "byt": ""}

    for path in (link.path, f"{opened.path}?enhet=E1&ny=1"):
        form = browser.get(path).text
        address = unescape(re.findall(r'<button lang="fi" name="byt" formaction="([^"]+)">', form)[0])
        page = browser.post(path.partition("?")[0] + address, data=filled)

        assert (page.status_code, language_of(page.text)) == (200, "fi")
        assert page.text.count(" checked") == 2
        assert "Små steg</textarea>" in page.text
        assert "error" not in page.text.partition("<body>")[2]
        assert "aria-invalid" not in page.text.partition("<body>")[2]

    assert box.rows() == before


def test_a_complete_form_is_not_sent_by_a_change_of_language(box: Box, browser: FlaskClient) -> None:
    link = box.link()

    page = browser.post(f"{link.path}?sprak=nb", data=FIELDS | {"byt": ""})

    assert page.text.count(" checked") == len(FIELDS)
    assert (box.ballots(link), box.answered(link)) == ([], False)


def test_pages_without_a_form_of_answers_lead_to_the_other_languages(box: Box, browser: FlaskClient) -> None:
    opened = hall(box, ("E1", "E2"))

    for path in ("/svara/fel", "/svara/hjalp", "/oppen", f"{opened.path}?ny=1", f"{opened.path}/tack"):
        page = browser.get(path).text
        links = [unescape(link) for link in re.findall(r'<a href="([^"]+)" lang="\w+" hreflang="\w+">', page)]

        kept = "?ny=1&" if "ny=1" in path else "?"
        assert links == [f"{kept}sprak={language}" for language in OTHERS]


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_script_says_is_in_the_language(language: Language) -> None:
    swedish = words()

    with speaking(language):
        translated = words()

    same = [name for name in swedish if swedish[name] == translated[name]]
    assert same == ["found"]  # "{what} ({kind})"
    assert not any("{longest}" in said for said in translated.values())


def test_a_refusal_to_the_script_is_in_the_language(box: Box, browser: FlaskClient) -> None:
    refused = browser.post(f"{box.link().path}/kuvert?sprak=fi", data={"unit": "E1"})

    assert refused.get_json()["title"] == "Vastausta ei voitu ottaa vastaan"


def test_even_our_mistakes_are_told_in_the_language(
    box: Box, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "asked", lambda *_: 1 / 0)

    page = browser.get(f"{box.link().path}?sprak=fi")

    assert (page.status_code, language_of(page.text)) == (500, "fi")
    assert "Jokin meni vikaan. Mitään ei tallennettu." in page.text
    assert swedish_in(page.text, Language.FINNISH) == []
