"""Förändring as a leader meets it: two years, one branch, and nothing that is not theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from dash.development.base_component import Component
from sqlalchemy import event

from dimios_dash import access
from dimios_dash.analyses.change.between_years import TreeShown
from dimios_dash.analyses.change.levels import LevelShown
from dimios_dash.components.view_choice import choice_id
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Forbidden, NotFound
from dimios_dash.ids import OrganisationId
from dimios_dash.language import Language, speaking
from pages.results import change
from tests.analyses.change.two_years import HIGH, LOW, MOVED, TREE, release
from tests.factories import Make
from tests.pages.context import context, links, parts, words


def drawn(
    make: Make,
    organisation_id: OrganisationId,
    enhet: str | None = None,
    *,
    ar: int | None = None,
    branch: str | None = None,
    role: Role = Role.LEADER,
    **chosen: Any,
) -> Component:
    ctx = context(make, organisation_id, role, branch=branch)
    return change.layout(ctx, access.results(ctx, ar, enhet), ar=ar, enhet=enhet, **chosen)


@pytest.fixture
def organisation(make: Make) -> OrganisationId:
    """Released 2023 to 2025; in between A1 moved from A to B."""
    organisation_id = make.organisation()
    release(make, organisation_id, 2023)
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025, HIGH, MOVED)
    return organisation_id


def test_the_answer_stands_above_everything_else(make: Make, organisation: OrganisationId) -> None:
    told = words(drawn(make, organisation, fran=2023))

    assert "Ja, säkert bättre än 2023." in told
    assert "95 % intervall" in told
    assert (
        told.index("Ja, säkert") < told.index("Vad har förändrats mest?") < told.index("Vilka enheter har förändrats?")
    )


def test_every_earlier_year_can_be_chosen(make: Make, organisation: OrganisationId) -> None:
    earlier: Any = next(
        part for part in parts(drawn(make, organisation)) if getattr(part, "id", None) == choice_id("fran")
    )

    assert [option["value"] for option in earlier.options] == ["2024", "2023"]
    assert earlier.value == "2024"


def test_what_became_of_the_units_is_told_and_the_tree_can_be_shown_as_it_was(
    make: Make, organisation: OrganisationId
) -> None:
    page = drawn(make, organisation)

    assert "Enhet A1 har flyttats från Enhet A till Enhet B." in words(page)
    assert any("trad=da" in address for address in links(page))
    assert "Organisationen är indelad som 2023" in words(drawn(make, organisation, ar=2024))


def test_links_keep_what_was_chosen(make: Make, organisation: OrganisationId) -> None:
    page = drawn(make, organisation, fran=2023, niva=LevelShown.CAPABILITIES)

    to_units = [address for address in links(page) if "enhet=A&" in address and "hamta" not in address]
    assert to_units
    assert all("fran=2023" in address and "niva=formagor" in address for address in to_units)


def test_the_first_year_has_words_and_a_way_on(make: Make, organisation: OrganisationId) -> None:
    page = drawn(make, organisation, ar=2023)

    assert "2023 är den första publicerade mätningen" in words(page)
    assert "/resultat/oversikt?ar=2023&enhet=E" in links(page)


def test_a_unit_that_is_hidden_says_why(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025, {**LOW, "B": [3]})

    assert "för få har svarat" in words(drawn(make, organisation_id, "B"))


@pytest.mark.parametrize("fran", [1999, 2021])
def test_a_year_that_was_never_released_is_not_found(make: Make, organisation: OrganisationId, fran: int) -> None:
    with pytest.raises(NotFound):
        drawn(make, organisation, fran=fran)


def test_the_key_user_sees_no_results(make: Make, organisation: OrganisationId) -> None:
    with pytest.raises(Forbidden):
        drawn(make, organisation, role=Role.SUB_ADMINISTRATOR)


@pytest.mark.parametrize("unit", ["E", "A", "A2"])
def test_a_leader_of_a_branch_opens_no_unit_outside_it(make: Make, organisation: OrganisationId, unit: str) -> None:
    with pytest.raises(NotFound):
        drawn(make, organisation, unit, branch="B")


@pytest.mark.parametrize("tree", TreeShown)
def test_a_leader_of_a_branch_is_told_nothing_of_the_others(
    make: Make, organisation: OrganisationId, tree: TreeShown
) -> None:
    told = words(drawn(make, organisation, branch="B", trad=tree))

    assert "Enhet A1" in told
    assert not any(name in told.replace("Enhet A1", "") for name in ("Enhet A", "Enhet A2", "Enhet E"))


def test_what_was_published_of_a_unit_in_another_branch_then_is_not_the_leaders(
    make: Make, organisation: OrganisationId
) -> None:
    """A1 lay under A in 2024, and its means by role type were published there."""
    of_leader = words(drawn(make, organisation, "A1", branch="B"))
    of_everybody = words(drawn(make, organisation, "A1"))

    assert "visas inte båda åren" in of_leader
    assert "står för 0,0" in of_everybody


def test_the_number_of_statements_does_not_grow_with_the_units(make: Make) -> None:
    small, large = make.organisation(), make.organisation()
    many: Mapping[str, str | None] = TREE | {f"C{number}": "E" for number in range(20)}
    for organisation_id, tree in ((small, TREE), (large, many)):
        for year in (2024, 2025):
            release(make, organisation_id, year, {unit: [3, 4, 5] for unit in tree}, tree)

    seen: list[str] = []
    event.listen(make.session.connection(), "before_cursor_execute", lambda *call: seen.append(call[2]))
    drawn(make, small)
    few = len(seen)
    drawn(make, large)

    assert len(seen) - few == few <= 16


@pytest.mark.parametrize("language", Language)
def test_the_page_speaks_every_language(make: Make, organisation: OrganisationId, language: Language) -> None:
    with speaking(language):
        told = words(drawn(make, organisation))

    answers = {
        "sv": "Ja, säkert bättre",
        "en": "Yes, certainly better",
        "nb": "Ja, sikkert bedre",
        "fi": "Kyllä, varmasti",
    }
    assert answers[language] in told
