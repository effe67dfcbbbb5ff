"""/matning/texter: what is edited, what is seen before it is sent, and the trial to oneself."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from dash import no_update

from db.commands import people
from db.commands.people import NewAccount
from db.queries import wordings
from dimios_dash import access
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.usual_wording import USUAL
from dimios_dash.domain.wording import TextKind
from dimios_dash.errors import Invalid
from dimios_dash.ids import OrganisationId
from dimios_dash.language import Language
from dimios_dash.settings import Settings
from dimios_dash.web import Context
from pages.measurement import texts
from pages.measurement.text_fields import KINDS
from pages.measurement.texts import WordId
from tests.factories import PASSWORD, Make
from tests.pages.context import context, words
from tests.smtp_server import smtp_server

SV = Language.SWEDISH
UNCHANGED = dict.fromkeys(KINDS, 0)


@pytest.fixture
def ctx(make: Make) -> Context:
    return context(make, make.organisation())


def typed(**changed: str) -> list[str | None]:
    """All fields as they come, some of them changed."""
    return [changed.get(kind.value, USUAL[SV][kind]) for kind in KINDS]


def button(word: UUID) -> WordId:
    return WordId("text-word", word)


def test_every_language_has_its_texts_on_a_page_of_its_own(ctx: Context) -> None:
    swedish, finnish = (words(texts.layout(ctx, access.measurement(ctx), Language(each))) for each in ("sv", "fi"))

    assert "Spara texterna" in swedish
    assert "Finska" in finnish


def test_saving_says_what_was_changed(ctx: Context) -> None:
    drawn = words(texts.save(ctx, 1, SV, typed(thanks="Tack!", invitation="Hej"), UNCHANGED))

    assert "Texterna är sparade Inbjudan: inledning, Formuläret: tack" in drawn
    assert wordings.of_language(ctx.session, access.measurement(ctx), SV)[TextKind.THANKS].text == "Tack!"


def test_a_button_that_was_just_drawn_saves_nothing(ctx: Context) -> None:
    assert texts.save(ctx, None, SV, typed(thanks="Tack!"), UNCHANGED) is no_update
    assert texts.add_word(ctx, None, SV, "IT", "x") is no_update
    assert texts.remove_word(ctx, [None], [button(UUID(int=1))], SV) is no_update


def test_a_preview_shows_what_is_typed_and_what_always_stands(ctx: Context) -> None:
    drawn = words(texts.show(ctx, 1, SV, typed(invitation="Hej {organisation}! Senast {sista_dag}.")))

    assert "Hej Provkommun! Senast 31 december 2026." in drawn
    assert "Länken är personlig" in drawn
    assert "noreply@dimios.example" in drawn


def test_a_preview_of_what_cannot_be_sent_says_why(ctx: Context) -> None:
    with pytest.raises(Invalid, match="namn"):
        texts.show(ctx, 1, SV, typed(invitation="Hej {namn}"))


def test_a_trial_goes_to_the_person_alone(make: Make, ctx: Context) -> None:
    with smtp_server() as server:
        settings = Settings(smtp_port=server.port, smtp_starttls=False)

        texts.try_out(_with_account(make, ctx, settings), 1, SV, typed(invitation_subject="Ett prov"))

    assert server.receivers == ["kim.prov@prov.example"] * 2
    assert [mail["Subject"] for mail in server.mails] == [
        "Ett prov",
        "Påminnelse: svara gärna senast den 31 december 2026",
    ]


def test_a_trial_that_nobody_takes_says_so(make: Make, ctx: Context) -> None:
    nowhere = Settings(smtp_port=1, smtp_starttls=False)

    with pytest.raises(Invalid, match="gick inte att skicka"):
        texts.try_out(_with_account(make, ctx, nowhere), 1, SV, typed())


def test_words_come_and_go(ctx: Context) -> None:
    drawn = words(texts.add_word(ctx, 1, SV, "IT", "Enheten för it"))
    word = wordings.glossary(ctx.session, access.measurement(ctx), SV)[0]
    after = words(texts.remove_word(ctx, [None, 1], [button(UUID(int=1)), button(word.id)], SV))

    assert "Enheten för it" in drawn
    assert "Enheten för it" not in after


def test_fields_of_another_page_are_refused(ctx: Context) -> None:
    with pytest.raises(Invalid, match="Ladda om"):
        texts.save(ctx, 1, SV, ["x"], UNCHANGED)


def _with_account(make: Make, ctx: Context, settings: Settings) -> Context:
    organisation_id = OrganisationId(ctx.user.organisation_id)
    new = NewAccount("Kim Prov", "kim.prov@prov.example", PASSWORD, Role.KEY_USER)
    account_id = people.create_account(make.session, SystemScope(organisation_id), make.keys, new)
    return replace(ctx, user=replace(ctx.user, account_id=account_id), settings=settings)
