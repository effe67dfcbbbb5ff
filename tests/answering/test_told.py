"""What the organisation says on the form and after it, in its own words."""

from __future__ import annotations

from flask import Flask

from db.commands import wordings
from dimios_dash.domain.wording import TextKind
from dimios_dash.language import Language
from tests.factories import Make

SV = Language.SWEDISH


def test_the_form_begins_and_ends_with_the_organisations_own_words(site: Flask, committed: Make) -> None:
    organisation_id = committed.organisation("Ekhamns kommun i prov")
    committed.units(organisation_id, {"E": None})
    measurement_id = committed.measurement(organisation_id)
    open_one = committed.invitation(organisation_id, measurement_id, "E")
    answered = committed.invitation(organisation_id, measurement_id, "E", answered=True)
    desk, kinds = committed.desk(organisation_id), (TextKind.INTRODUCTION, TextKind.THANKS)
    texts = {
        TextKind.INTRODUCTION: "Vi på {organisation} undrar.\n\nSenast {sista_dag}, minst {k} <b>svar</b>.",
        TextKind.THANKS: "Stort tack!",
    }
    wordings.change(committed.session, desk, SV, texts, dict.fromkeys(kinds, 0))
    wordings.add_word(committed.session, desk, SV, "IT", "Enheten för it & drift")
    committed.session.commit()
    browser = site.test_client()

    form = browser.get(f"/svara/{open_one.token}").text
    thanks = browser.get(f"/svara/{answered.token}/tack").text

    assert '<p class="lead">Vi på Ekhamns kommun i prov undrar.</p>' in form
    assert "Senast 31 december 2026, minst tre &lt;b&gt;svar&lt;/b&gt;." in form
    assert "<dt>IT</dt><dd>Enheten för it &amp; drift</dd>" in form
    assert "<p>Stort tack!</p>" in thanks


def test_without_words_of_its_own_the_usual_ones_stand(site: Flask, committed: Make) -> None:
    organisation_id = committed.organisation("Granviks kommun i prov")
    committed.units(organisation_id, {"E": None})
    invited = committed.invitation(organisation_id, committed.measurement(organisation_id), "E")
    committed.session.commit()

    form = site.test_client().get(f"/svara/{invited.token}").text

    assert "Granviks kommun i prov vill veta hur du ser på saken." in form
    assert "Ord som betyder något särskilt hos er" not in form


def test_own_words_are_read_in_ones_language_else_in_swedish_and_marked_as_such(site: Flask, committed: Make) -> None:
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None})
    invited = committed.invitation(organisation_id, committed.measurement(organisation_id), "E")
    desk = committed.desk(organisation_id)
    session, introduction = committed.session, TextKind.INTRODUCTION
    wordings.change(session, desk, SV, {introduction: "Senast {sista_dag}, minst {k}."}, {introduction: 0})
    wordings.change(session, desk, Language.FINNISH, {introduction: "Viimeistään {sista_dag}, {k}."}, {introduction: 0})
    wordings.add_word(session, desk, SV, "IT", "Enheten för it")
    wordings.add_word(session, desk, Language.ENGLISH, "IT", "The IT unit")
    session.commit()
    browser = site.test_client()

    finnish, english = (browser.get(f"/svara/{invited.token}?sprak={language}").text for language in ("fi", "en"))

    assert '<p class="lead">Viimeistään 31. joulukuuta 2026, kolme.</p>' in finnish
    assert '<p class="lead" lang="sv">Senast 31 december 2026, minst tre.</p>' in english
    assert '<dl lang="sv"><dt>IT</dt><dd>Enheten för it</dd>' in finnish
    assert "<dl><dt>IT</dt><dd>The IT unit</dd>" in english


def test_an_emptied_text_is_the_usual_one_of_ones_language_again(site: Flask, committed: Make) -> None:
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None})
    measurement_id = committed.measurement(organisation_id)
    answered = committed.invitation(organisation_id, measurement_id, "E", answered=True)
    desk, session, thanks = committed.desk(organisation_id), committed.session, TextKind.THANKS
    wordings.change(session, desk, SV, {thanks: "Stort tack!"}, {thanks: 0})
    wordings.change(session, desk, SV, {thanks: ""}, {thanks: 1})
    session.commit()

    page = site.test_client().get(f"/svara/{answered.token}/tack?sprak=nb").text

    assert "Takk for at du tok deg tid!" in page
    assert 'lang="sv">' not in page.partition("<h1>")[2]


def test_a_word_of_ones_own_is_explained_at_each_statement_that_uses_it(site: Flask, committed: Make) -> None:
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None})
    invited = committed.invitation(organisation_id, committed.measurement(organisation_id), "E")
    desk = committed.desk(organisation_id)
    wordings.add_word(committed.session, desk, SV, "digital lösning", "Allt som har en skärm")
    wordings.add_word(committed.session, desk, SV, "tal", "Hälften av digitala")
    committed.session.commit()

    form = site.test_client().get(f"/svara/{invited.token}").text

    first = form.partition('id="F1.1"')[2].partition("</fieldset>")[0]
    assert "<summary>Vad betyder digital lösning hos er?</summary><p>Allt som har en skärm</p>" in first
    assert "Vad betyder tal hos er?" not in form
