"""The tree on its page: what is drawn, what each deed says, and who comes second."""

from __future__ import annotations

import pytest

from db.commands.tree_edit import Named
from dimios_dash import access
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import OrganisationId, UnitId
from dimios_dash.web import Context
from pages.measurement import tree_editing as page
from pages.measurement.tree_editing import Dropped
from pages.measurement.tree_look import Look, Panel
from pages.measurement.tree_section import tree_section
from tests.factories import Make
from tests.pages.context import context, ids, words

K, A, A1, B = map(UnitId, ("K", "A", "A1", "B"))


@pytest.fixture
def ours(make: Make) -> OrganisationId:
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None, "A": "K", "A1": "A", "B": "K"})
    return organisation_id


@pytest.fixture
def ctx(make: Make, ours: OrganisationId) -> Context:
    return context(make, ours)


def look(unit: UnitId | None = None, *opened: UnitId, panel: Panel = Panel.EDIT, search: str = "") -> Look:
    return Look(opened, unit, panel, search)


def drawn(ctx: Context, wanted: Look) -> str:
    return words(page.look(ctx, wanted))


def test_only_what_is_unfolded_is_drawn(ctx: Context) -> None:
    assert "Enhet K" in drawn(ctx, look())
    assert "Enhet A" not in drawn(ctx, look())
    assert "Enhet A" in drawn(ctx, look(None, K))
    assert "Enhet A1" not in drawn(ctx, look(None, K))
    assert "Enhet A1" in drawn(ctx, look(None, K, A))


def test_a_small_tree_is_unfolded_from_the_start_and_a_large_one_is_not(
    make: Make, ctx: Context, ours: OrganisationId
) -> None:
    small = words(tree_section(ctx, access.tree(ctx), None))
    make.units(ours, {f"B{number}": "B" for number in range(40)})

    large = words(tree_section(ctx, access.tree(ctx), None))
    at_a_unit = words(tree_section(ctx, access.tree(ctx), UnitId("B7")))

    assert "Enhet A1" in small
    assert "Enhet A" in large
    assert "Enhet A1" not in large
    assert "Enhet B7" in at_a_unit


def test_of_very_many_units_below_one_the_first_are_drawn_and_the_rest_are_found(
    make: Make, ctx: Context, ours: OrganisationId
) -> None:
    make.units(ours, {f"B{number:03}": "B" for number in range(230)})

    told = drawn(ctx, look(None, K, B))

    assert "Enhet B199" in told
    assert "Enhet B200" not in told
    assert "och 30 enheter till" in told
    assert "Enhet B229" in drawn(ctx, look(search="b229"))


def test_searching_shows_where_each_unit_lies(ctx: Context) -> None:
    told = drawn(ctx, look(search=" a1 "))

    assert "Enheter som hittades: 1." in told
    assert "Enhet K › Enhet A" in told
    assert "Ingen enhet heter något med ”finns inte”" in drawn(ctx, look(search="finns inte"))


@pytest.mark.parametrize("panel", Panel)
def test_the_top_offers_only_what_does_not_reach_outside(ctx: Context, panel: Panel) -> None:
    below = ids(page.look(ctx, look(A, K, panel=panel)))
    top = ids(page.look(ctx, look(K, panel=panel)))

    inside = {"unit-save", "unit-add"}
    offered = {"unit-save", "unit-add", "unit-move", "unit-merge", "unit-split", "unit-close"}
    assert len(offered & set(map(str, below))) == 1
    assert len(offered & set(map(str, top))) == 1
    assert inside & set(map(str, top))


def test_a_saved_unit_is_shown_with_its_new_version_and_history(ctx: Context) -> None:
    told = words(page.save(ctx, 1, Named(A, 1), "Skola", Activity.SKOLA, "120", look(A, K)))

    assert "Ändringen av Skola är sparad." in told
    assert "Skola · 120 anställda" in told
    assert "Historik (2)" in told


def test_a_new_unit_is_chosen_with_its_branch_unfolded(ctx: Context) -> None:
    told = words(page.add(ctx, 1, Named(A1, 1), "", "Norra", Activity.SKOLA, "", look(A1, K, A)))

    assert "Norra är tillagd." in told
    assert "A1-1" in told


def test_deeds_without_a_choice_say_what_is_missing(ctx: Context) -> None:
    for deed in (page.move, page.merge):
        with pytest.raises(Invalid, match="Välj en enhet i listan först"):
            deed(ctx, 1, Named(A1, 1), None, look(A1, K, A))
    with pytest.raises(Invalid, match="minst 2"):
        page.split(ctx, 1, Named(A1, 1), None, look(A1, K, A))


def test_what_is_dragged_lies_in_its_new_place_and_the_look_stays(ctx: Context) -> None:
    told = words(page.drop(ctx, Dropped(A1, 1, B, None), look(None, K)))

    assert "Enhet A1 ligger nu under Enhet B." in told
    assert "Uppgifter" not in told


def test_a_closed_unit_is_listed_and_can_be_opened(ctx: Context) -> None:
    closed = words(page.close(ctx, 1, Named(A1, 1), look(A1, K, A)))
    opened = words(page.reopen(ctx, Named(A1, 2), look(None, K, A)))

    assert "Stängda enheter (1)" in closed
    assert "Enhet A1 är öppen igen." in opened
    assert "Stängda enheter" not in opened


def test_units_to_choose_from_are_those_outside_the_own_branch(ctx: Context) -> None:
    assert [each["value"] for each in page.find(ctx, "", Named(A, 1))] == ["K", "B"]
    assert [each["label"] for each in page.find(ctx, "enhet b", Named(A, 1))] == ["Enhet B (Enhet K)"]


def test_who_comes_second_sees_what_was_done_and_how_it_is_now(ctx: Context) -> None:
    page.save(ctx, 1, Named(A, 1), "Skola", Activity.SKOLA, "", look(A, K))

    told = words(page.save(ctx, 1, Named(A, 1), "Omsorg", Activity.VARD, "", look(A, K)))

    assert "Någon annan var före dig" in told
    assert "bytte namn från Enhet A till Skola" in told
    assert "Omsorg" not in told


def test_a_sub_administrator_sees_and_changes_the_own_branch(make: Make, ours: OrganisationId) -> None:
    ctx = context(make, ours, Role.SUB_ADMINISTRATOR, branch="A")

    told = drawn(ctx, look(K, K, A, B))

    assert "Enhet A1" in told
    assert "Enhet B" not in told
    with pytest.raises(NotFound):
        tree_section(ctx, access.tree(ctx), B)
    with pytest.raises(NotFound):
        page.find(ctx, "", Named(B, 1))
    assert page.find(ctx, "", Named(A1, 1)) == [{"value": "A", "label": "Enhet A"}]


@pytest.mark.parametrize("role", [Role.LEADER, Role.EVALUATOR, Role.ACCOUNT_ADMINISTRATOR])
def test_other_roles_may_do_nothing_to_the_tree(make: Make, ours: OrganisationId, role: Role) -> None:
    ctx = context(make, ours, role)

    with pytest.raises(Forbidden):
        page.look(ctx, look())
    with pytest.raises(Forbidden):
        page.close(ctx, 1, Named(A1, 1), look())
