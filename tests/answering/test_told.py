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
