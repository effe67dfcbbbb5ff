"""/matning/start in every state of the year's measurement."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update

from db.commands import measurements
from db.models import Measurement, Organisation, Outbox, Placement
from dimios_dash import access
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.work import MailState
from dimios_dash.errors import Forbidden, Invalid
from dimios_dash.ids import OrganisationId, UnitId
from pages.measurement import start
from tests.conftest import AsWeb
from tests.factories import Make
from tests.pages.context import context, links, words

ALL = [[UnitId("E"), UnitId("B")], [UnitId("A"), UnitId("A1")]]
OPENS, CLOSES = date(2026, 4, 10), date(2026, 4, 30)


@pytest.fixture
def organisation_id(make: Make) -> OrganisationId:
    """A draft with two respondents in A1 and one in B."""
    found = make.organisation()
    make.units(found, {"E": None, "A": "E", "A1": "A", "B": "E"})
    measurement_id = measurements.ensure_draft(make.session, make.desk(found), 2026)
    for unit in ("A1", "A1", "B"):
        make.invitation(found, measurement_id, unit, mail=MailState.NOT_SENT)
    return found


def test_a_draft_with_respondents_is_ready_to_be_started(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id)

    text = words(start.layout(ctx, access.measurement(ctx)))

    assert "3 respondenter får en inbjudan med en personlig länk via e-post, genast." in text
    assert "Det går att svara 10 april–1 maj 2026, alltså 22 dagar." in text
    assert "4 enheter ingår i mätningen." in text
    assert "Enhet A1 (2 respondenter)" in text


def test_no_k_below_the_organisations_is_offered(make: Make, organisation_id: OrganisationId) -> None:
    make.session.execute(update(Organisation).where(Organisation.id == organisation_id).values(k=5))
    ctx = context(make, organisation_id)

    text = words(start.layout(ctx, access.measurement(ctx)))

    assert "färre än 5 svar" in text
    assert "5 7 10" in text
    assert "3 5" not in text


def test_the_plan_follows_the_choices(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id)

    text = words(start.show_plan(ctx, date(2026, 5, 2), date(2026, 5, 2), 7, [[UnitId("A1")]]))

    assert "2 respondenter får en inbjudan med en personlig länk via e-post, den 2 maj 2026 klockan 7." in text
    assert "Det går att svara 2 maj 2026, alltså 1 dag." in text
    assert "1 enhet ingår i mätningen." in text
    assert "3 enheter ingår inte i år: Enhet E, Enhet A, Enhet B. 1 respondent där får ingen inbjudan." in text
    assert "färre än 7 svar" in text


@pytest.mark.parametrize(("opens", "closes"), [(None, CLOSES), (OPENS, None), (CLOSES, OPENS)])
def test_the_plan_says_when_the_period_makes_no_sense(
    make: Make, organisation_id: OrganisationId, opens: date | None, closes: date | None
) -> None:
    text = words(start.show_plan(context(make, organisation_id), opens, closes, 3, ALL))

    assert "Perioden är inte klar." in text


def test_the_button_starts_what_was_chosen_as_web(make: Make, as_web: AsWeb, organisation_id: OrganisationId) -> None:
    with as_web(organisation_id) as session:
        onward = start.begin(
            context(make, organisation_id, session=session), 1, OPENS, CLOSES, 5, [[UnitId("E")], [UnitId("A1")]]
        )

    found = make.session.scalars(select(Measurement).where(Measurement.organisation_id == organisation_id)).one()
    taking_part = make.session.scalars(select(Placement.unit_id).where(Placement.takes_part)).all()
    assert onward == "/matning/folj"
    assert (found.state, found.opens, found.closes, found.k) == ("open", OPENS, CLOSES, 5)
    assert sorted(taking_part) == ["A1", "E"]
    assert make.session.scalar(select(func.count()).select_from(Outbox)) == 2


def test_a_start_without_days_asks_for_them(make: Make, organisation_id: OrganisationId) -> None:
    with pytest.raises(Invalid, match="Välj både första och sista dag"):
        start.begin(context(make, organisation_id), 1, None, CLOSES, 3, ALL)


def test_a_key_user_of_a_branch_cannot_start_the_whole(make: Make, organisation_id: OrganisationId) -> None:
    with pytest.raises(Forbidden):
        start.begin(context(make, organisation_id, branch="A"), 1, OPENS, CLOSES, 3, [[UnitId("A")]])


@pytest.mark.parametrize(
    ("state", "sentence", "onward"),
    [
        (MeasurementState.OPEN, "Mätningen för 2026 pågår redan", "/matning/folj"),
        (MeasurementState.CLOSED, "Mätningen för 2026 är avslutad", "/matning/avsluta"),
        (MeasurementState.RELEASED, "Mätningen för 2026 är publicerad", "/resultat/oversikt?ar=2026"),
    ],
)
def test_what_has_been_started_is_not_offered_again(
    make: Make, state: MeasurementState, sentence: str, onward: str
) -> None:
    found = make.organisation()
    make.measurement(found, state)
    ctx = context(make, found)

    drawn = start.layout(ctx, access.measurement(ctx))

    assert sentence in words(drawn)
    assert links(drawn) == [onward]


def test_first_the_tree_then_the_respondents(make: Make) -> None:
    found = make.organisation()
    ctx = context(make, found)

    without_tree = start.layout(ctx, access.measurement(ctx))
    make.units(found, {"E": None})
    without_respondents = start.layout(ctx, access.measurement(ctx))

    assert links(without_tree) == ["/matning/trad"]
    assert links(without_respondents) == ["/matning/respondenter"]


def test_last_years_measurement_does_not_stand_in_the_way(make: Make) -> None:
    found = make.organisation()
    make.measurement(found, MeasurementState.RELEASED, 2025)
    ctx = context(make, found, now=datetime(2026, 1, 2, tzinfo=UTC))

    assert links(start.layout(ctx, access.measurement(ctx))) == ["/matning/trad"]
