"""An organisation's own words: kept per language, never lost to somebody who edits at the same time."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from db.commands import wordings as commands
from db.models import AuditEvent, Wording
from db.queries import wordings
from dimios_dash.domain.usual_wording import USUAL
from dimios_dash.domain.wording import TextKind
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import OrganisationId
from dimios_dash.language import Language
from tests.conftest import AsWeb
from tests.factories import Make

SV, EN = Language.SWEDISH, Language.ENGLISH
THANKS, INVITATION = TextKind.THANKS, TextKind.INVITATION


@pytest.fixture
def organisation_id(make: Make) -> OrganisationId:
    return make.organisation()


def said(make: Make, organisation_id: OrganisationId, kind: TextKind, language: Language = SV) -> str:
    return wordings.of_language(make.session, make.desk(organisation_id), language)[kind].text


def test_without_words_of_ones_own_the_usual_ones_stand(make: Make, organisation_id: OrganisationId) -> None:
    assert said(make, organisation_id, THANKS) == USUAL[SV][THANKS]


def test_a_text_stands_in_its_own_language_only(make: Make, organisation_id: OrganisationId, as_web: AsWeb) -> None:
    with as_web(organisation_id) as session:
        commands.change(session, make.desk(organisation_id), SV, {THANKS: "Tack ska ni ha!"}, {THANKS: 0})

    assert said(make, organisation_id, THANKS) == "Tack ska ni ha!"
    assert said(make, organisation_id, THANKS, EN) == USUAL[EN][THANKS]


def test_only_what_was_changed_is_kept_and_audited(make: Make, organisation_id: OrganisationId) -> None:
    texts = {THANKS: USUAL[SV][THANKS], INVITATION: "Hej!"}

    changed = commands.change(make.session, make.desk(organisation_id), SV, texts, dict.fromkeys(texts, 0))

    assert changed == (INVITATION,)
    assert make.session.scalars(select(Wording.kind)).all() == ["invitation"]
    event = make.session.scalars(select(AuditEvent).where(AuditEvent.event == "texts_changed")).one()
    assert event.details == {"language": "sv", "texts": ["invitation"]}


def test_the_second_of_two_editors_is_told_and_nothing_of_theirs_is_written(
    make: Make, organisation_id: OrganisationId
) -> None:
    scope = make.desk(organisation_id)
    commands.change(make.session, scope, SV, {THANKS: "Först"}, {THANKS: 0})

    with pytest.raises(Invalid, match="Formuläret: tack: någon annan har ändrat"):
        commands.change(make.session, scope, SV, {THANKS: "Sedan", INVITATION: "Hej"}, {THANKS: 0, INVITATION: 0})

    assert said(make, organisation_id, THANKS) == "Först"
    assert said(make, organisation_id, INVITATION) == USUAL[SV][INVITATION]


def test_who_has_seen_the_change_may_change_it_again(make: Make, organisation_id: OrganisationId) -> None:
    scope = make.desk(organisation_id)
    commands.change(make.session, scope, SV, {THANKS: "Först"}, {THANKS: 0})

    commands.change(make.session, scope, SV, {THANKS: "Sedan"}, {THANKS: 1})

    assert wordings.of_language(make.session, scope, SV)[THANKS] == wordings.Said("Sedan", 2)


def test_an_emptied_text_becomes_the_usual_one_again(make: Make, organisation_id: OrganisationId) -> None:
    scope = make.desk(organisation_id)
    commands.change(make.session, scope, SV, {THANKS: "Först"}, {THANKS: 0})

    commands.change(make.session, scope, SV, {THANKS: " "}, {THANKS: 1})

    assert said(make, organisation_id, THANKS) == USUAL[SV][THANKS]


def test_another_organisations_texts_are_not_seen(make: Make, organisation_id: OrganisationId, as_web: AsWeb) -> None:
    other = make.organisation()
    commands.change(make.session, make.desk(other), SV, {THANKS: "Hemligt"}, {THANKS: 0})
    commands.add_word(make.session, make.desk(other), SV, "IT", "Hemligt")

    with as_web(organisation_id) as session:
        seen = wordings.of_language(session, make.desk(organisation_id), SV)[THANKS].text
        words = wordings.glossary(session, make.desk(other), SV)

    assert seen == USUAL[SV][THANKS]
    assert words == ()


def test_words_are_listed_by_the_alphabet_in_their_language(make: Make, organisation_id: OrganisationId) -> None:
    scope = make.desk(organisation_id)
    for term, language in (("system", SV), ("IT-avdelning", SV), ("IT", EN)):
        commands.add_word(make.session, scope, language, f" {term} ", "Det  vi\nmenar")

    found = wordings.glossary(make.session, scope, SV)

    assert [(word.term, word.explanation) for word in found] == [
        ("IT-avdelning", "Det vi menar"),
        ("system", "Det vi menar"),
    ]


@pytest.mark.parametrize(
    ("term", "explanation", "why"),
    [
        ("", "x", "både"),
        ("x", " ", "både"),
        ("x" * 81, "x", "högst 80"),
        ("x", "x" * 501, "högst 500"),
        ("\x07", "x", "visa"),
    ],
)
def test_a_word_that_cannot_be_shown_is_refused(
    make: Make, organisation_id: OrganisationId, term: str, explanation: str, why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        commands.add_word(make.session, make.desk(organisation_id), SV, term, explanation)


def test_a_word_is_explained_once(make: Make, organisation_id: OrganisationId) -> None:
    commands.add_word(make.session, make.desk(organisation_id), SV, "IT", "ett")

    with pytest.raises(Invalid, match="finns redan"):
        commands.add_word(make.session, make.desk(organisation_id), SV, "IT", "två")


def test_a_word_of_somebody_else_cannot_be_taken_out(make: Make, organisation_id: OrganisationId) -> None:
    other = make.organisation()
    commands.add_word(make.session, make.desk(other), SV, "IT", "ett")
    word = wordings.glossary(make.session, make.desk(other), SV)[0]

    with pytest.raises(NotFound):
        commands.remove_word(make.session, make.desk(organisation_id), word.id)
    commands.remove_word(make.session, make.desk(other), word.id)

    assert wordings.glossary(make.session, make.desk(other), SV) == ()


def test_a_sub_administrator_changes_no_texts_of_the_whole(make: Make, organisation_id: OrganisationId) -> None:
    make.units(organisation_id, {"E": None})
    scope = make.desk(organisation_id, branch="E")

    with pytest.raises(Forbidden):
        commands.change(make.session, scope, SV, {THANKS: "x"}, {THANKS: 0})
    with pytest.raises(Forbidden):
        commands.add_word(make.session, scope, SV, "IT", "x")
    with pytest.raises(Forbidden):
        commands.remove_word(make.session, scope, uuid4())
