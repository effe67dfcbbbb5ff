"""Förbättringsförslag as readers open it: what has been reviewed, and words for what they may not read."""

from __future__ import annotations

import pytest
from dash.development.base_component import Component
from sqlalchemy import event

from dimios_dash.analyses.suggestion_texts import PAGE
from dimios_dash.domain.moderation.review import Review, ReviewState
from dimios_dash.domain.permissions import Role
from dimios_dash.language import Language, speaking
from tests.factories import Make
from tests.pages.commented import YEAR, Commented
from tests.pages.context import links, words

SHOWN = Review(ReviewState.SHOWN)


@pytest.fixture
def commented(make: Make) -> Commented:
    return Commented.begin(make)


def said(drawn: Component) -> str:
    """All words, parted by single spaces."""
    return " ".join(words(drawn).split())


def test_a_reader_is_told_how_many_texts_wait_and_gets_no_way_to_review_them(commented: Commented) -> None:
    commented.text("Syns", SHOWN)
    commented.text("Väntar än")

    found = commented.read()

    assert "1 förslag att läsa." in words(found)
    assert "1 text väntar på granskning och visas inte än." in words(found)
    assert "Väntar än" not in words(found)
    assert not any("granska" in link for link in links(found))


def test_a_key_user_is_led_to_the_texts_that_wait_and_to_those_that_are_shown(commented: Commented) -> None:
    text = commented.text("Syns", SHOWN)
    commented.text("Väntar än")

    found = links(commented.read(role=Role.KEY_USER))

    assert f"/resultat/forslag/granska?ar={YEAR}" in found
    assert f"/resultat/forslag/granska/text?ar={YEAR}&id={text}" in found


def test_it_says_where_texts_are_shown_and_why_not_at_each_unit(commented: Commented) -> None:
    whole, lowest, own = (said(commented.read(unit)) for unit in ("K", "A1", "A"))
    of_a_branch = said(commented.read("B", branch="B"))

    assert "Enhet B: visas hos Enhet K , eftersom färre än 10 skulle kunna ha skrivit dem" in whole
    assert "minst 10 som har svarat kan ha skrivit den" in whole
    assert "Texter från Enhet A1 själv visas högre upp" in lowest
    assert "Enhet A1: visas hos Enhet A " in own
    assert "visas hos en enhet ovanför din gren" in of_a_branch


def test_an_organisation_too_small_for_texts_is_told_so(make: Make) -> None:
    small = make.organisation()
    make.units(small, {"K": None})
    measurement_id = make.release(small, YEAR, {"K": 50.0}, answered=9)

    assert "Färre än 10 i hela organisationen har svarat." in words(Commented(make, small, measurement_id).read())


def test_a_choice_stands_in_the_address_of_every_link(commented: Commented) -> None:
    for number in range(PAGE + 1):
        commented.text(f"Förslag {number}", Review(ReviewState.SHOWN, tags=("it-stöd",)))

    found = links(commented.read("A", sok="förslag", kategori="F1"))

    assert "/resultat/forslag?ar=2025&enhet=A&sok=f%C3%B6rslag&kategori=F1&sida=2" in found
    assert "/resultat/forslag?ar=2025&enhet=A&sok=f%C3%B6rslag&kategori=F1&etikett=it-st%C3%B6d" in found
    assert "/hamta/analys/resultat/forslag/forslag.csv?ar=2025&enhet=A&sok=f%C3%B6rslag&kategori=F1" in found


def test_where_nothing_fits_there_is_a_way_back_to_everything(commented: Commented) -> None:
    commented.text("Syns", SHOWN)

    found = commented.read("A", sok="finns inte")

    assert "Inga texter passar valet" in words(found)
    assert "/resultat/forslag?ar=2025&enhet=A" in links(found)


def test_it_takes_as_many_statements_for_many_units_and_texts_as_for_few(commented: Commented) -> None:
    seen: list[str] = []
    event.listen(commented.make.session.connection(), "before_cursor_execute", lambda *call: seen.append(call[2]))
    commented.read("A1")
    for_few = len(seen)

    texts = [commented.text(f"Text {number}", SHOWN) for number in range(30)]
    commented.make.session.flush()
    seen.clear()
    commented.read("K")

    assert len(texts) == 30
    assert len(seen) == for_few == 9  # two to make the scope; means, years, homes; counts, list, texts, tags


def test_the_page_is_written_in_the_readers_language(commented: Commented) -> None:
    commented.text("Fråga Anna", Review(ReviewState.SHOWN, masks=((6, 10),)))

    with speaking(Language.ENGLISH):
        found = words(commented.read())

    assert "Most suggestions concern Efficiency: 1 of 1" in found
    assert "Fråga [masked]" in found
