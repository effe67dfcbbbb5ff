"""/matning/urval: a staff list in, a sample that can be changed by hand, and the year's list out."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

import pytest
from sqlalchemy import select

from db.commands import uploads
from db.commands.uploads import KeptFile, UploadKind
from db.models import Invitation, Upload
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import MailState
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import OrganisationId, UnitId
from dimios_dash.web import Context
from pages.measurement import sample
from pages.measurement.sample_wishes import Asked, read_numbers
from tests.factories import Make
from tests.pages.context import SPRING, context, words

Given = dict[str, list[str]]


@pytest.fixture
def organisation_id(make: Make) -> OrganisationId:
    found = make.organisation()
    make.units(found, {"E": None, "A": "E", "B": "E"})
    return found


@pytest.fixture
def ctx(make: Make, organisation_id: OrganisationId) -> Context:
    return context(make, organisation_id)


def staff(ctx: Context, given: Given) -> UUID:
    """A list of the people of each unit that waits for its owner's wishes."""
    lines = [f"{person}@prov.example;{unit};" for unit, people in given.items() for person in people]
    text = "\n".join(["epost;enhet_id;respondenttyp", *lines])
    scope = DeskScope(ctx.user.organisation_id, ctx.user.account_id, None)
    vault = AddressVault.open(ctx.keys, ctx.user.organisation_id)
    return uploads.keep(ctx.session, scope, vault, KeptFile(UploadKind.STAFF, "personal.csv", text.encode()), SPRING)


def persons(letter: str, number: int) -> list[str]:
    return [f"{letter}{each}" for each in range(number)]


def page(ctx: Context, **query: object) -> str:
    return words(sample.layout(ctx, access.respondents(ctx), **query))  # type: ignore[arg-type]


def listed(make: Make, ctx: Context) -> list[str]:
    """Addresses of this year's respondents, without the domain."""
    vault = AddressVault.open(make.keys, ctx.user.organisation_id)
    rows = make.session.scalars(select(Invitation).where(Invitation.organisation_id == ctx.user.organisation_id))
    return sorted(vault.decrypt(row.id, row.address).partition("@")[0] for row in rows)


def test_without_a_tree_the_page_says_what_comes_first(make: Make) -> None:
    assert "Först behövs ett organisationsträd" in page(context(make, make.organisation()))


def test_a_list_becomes_a_proposal_in_figures_and_per_unit(ctx: Context) -> None:
    file = staff(ctx, {"A": persons("a", 30), "B": persons("b", 5)})

    text = page(ctx, fil=file)

    assert "I listan 35 personer" in text
    assert "I urvalet 14 40\u00a0% av listan" in text
    assert "Väntade svar 9 om 65 % svarar" in text
    assert "Lägg till 14 som respondenter" in text
    assert "kan 1 av 3 enheter visas så gott som säkert" in text  # five people in B are few beside A


def test_a_proposal_becomes_the_list_of_the_year(make: Make, ctx: Context) -> None:
    file = staff(ctx, {"A": persons("a", 30), "B": persons("b", 5)})

    address = sample.confirm(ctx, 1, Asked(file), [10, 9, 65], [9, 5])

    assert address == "/matning/respondenter"
    assert [name[0] for name in listed(make, ctx)] == ["a"] * 9 + ["b"] * 5
    assert make.session.scalars(select(Upload)).all() == []


def test_a_number_changed_by_hand_is_seen_before_it_counts(make: Make, ctx: Context) -> None:
    file = staff(ctx, {"A": persons("a", 30), "B": persons("b", 5)})

    with pytest.raises(Invalid, match="Räkna om"):
        sample.confirm(ctx, 1, Asked(file), [10, 9, 65], [12, 5])
    address = sample.recount(ctx, 1, Asked(file), [10, 9, 65], [12, 5])
    sample.confirm(ctx, 1, Asked(file, by_hand={UnitId("A"): 12}), [10, 9, 65], [12, 5])

    assert address == f"/matning/urval?fil={file}&antal=A%3D12"
    assert len(listed(make, ctx)) == 17


def test_who_was_asked_last_year_comes_last(make: Make, ctx: Context, organisation_id: OrganisationId) -> None:
    last_year = make.measurement(organisation_id, MeasurementState.RELEASED, 2025)
    for name in persons("a", 6):
        make.invitation(organisation_id, last_year, "A", f"{name.upper()}@Prov.example")
    make.invitation(organisation_id, last_year, "A", "a6@prov.example", mail=MailState.NOT_SENT)
    file = staff(ctx, {"A": persons("a", 12)})

    sample.confirm(ctx, 1, Asked(file, least=6), [10, 6, 65], [6])

    this_year = make.session.scalars(select(Invitation.id).where(Invitation.measurement_id != last_year)).all()
    vault = AddressVault.open(make.keys, organisation_id)
    chosen = {vault.decrypt(row, make.session.get_one(Invitation, (organisation_id, row)).address) for row in this_year}
    assert chosen == {f"a{number}@prov.example" for number in range(6, 12)}


def test_this_years_respondents_count_and_are_not_added_again(
    make: Make, ctx: Context, organisation_id: OrganisationId
) -> None:
    draft = make.measurement(organisation_id, MeasurementState.DRAFT, 2026)
    for name in persons("a", 4):
        make.invitation(organisation_id, draft, "A", f"{name}@prov.example", mail=MailState.NOT_SENT)
    file = staff(ctx, {"A": persons("a", 20)})

    text = page(ctx, fil=file)

    assert "Lägg till 5 som respondenter" in text


def test_a_list_with_errors_proposes_nobody(ctx: Context) -> None:
    file = staff(ctx, {"A": ["a1"], "X": ["x1"]})

    text = page(ctx, fil=file)

    assert "Enheten ”X” finns inte i organisationsträdet" in text
    assert "som respondenter" not in text
    with pytest.raises(Invalid, match="Filen har fel"):
        sample.confirm(ctx, 1, Asked(file), [10, 9, 65], [1])


def test_an_emptied_field_is_asked_for(ctx: Context) -> None:
    file = staff(ctx, {"A": persons("a", 20)})

    with pytest.raises(Invalid, match="Fyll i"):
        sample.recount(ctx, 1, Asked(file), [None, 9, 65], [9])


@pytest.mark.parametrize("wishes", [[101, 9, 65], [10, -1, 65]])
def test_wishes_that_cannot_be_meant_are_refused_where_they_are_typed(ctx: Context, wishes: list[int | None]) -> None:
    file = staff(ctx, {"A": persons("a", 20)})

    with pytest.raises(Invalid):
        sample.recount(ctx, 1, Asked(file), wishes, [9])


def test_a_list_that_was_given_up_is_gone(ctx: Context) -> None:
    file = staff(ctx, {"A": persons("a", 20)})

    address = sample.cancel(ctx, 1, file)

    assert address == "/matning/urval"
    with pytest.raises(NotFound):
        sample.confirm(ctx, 1, Asked(file), [10, 9, 65], [9])


def test_a_sub_administrator_draws_from_the_own_branch_only(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id, Role.SUB_ADMINISTRATOR, branch="A")
    file = staff(ctx, {"A": persons("a", 12), "B": ["b1"]})

    text = page(ctx, fil=file)

    assert "Enheten ”B” finns inte i organisationsträdet" in text


def test_three_hundred_units_are_turned_page_by_page(make: Make, ctx: Context, organisation_id: OrganisationId) -> None:
    many = [f"U{number:03}" for number in range(250)]
    make.units(organisation_id, dict.fromkeys(many, "E"))
    file = staff(ctx, {unit: [unit.lower()] for unit in many})

    text = page(ctx, fil=file, sida=3)

    assert "Sida 3 av 3" in text
    assert "Enhet U249" in text
    assert "Enhet U199" not in text


def test_an_address_says_only_what_is_unusual_and_reads_back_as_it_was() -> None:
    asked = Asked(UUID(int=7), percent=20, by_hand={UnitId("A&B=C"): 3})

    assert asked.address == f"/matning/urval?fil={UUID(int=7)}&andel=20&antal=A%2526B%253DC%3D3"
    assert read_numbers("A%26B%3DC=3&B=x&C=") == {UnitId("A&B=C"): 3}
    assert set(asdict(asked)) == {"upload", "percent", "least", "rate", "by_hand", "page"}
