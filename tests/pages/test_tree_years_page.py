"""Two years' trees beside each other."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from db.commands import tree_edit
from db.commands.tree_edit import Named
from dimios_dash import access
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.trees.unit_description import Described
from dimios_dash.errors import Forbidden, NotFound
from dimios_dash.ids import OrganisationId, UnitId
from dimios_dash.web import Context
from pages.measurement.tree_years import Now, layout
from tests.factories import Make
from tests.pages.context import context, words

A, A1, B = map(UnitId, ("A", "A1", "B"))


@pytest.fixture
def ours(make: Make) -> OrganisationId:
    """Measured in 2024; A1 was merged into B then; measured in 2025; A was renamed since."""
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None, "A": "K", "A1": "A", "B": "K"})
    desk = make.desk(organisation_id)
    make.measurement(organisation_id, MeasurementState.RELEASED, 2024)
    tree_edit.merge(make.session, desk, Named(A1, 1), B)
    start(make, organisation_id, 2025)
    tree_edit.describe(make.session, desk, Named(A, 1), Described("Skola", Activity.OVRIGT, ""))
    return organisation_id


def start(make: Make, organisation_id: OrganisationId, year: int) -> None:
    """A measurement of the units in use: a start leaves closed ones out."""
    measurement_id = make.measurement(organisation_id, MeasurementState.RELEASED, year)
    closed = text("delete from placement p using unit u where p.measurement_id = :m and u.id = p.unit_id and u.closed")
    make.session.execute(closed, {"m": measurement_id})


def shown(ctx: Context, earlier: int | None = None, later: int | Now = "nu") -> str:
    return words(layout(ctx, access.tree(ctx), earlier, later))


def test_the_newest_year_is_compared_with_today_unless_others_are_chosen(make: Make, ours: OrganisationId) -> None:
    ctx = context(make, ours)

    since_newest, between, since_oldest = shown(ctx), shown(ctx, 2024, 2025), shown(ctx, 2024)

    assert "Hette Enhet A" in since_newest
    assert "Ihopslagen" not in since_newest
    assert "Ihopslagen med Enhet B" in between
    assert "Hette" not in between
    assert "Hette Enhet A" in since_oldest
    assert "Ihopslagen med Enhet B" in since_oldest
    assert shown(ctx, 2025, 2024) == between


def test_equal_years_say_so_and_a_year_without_a_tree_is_not_found(make: Make, ours: OrganisationId) -> None:
    ctx = context(make, ours)
    make.measurement(ours, MeasurementState.DRAFT, 2026)

    assert "Träden är lika" in shown(ctx, 2025, 2025)
    for year in (2023, 2026, 10**12):
        with pytest.raises(NotFound):
            shown(ctx, year)


def test_before_the_first_measurement_there_is_nothing_to_compare(make: Make) -> None:
    assert "Här finns inget att jämföra än" in shown(context(make, make.organisation()))


def test_a_sub_administrator_sees_what_happened_in_the_own_branch(make: Make, ours: OrganisationId) -> None:
    told = shown(context(make, ours, Role.SUB_ADMINISTRATOR, branch="A"), 2024)

    assert "Hette Enhet A" in told
    assert "Ihopslagen med en annan del av organisationen" in told
    assert "Enhet B" not in told


def test_leadership_does_not_see_it(make: Make, ours: OrganisationId) -> None:
    with pytest.raises(Forbidden):
        shown(context(make, ours, Role.LEADER))
