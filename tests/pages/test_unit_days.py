"""Units with days of their own on the pages of an open measurement."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from dash import no_update
from sqlalchemy import select, update

from db.models import Measurement, Placement
from dimios_dash import access
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import OrganisationId, UnitId
from pages import home
from pages.measurement import close, follow, unit_days
from tests.conftest import AsWeb
from tests.factories import Make
from tests.pages.context import context, ids, words

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)


@pytest.fixture
def organisation_id(make: Make) -> OrganisationId:
    """Open in April 2026: A until the 15th, B from the 20th, both within E."""
    found = make.organisation()
    make.units(found, {"E": None, "A": "E", "B": "E"})
    measurement_id = make.measurement(found)
    whole = {"opens": date(2026, 4, 1), "closes": date(2026, 4, 30)}
    make.session.execute(update(Measurement).values(whole))
    for unit, first, last in (("A", 1, 15), ("B", 20, 30)):
        days = {"opens": date(2026, 4, first), "closes": date(2026, 4, last)}
        make.session.execute(update(Placement).where(Placement.unit_id == unit).values(days))
    make.invitation(found, measurement_id, "A")
    return found


def last_day(make: Make, unit: str) -> date | None:
    return make.session.scalars(select(Placement.closes).where(Placement.unit_id == unit)).one()


def test_they_are_named_where_answers_are_followed(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id, now=NOW)

    text = words(follow.layout(ctx, access.desk(ctx)))

    assert "2 enheter har egna dagar" in text
    assert "Enhet A 1–15 april 2026 Pågår Enhet B 20–30 april 2026 Har inte börjat" in text


def test_a_branch_is_told_of_its_own(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id, Role.SUB_ADMINISTRATOR, now=NOW, branch="B")

    text = words(follow.layout(ctx, access.desk(ctx)))

    assert "1 enhet har egna dagar" in text
    assert "Enhet A" not in text


def test_the_first_page_counts_them(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id, now=datetime(2026, 4, 16, 9, tzinfo=UTC))

    text = words(home.layout(ctx, access.home(ctx)))

    assert "2 enheter har egna dagar: 1 har inte börjat, 1 är slut." in text


def test_one_gets_more_days(make: Make, as_web: AsWeb, organisation_id: OrganisationId) -> None:
    with as_web(organisation_id) as session:
        ctx = context(make, organisation_id, now=NOW, session=session)
        redrawn, _ = close.extend_unit(ctx, 1, UnitId("A"), date(2026, 4, 25), 2026)

    assert last_day(make, "A") == date(2026, 4, 25)
    assert "Enhet A 1–25 april 2026" in words(redrawn)


def test_a_button_that_is_only_drawn_gives_no_days(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id, now=NOW)

    assert close.extend_unit(ctx, None, UnitId("A"), date(2026, 4, 25), 2026) == (no_update, no_update)
    assert last_day(make, "A") == date(2026, 4, 15)


def test_days_need_a_day_and_a_key_user_of_the_whole(make: Make, organisation_id: OrganisationId) -> None:
    branch = context(make, organisation_id, Role.SUB_ADMINISTRATOR, now=NOW, branch="A")
    stranger = context(make, make.organisation(), now=NOW)

    with pytest.raises(Invalid, match="Välj en ny sista dag först"):
        close.extend_unit(context(make, organisation_id, now=NOW), 1, UnitId("A"), None, 2026)
    with pytest.raises(Forbidden):
        close.extend_unit(branch, 1, UnitId("A"), date(2026, 4, 25), 2026)
    with pytest.raises(NotFound):
        close.extend_unit(stranger, 1, UnitId("A"), date(2026, 4, 25), 2026)
    assert last_day(make, "A") == date(2026, 4, 15)


@pytest.mark.parametrize("now", [datetime(2026, 5, 1, 9, tzinfo=UTC), datetime(2027, 1, 1, 9, tzinfo=UTC)])
def test_when_the_measurement_is_over_it_must_be_extended_first(
    make: Make, organisation_id: OrganisationId, now: datetime
) -> None:
    ctx = context(make, organisation_id, now=now)

    drawn = close.layout(ctx, access.measurement(ctx), 2026)

    assert unit_days.Id.extend not in ids(drawn)
