"""/resultat/mal: everybody with results sees what is aimed at, the key user sets it."""

from __future__ import annotations

import pytest
from dash.development.base_component import Component

from dimios_dash import access
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Forbidden, Invalid
from dimios_dash.ids import OrganisationId
from pages.results import target_form, targets
from pages.results.target_form import Id, Seen
from tests.factories import Make
from tests.pages.context import context, ids, words

TREE = {"K": None, "A": "K", "B": "K"}


@pytest.fixture
def organisation(make: Make) -> OrganisationId:
    """Released 2025."""
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    make.release(organisation_id, 2025, dict.fromkeys(TREE, 45.8))
    return organisation_id


def drawn(
    make: Make, organisation_id: OrganisationId, role: Role = Role.KEY_USER, niva: str | None = None, **more: str
) -> Component:
    ctx = context(make, organisation_id, role)
    enhet = more.get("enhet")
    return targets.layout(ctx, access.results(ctx, None, enhet), None, enhet, niva, more.get("andrat"))


def seen(target: object = None, version: int = 0, level: str = "F1") -> Seen:
    return Seen.model_validate({"shown": 2025, "unit_id": "K", "level": level, "target": target, "version": version})


def test_a_key_user_sets_changes_and_removes_a_target(make: Make, organisation: OrganisationId) -> None:
    ctx = context(make, organisation)
    address = target_form.save(ctx, 1, 55.0, "2027", None, "Kim Prov", seen())
    (store,) = (part for part in drawn(make, organisation, niva="F1")._traverse() if getattr(part, "id", "") == Id.seen)  # type: ignore[no-untyped-call]
    set_already = Seen.model_validate(store.data)

    saved = words(drawn(make, organisation, niva="F1", andrat="F1"))
    target_form.save(ctx, 1, 60.0, "2028", None, "", set_already)
    changed = words(drawn(make, organisation, Role.LEADER))
    target_form.remove(ctx, 1, seen(set_already.target, 2))
    removed = words(drawn(make, organisation, andrat="F1"))

    assert address == "?ar=2025&enhet=K&andrat=F1"
    assert "Sparat: målet för Effektivitet är 55,0 till 2027." in saved
    assert "Kim Prov" in saved
    assert "14,2 poäng till målet 60,0 år 2028" in changed
    assert "Effektivitet har inget mål längre." in removed
    assert "Inga mål är satta för enheten" in removed


@pytest.mark.parametrize("role", [Role.LEADER, Role.FACILITATOR, Role.EVALUATOR])
def test_others_see_targets_and_no_form(make: Make, organisation: OrganisationId, role: Role) -> None:
    target_form.save(context(make, organisation), 1, 55.0, "2027", None, "Kim Prov", seen())

    page = drawn(make, organisation, role)

    assert "Längst kvar har Effektivitet" in words(page)
    assert not {Id.save, Id.remove, Id.value} & {found for found in ids(page) if isinstance(found, str)}
    with pytest.raises(Forbidden):
        access.targets(context(make, organisation, role))


def test_the_form_is_about_the_level_of_the_address(make: Make, organisation: OrganisationId) -> None:
    target_form.save(context(make, organisation), 1, 55.0, "2027", None, "Kim Prov", seen(level="A2"))

    assert "Det finns redan ett mål här." in words(drawn(make, organisation, niva="A2"))
    assert "Välj vad målet gäller." in words(drawn(make, organisation, niva="A3"))
    assert "Välj vad målet gäller." in words(drawn(make, organisation, niva="finns-inte"))


@pytest.mark.parametrize(
    ("value", "year", "message"),
    [
        (None, "2027", "Skriv målet"),
        (55.0, None, "Välj det år"),
        (55.0, "i år", "Välj det år"),
        (101.0, "2027", "0 till"),
    ],
)
def test_what_is_missing_is_asked_for(
    make: Make, organisation: OrganisationId, value: float | None, year: str | None, message: str
) -> None:
    with pytest.raises(Invalid, match=message):
        target_form.save(context(make, organisation), 1, value, year, None, "", seen())


def test_there_is_nothing_to_remove_where_none_was_set(make: Make, organisation: OrganisationId) -> None:
    with pytest.raises(Invalid):
        target_form.remove(context(make, organisation), 1, seen())
