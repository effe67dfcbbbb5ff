"""A measurement becomes a draft, and the draft is started, as web does it on a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.commands import measurements
from db.models import Invitation, Measurement, Organisation, Outbox, Placement, Unit
from dimios_dash.domain.calendar import MeasurementState, Period
from dimios_dash.domain.work import MailState
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from tests.conftest import AsWeb
from tests.db.measuring import SPRING, TODAY, TREE, Prepared, events, measured
from tests.factories import Make


@pytest.fixture
def prepared(make: Make, as_web: AsWeb) -> Prepared:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    with as_web(organisation_id) as session:
        measurement_id = measurements.ensure_draft(session, make.desk(organisation_id), 2026)
    for unit in ("A", "A", "B"):
        make.invitation(organisation_id, measurement_id, unit, mail=MailState.NOT_SENT)
    make.invitation(organisation_id, measurement_id, "A", mail=MailState.NOT_SENT, removed=True)
    return Prepared(organisation_id, measurement_id, make.desk(organisation_id))


def start(
    session: Session,
    prepared: Prepared,
    period: Period = SPRING,
    *,
    k: int = 3,
    units: tuple[str, ...] = ("E", "A", "B"),
    today: date = TODAY,
) -> None:
    measurements.start(
        session,
        prepared.desk,
        prepared.measurement_id,
        period,
        k=k,
        units_taking_part=[UnitId(unit) for unit in units],
        today=today,
    )


def test_the_first_question_for_a_draft_makes_one_with_the_organisations_k(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.session.execute(update(Organisation).where(Organisation.id == organisation_id).values(k=5))

    with as_web(organisation_id) as session:
        first = measurements.ensure_draft(session, make.desk(organisation_id), 2026)
        second = measurements.ensure_draft(session, make.desk(organisation_id), 2026)

    assert first == second
    assert (measured(make, first).state, measured(make, first).k) == ("draft", 5)


def test_an_open_measurement_is_the_one_whose_respondents_are_changed(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    opened = make.measurement(organisation_id, MeasurementState.OPEN)

    with as_web(organisation_id) as session:
        found = measurements.ensure_draft(session, make.desk(organisation_id), 2026)

    assert found == opened


@pytest.mark.parametrize(
    ("state", "sentence"), [(MeasurementState.CLOSED, "är stängd"), (MeasurementState.RELEASED, "är publicerad")]
)
def test_there_is_no_draft_in_a_year_that_is_done(
    make: Make, as_web: AsWeb, state: MeasurementState, sentence: str
) -> None:
    organisation_id = make.organisation()
    make.measurement(organisation_id, state)

    with as_web(organisation_id) as session, pytest.raises(Invalid, match=f"Mätningen för 2026 {sentence}"):
        measurements.ensure_draft(session, make.desk(organisation_id), 2026)


def test_a_start_freezes_the_tree_and_says_which_units_take_part(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    with as_web(prepared.organisation_id) as session:
        start(session, prepared, k=5, units=("E", "A"))

    make.session.execute(update(Unit).where(Unit.id == "A").values(name="Nytt namn"))
    placed = make.session.execute(
        select(Placement.unit_id, Placement.parent_id, Placement.name, Placement.takes_part)
        .where(Placement.measurement_id == prepared.measurement_id)
        .order_by(Placement.position)
    ).all()
    found = measured(make, prepared.measurement_id)

    assert [tuple(row) for row in placed] == [
        ("E", None, "Enhet E", True),
        ("A", "E", "Enhet A", True),
        ("B", "E", "Enhet B", False),
    ]
    assert (found.state, found.opens, found.closes, found.k) == ("open", SPRING.opens, SPRING.closes, 5)
    assert events(make, prepared.organisation_id) == ["measurement_started"]


def test_a_start_invites_those_who_are_not_removed_in_units_that_take_part(
    make: Make, as_web: AsWeb, prepared: Prepared
) -> None:
    with as_web(prepared.organisation_id) as session:
        start(session, prepared, units=("A",))

    units = make.session.scalars(select(Invitation.unit_id).join(Outbox, Outbox.invitation_id == Invitation.id)).all()

    assert units == ["A", "A"]


def test_a_closed_unit_is_not_in_the_frozen_tree(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    make.session.execute(update(Unit).where(Unit.id == "B").values(closed=True))

    with as_web(prepared.organisation_id) as session:
        start(session, prepared, units=("A",))

    assert set(make.session.scalars(select(Placement.unit_id))) == {"E", "A"}


def test_invitations_of_a_period_to_come_wait_for_its_first_morning_in_sweden(
    make: Make, as_web: AsWeb, prepared: Prepared
) -> None:
    year = datetime.now(UTC).year + 1
    make.session.execute(update(Measurement).where(Measurement.id == prepared.measurement_id).values(year=year))

    with as_web(prepared.organisation_id) as session:
        start(session, prepared, Period(date(year, 6, 1), date(year, 6, 30)), today=date(year, 5, 1))

    due = set(make.session.scalars(select(Outbox.due_at)))
    assert due == {datetime(year, 6, 1, 7, 0, tzinfo=ZoneInfo("Europe/Stockholm"))}


def test_invitations_of_a_period_that_has_begun_are_due_at_once(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    with as_web(prepared.organisation_id) as session:
        start(session, prepared)

    due = make.session.scalars(select(Outbox.due_at <= func.now())).all()
    assert due == [True] * 3


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (Period(date(2025, 12, 1), date(2026, 4, 30)), "inom kalenderåret"),
        (Period(date(2026, 4, 1), date(2027, 1, 1)), "inom kalenderåret"),
        (Period(date(2026, 5, 2), date(2026, 5, 1)), "ligger före den första"),
        (Period(date(2026, 3, 1), date(2026, 4, 9)), "har redan varit"),
    ],
)
def test_a_period_outside_the_year_backwards_or_over_is_refused(
    as_web: AsWeb, prepared: Prepared, period: Period, sentence: str
) -> None:
    with as_web(prepared.organisation_id) as session, pytest.raises(Invalid, match=sentence):
        start(session, prepared, period)


@pytest.mark.parametrize(("k", "sentence"), [(3, "Välj 5 eller högre"), (4, "3, 5, 7 eller 10")])
def test_a_k_below_the_organisations_or_of_no_known_size_is_refused(
    make: Make, as_web: AsWeb, prepared: Prepared, k: int, sentence: str
) -> None:
    make.session.execute(update(Organisation).where(Organisation.id == prepared.organisation_id).values(k=5))

    with as_web(prepared.organisation_id) as session, pytest.raises(Invalid, match=sentence):
        start(session, prepared, k=k)


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        ((), "Ingen enhet är vald"),
        (("A", "X"), "finns inte längre"),
        (("E",), "inga respondenter i de enheter som ska ingå"),
    ],
)
def test_a_start_names_what_is_missing_and_leaves_the_draft_as_it_was(
    make: Make, as_web: AsWeb, prepared: Prepared, units: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence), as_web(prepared.organisation_id) as session:
        start(session, prepared, units=units)

    assert measured(make, prepared.measurement_id).state == "draft"
    assert make.session.scalars(select(Placement.unit_id)).all() == []


def test_an_organisation_without_units_is_told_to_build_its_tree(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    with as_web(organisation_id) as session:
        draft = measurements.ensure_draft(session, make.desk(organisation_id), 2026)

    with as_web(organisation_id) as session, pytest.raises(Invalid, match="Bygg organisationsträdet först"):
        start(session, Prepared(organisation_id, draft, make.desk(organisation_id)))


def test_a_tree_with_two_tops_is_refused_before_anybody_is_invited(
    make: Make, as_web: AsWeb, prepared: Prepared
) -> None:
    make.units(prepared.organisation_id, {"Z": None})

    with as_web(prepared.organisation_id) as session, pytest.raises(Invalid, match="hänger inte ihop"):
        start(session, prepared)


def test_a_second_start_changes_nothing(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    with as_web(prepared.organisation_id) as session:
        start(session, prepared)

    with as_web(prepared.organisation_id) as session, pytest.raises(Invalid, match="redan startad"):
        start(session, prepared, k=10)

    assert measured(make, prepared.measurement_id).k == 3
    assert make.session.scalar(select(func.count()).select_from(Outbox)) == 3


def test_a_measurement_is_not_started_in_another_year(as_web: AsWeb, prepared: Prepared) -> None:
    with as_web(prepared.organisation_id) as session, pytest.raises(Invalid, match="År 2026 är slut"):
        start(session, prepared, today=date(2027, 1, 1))
