"""Översikt as a leader meets it: scope, links, hidden units, and charts that keep to themselves."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import dcc, html
from dash.development.base_component import Component
from sqlalchemy import event

from dimios_dash import access
from dimios_dash.analyses import BY_SLUG
from dimios_dash.analyses.scale import Scale
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Forbidden, NotFound
from dimios_dash.ids import OrganisationId
from dimios_dash.web import PAGES
from pages.results import overview
from tests.factories import Make
from tests.pages.context import context, links, words

TREE = {"K": None, "A": "K", "A1": "A", "A2": "A", "B": "K"}
SHOWN: dict[str, float | None] = {"K": 50, "A": 40, "A1": 45, "A2": 35, "B": 60}


@pytest.fixture
def organisation(make: Make) -> OrganisationId:
    """Released 2024 and 2025, with unit A2 hidden in 2025."""
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    make.release(organisation_id, 2024, SHOWN)
    make.release(organisation_id, 2025, {**SHOWN, "A2": None}, home="A")
    return organisation_id


def drawn(
    make: Make,
    organisation_id: OrganisationId,
    ar: int | None = None,
    enhet: str | None = None,
    *,
    branch: str | None = None,
    role: Role = Role.LEADER,
) -> Component:
    """The page at an address, as one who may open it sees it."""
    ctx = context(make, organisation_id, role, branch=branch)
    return overview.layout(ctx, access.results(ctx, ar, enhet), ar, enhet)


def everything(page: Component) -> list[Any]:
    """Every component of a page, with the attributes its class has."""
    return list(page._traverse())  # type: ignore[no-untyped-call]


def parts(page: Component, kind: type[Component]) -> list[Any]:
    return [part for part in everything(page) if isinstance(part, kind)]


def test_without_an_address_it_is_the_newest_year_of_the_whole(make: Make, organisation: OrganisationId) -> None:
    page = drawn(make, organisation)

    (title,) = parts(page, html.H1)
    assert title.children == "Enhet K 2025"
    assert "40 svarande, 60 inbjudna med e-post" in words(page)
    assert "n = 40 svarande · 2025 · publicerad mätning · minst 3 svar" in words(page)


def test_links_lead_to_the_units_below_and_above_in_the_same_year(make: Make, organisation: OrganisationId) -> None:
    found = links(drawn(make, organisation, 2024, "A"))

    units = {f"/resultat/oversikt?ar=2024&enhet={unit}" for unit in ("K", "A1", "A2")}
    onward = {link for link in found if not link.startswith("/hamta/") and "skala=" not in link}
    assert {link for link in onward if link.startswith(("/resultat/oversikt", "/sa-"))} == {
        *units,
        "/sa-skyddas-svaren",
    }
    assert all("ar=2024&enhet=A" in link for link in onward - units - {"/sa-skyddas-svaren"})


def test_the_lists_hold_every_unit_as_a_tree_and_the_years_of_the_unit(
    make: Make, organisation: OrganisationId
) -> None:
    page = drawn(make, organisation, 2025, "A")
    units, years = (part for part in everything(page) if getattr(part, "options", None))

    assert [(option["value"], option["label"].count("\u2003")) for option in units.options] == [
        ("K", 0),
        ("A", 1),
        ("A1", 2),
        ("A2", 2),
        ("B", 1),
    ]
    assert units.value == "A"
    assert [option["value"] for option in years.options] == ["2025", "2024"]
    assert years.value == "2025"


def test_a_branch_leader_sees_the_branch_and_no_more(make: Make, organisation: OrganisationId) -> None:
    page = drawn(make, organisation, branch="A")

    assert "Enhet A 2025" in words(page)
    assert "Enhet K" not in words(page)
    assert "Enhet B" not in words(page)
    assert {unit for link in links(page) for unit in parse_qs(urlsplit(link).query).get("enhet", [])} == {
        "A",
        "A1",
        "A2",
    }


@pytest.mark.parametrize(("branch", "unit"), [("A", "K"), ("A", "B"), (None, "X"), (None, "Z")])
def test_a_unit_outside_the_branch_or_of_another_organisation_looks_missing(
    make: Make, organisation: OrganisationId, branch: str | None, unit: str
) -> None:
    other = make.organisation()
    make.units(other, {"X": None})
    make.release(other, 2025, {"X": 99})

    with pytest.raises(NotFound):
        drawn(make, organisation, 2025, unit, branch=branch)


def test_a_year_without_release_looks_missing(make: Make, organisation: OrganisationId) -> None:
    with pytest.raises(NotFound):
        drawn(make, organisation, 2023)


def test_who_may_not_read_results_is_refused(make: Make, organisation: OrganisationId) -> None:
    with pytest.raises(Forbidden):
        drawn(make, organisation, role=Role.ACCOUNT_ADMINISTRATOR)


def test_a_hidden_unit_says_why_where_its_answers_are_counted_and_leads_there(
    make: Make, organisation: OrganisationId
) -> None:
    page = drawn(make, organisation, 2025, "A2")

    assert Hidden.TOO_FEW.explanation in words(page)
    assert "Svaren räknas in i Enhet A." in words(page)
    assert {"/resultat/oversikt?ar=2025&enhet=A", "/sa-skyddas-svaren"} <= set(links(page))
    assert parts(page, dcc.Graph) == []
    assert parts(page, html.Dd) == []


@pytest.mark.parametrize("unit", ["K", "A", "A1", "A2"])
def test_every_chart_is_safe_has_words_and_a_table(make: Make, organisation: OrganisationId, unit: str) -> None:
    page = drawn(make, organisation, 2025, unit)
    graphs = parts(page, dcc.Graph)

    for graph in graphs:
        assert graph.config["showSendToCloud"] is False
        assert graph.config["plotlyServerURL"] == ""
        assert graph.config["displaylogo"] is False
    images = [part for part in parts(page, html.Div) if getattr(part, "role", None) == "img"]
    assert [image.children for image in images] == graphs
    assert all(getattr(image, "aria-label") for image in images)
    cards = [part for part in parts(page, html.Section) if getattr(part, "id", None) in BY_SLUG]
    assert len(parts(page, html.Table)) == len(cards) >= len(graphs)  # that of units stands below its card


def test_what_to_read_next_leads_only_to_views_that_exist(make: Make, organisation: OrganisationId) -> None:
    found = [link for link in links(drawn(make, organisation)) if link.startswith("/resultat/")]

    assert "/resultat/mal?ar=2025&enhet=K" in found
    assert {urlsplit(link).path for link in found} <= PAGES.keys()


def test_pictures_are_zoomed_by_the_address_and_say_so(make: Make, organisation: OrganisationId) -> None:
    ctx = context(make, organisation, Role.LEADER)
    page = overview.layout(ctx, access.results(ctx), None, None, Scale.NEAR)

    assert words(page).count("Inzoomad: bilden visar") == 2
    assert "Inzoomad: bilden visar" not in words(drawn(make, organisation))
    assert "/resultat/oversikt?ar=2025&enhet=K&skala=hela" in links(page)


def test_nothing_of_the_results_lies_in_a_store(make: Make, organisation: OrganisationId) -> None:
    assert parts(drawn(make, organisation), dcc.Store) == []


def test_reading_takes_as_many_statements_for_many_units_as_for_few(make: Make, organisation: OrganisationId) -> None:
    seen: list[str] = []
    connection = make.session.connection()
    event.listen(connection, "before_cursor_execute", lambda *call: seen.append(call[2]))

    drawn(make, organisation, 2025, "K")
    for_the_whole = len(seen)
    drawn(make, organisation, 2025, "A1")

    assert len(seen) == 2 * for_the_whole
    assert for_the_whole == 9  # two to make the scope, seven for everything shown
