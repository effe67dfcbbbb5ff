"""/matning/oppna-lankar: links and codes are made, shown with their answers, closed and printed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from db.models import Measurement, OpenLinkUnit
from db.queries import open_links
from dimios_dash import access
from dimios_dash.crypto.open_codes import open_code
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import MeasurementId, OrganisationId
from dimios_dash.web import Context
from pages.measurement import open_links as page
from pages.measurement.open_links import Pressed
from tests.factories import LINK_SECRET, Make
from tests.pages.context import context, ids, links, words
from tests.pages.visiting import Visitor

TREE = {"E": None, "A": "E", "B": "E"}


def town(make: Make, state: MeasurementState = MeasurementState.OPEN) -> tuple[OrganisationId, MeasurementId]:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    return organisation_id, make.measurement(organisation_id, state)


def shown(ctx: Context) -> str:
    return words(page.layout(ctx, access.respondents(ctx)))


def test_without_a_tree_one_is_led_to_it(make: Make) -> None:
    ctx = context(make, make.organisation())

    drawn = page.layout(ctx, access.respondents(ctx))

    assert "Först behövs ett organisationsträd" in words(drawn)
    assert links(drawn) == ["/matning/trad"]


def test_before_the_start_links_are_made_and_the_page_says_when_they_work(make: Make) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    ctx = context(make, organisation_id)

    told = words(page.make(ctx, 1, "Enhet A", 25))

    assert "Länken till Enhet A är gjord" in told
    assert "Länkarna börjar fungera när mätningen startar" in told
    assert "0 25 0\u00a0%" in told
    assert re.search(r"http://[^ ]+/oppen/([0-9A-Z]{4}-){3}[0-9A-Z]{4}", told)


def test_a_link_that_starts_later_says_from_which_day(make: Make) -> None:
    organisation_id, measurement_id = town(make)
    days = {"opens": date(2026, 5, 4), "closes": date(2026, 5, 29)}
    make.session.execute(update(Measurement).where(Measurement.id == measurement_id).values(**days))

    told = shown(context(make, organisation_id))

    assert "Länkarna fungerar från och med 4 maj 2026 Sista dagen är 29 maj 2026." in told


def test_a_link_for_several_units_shows_each_with_its_answers(make: Make) -> None:
    organisation_id, _ = town(make)
    ctx = context(make, organisation_id)

    page.make_choice(ctx, 1, "Enhet A (A);10\nB")
    answered = update(OpenLinkUnit).where(OpenLinkUnit.organisation_id == organisation_id, OpenLinkUnit.unit_id == "A")
    make.session.execute(answered.values(answers=4))
    told = shown(ctx)

    assert "2 enheter att välja mellan Enhet A: 4 av 10 Enhet B: 0 4 10 40\u00a0%" in told


def test_codes_are_made_and_stand_in_a_sheet_and_not_on_the_page(make: Make) -> None:
    organisation_id, measurement_id = town(make)
    ctx = context(make, organisation_id)

    drawn = page.make_codes(ctx, 1, "B", 12)
    [link] = open_links.of_measurement(make.session, access.respondents(ctx), measurement_id)

    assert "Koder gjorda för Enhet B: 12" in words(drawn)
    assert f"/utskrift/koder/{link.id}" in links(drawn)
    assert f"/hamta/koder/{link.id}.csv" in links(drawn)
    assert "/oppen/" not in words(drawn)


def test_the_dangers_are_said_in_words(make: Make) -> None:
    organisation_id, _ = town(make)

    told = shown(context(make, organisation_id))

    assert "hjälper aldrig svar via e-post över en gräns" in told
    assert "kan också svara flera gånger, eller i andras namn" in told


def test_a_link_is_closed_and_opened_again(make: Make) -> None:
    organisation_id, measurement_id = town(make)
    link = make.open_link(organisation_id, measurement_id, {"A": None})
    ctx = context(make, organisation_id)
    button = [Pressed(component="open-link-close", link=link.id)]

    closed = page.close(ctx, [1], button)
    reopened = page.reopen(ctx, [1], button)

    assert "Länken är stängd" in words(closed)
    assert {"component": "open-link-reopen", "link": str(link.id)} in ids(closed)
    assert "Länken är öppen igen" in words(reopened)
    assert {"component": "open-link-close", "link": str(link.id)} in ids(reopened)


def test_a_button_that_is_only_drawn_closes_nothing(make: Make) -> None:
    organisation_id, measurement_id = town(make)
    link = make.open_link(organisation_id, measurement_id, {"A": None})
    ctx = context(make, organisation_id)

    page.close(ctx, [None], [Pressed(component="open-link-close", link=link.id)])

    assert not open_links.require(make.session, access.respondents(ctx), link.id).closed


def test_after_the_measurement_nothing_can_be_made(make: Make) -> None:
    organisation_id, _ = town(make, MeasurementState.CLOSED)
    ctx = context(make, organisation_id)

    drawn = page.layout(ctx, access.respondents(ctx))

    assert "Inga svar tas emot genom länkarna" in words(drawn)
    assert "open-link-make" not in ids(drawn)
    with pytest.raises(Invalid, match="är stängd"):
        page.make(ctx, 1, "A", None)


def test_a_sub_administrator_makes_links_inside_the_branch_only(make: Make) -> None:
    organisation_id, measurement_id = town(make)
    make.open_link(organisation_id, measurement_id, {"B": None})
    ctx = context(make, organisation_id, Role.SUB_ADMINISTRATOR, branch="A")

    told = words(page.make(ctx, 1, "A", None))

    assert "Enhet B" not in told
    with pytest.raises(Invalid, match="finns inte i organisationsträdet"):
        page.make(ctx, 1, "B", None)
    with pytest.raises(NotFound):
        page.close(ctx, [1], [Pressed(component="open-link-close", link=make.open_link(
            organisation_id, measurement_id, {"B": None}).id)])  # fmt: skip


def test_sheet_poster_and_file_show_the_codes_that_let_answers_in(site: Flask, committed: Make) -> None:
    organisation_id = committed.organisation()
    committed.units(organisation_id, TREE)
    year = datetime.now(UTC).year
    measurement_id = committed.measurement(organisation_id, MeasurementState.OPEN, year)
    codes = committed.open_link(organisation_id, measurement_id, {"A": 12}, codes=12)
    link = committed.open_link(organisation_id, measurement_id, {"A": None, "B": None})
    visitor = Visitor.arrive(site, committed, organisation_id, Role.KEY_USER)

    sheet = visitor.browser.get(f"/utskrift/koder/{codes.id}").text
    poster = visitor.browser.get(f"/utskrift/lank/{link.id}").text
    file = visitor.browser.get(f"/hamta/koder/{codes.id}.csv").data.decode("utf-8-sig")

    assert sorted(re.findall(r'class="code">([^<]+)', sheet)) == sorted(codes.codes)
    assert sheet.count("<svg") == 12
    assert "Enhet A" in sheet
    assert f"31 december {year}" in sheet
    assert link.codes[0] in poster
    assert "Du väljer din enhet när du svarar." in poster
    assert sorted(line.split(";")[0] for line in file.splitlines()[1:]) == sorted(codes.codes)
    assert all(line.endswith(";Enhet A") and "/oppen/" in line for line in file.splitlines()[1:])


def test_a_link_made_before_the_start_keeps_its_code(make: Make) -> None:
    organisation_id, measurement_id = town(make, MeasurementState.DRAFT)
    ctx = context(make, organisation_id)
    page.make(ctx, 1, "A", None)
    [before] = open_links.of_measurement(make.session, access.respondents(ctx), measurement_id)
    assert before.code_id is not None
    code = open_code(LINK_SECRET, before.code_id)

    make.session.execute(update(Measurement).where(Measurement.id == measurement_id).values(state="open", promised_k=3))

    assert code in shown(ctx)
