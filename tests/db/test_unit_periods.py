"""Single units with days of their own, as web and worker do it on a real database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from db.commands import ballots, measurements, reminders, respondent_edits, sending
from db.commands.ballots import SealedAnswer
from db.models import Invitation, Measurement, Outbox, Placement
from db.queries import forms, mailings
from db.queries import unit_periods as queries
from db.queries.unit_periods import UnitPeriod
from dimios_dash import access
from dimios_dash.answering.door import Door, door
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.respondents.respondent_edit import Chosen, Deed, Order
from dimios_dash.domain.scopes import FormScope
from dimios_dash.domain.work import MailState
from dimios_dash.errors import Invalid
from dimios_dash.ids import InvitationId, UnitId
from tests.conftest import AsWeb
from tests.db.measuring import SPRING, Prepared
from tests.db.unit_days import ALL, EARLY, LATE, four_units, placed, start
from tests.factories import Make


@pytest.fixture
def prepared(make: Make) -> Prepared:
    return four_units(make)


def links(make: Make, prepared: Prepared) -> dict[str, FormScope]:
    """The link of the one who is invited in each unit."""
    rows = make.session.execute(select(Invitation.unit_id, Invitation.token_hash))
    return {row.unit_id: FormScope(prepared.organisation_id, row.token_hash) for row in rows}


def test_units_keep_their_days_and_those_below_share_them(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    start(make, as_web, prepared, {"A": LATE, "B": EARLY})

    with as_web(prepared.organisation_id) as session:
        named = queries.read(session, prepared.desk, prepared.measurement_id)
    assert placed(make, prepared.measurement_id) == {"A": LATE, "A1": LATE, "B": EARLY}
    assert named == (UnitPeriod(UnitId("A"), "Enhet A", LATE), UnitPeriod(UnitId("B"), "Enhet B", EARLY))


def test_a_branch_sees_the_days_it_has_from_above(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    start(make, as_web, prepared, {"A": LATE, "B": EARLY})
    other = make.organisation()

    with as_web(prepared.organisation_id) as session:
        named = queries.read(session, make.desk(prepared.organisation_id, "A1"), prepared.measurement_id)
        foreign = queries.read(session, make.desk(other), prepared.measurement_id)

    assert named == (UnitPeriod(UnitId("A1"), "Enhet A1", LATE),)
    assert foreign == ()


@pytest.mark.parametrize(
    ("own", "units", "sentence"),
    [
        ({"A": Period(date(2026, 4, 20), date(2026, 5, 1))}, ALL, "Enhet A: .* måste ligga inom mätningens"),
        ({"A": Period(date(2026, 3, 30), date(2026, 4, 20))}, ALL, "måste ligga inom mätningens"),
        ({"A": Period(date(2026, 4, 21), date(2026, 4, 20))}, ALL, "ligger före den första"),
        ({"A": Period(date(2026, 4, 2), date(2026, 4, 9))}, ALL, "har redan varit"),
        ({"A": LATE}, [UnitId("B")], "Enhet A ingår inte i mätningen"),
        ({"X": LATE}, ALL, "finns inte längre"),
    ],
)
def test_days_that_cannot_be_start_nothing(  # noqa: PLR0917, fixtures and the case
    make: Make, as_web: AsWeb, prepared: Prepared, own: Mapping[str, Period], units: list[UnitId], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        start(make, as_web, prepared, own, units=units)

    assert make.session.scalar(select(Measurement.state)) == "draft"
    assert placed(make, prepared.measurement_id) == {}


@pytest.mark.parametrize(
    "days",
    [
        {"opens": None, "closes": date(2026, 4, 20)},
        {"opens": date(2026, 4, 21), "closes": date(2026, 4, 20)},
        {"opens": date(2026, 12, 20), "closes": date(2027, 1, 2)},
    ],
)
def test_the_database_refuses_half_reversed_and_two_years_days(
    make: Make, prepared: Prepared, days: dict[str, date | None]
) -> None:
    make.measurement(prepared.organisation_id, year=2025)

    with pytest.raises(IntegrityError):
        make.session.execute(text("update placement set opens = :opens, closes = :closes"), days)


def test_an_invitation_is_due_on_the_morning_of_its_units_first_day(
    make: Make, as_web: AsWeb, prepared: Prepared
) -> None:
    far = Period(date(2026, 12, 1), date(2026, 12, 31))

    start(make, as_web, prepared, {"A": Period(date(2026, 12, 24), date(2026, 12, 31))}, period=far)

    rows = make.session.execute(
        select(Invitation.unit_id, Outbox.due_at).join(Outbox, Outbox.invitation_id == Invitation.id)
    )
    due = {row.unit_id: row.due_at.astimezone(ZoneInfo("Europe/Stockholm")) for row in rows}
    stockholm = ZoneInfo("Europe/Stockholm")
    first, second = (datetime(2026, 12, day, 7, tzinfo=stockholm) for day in (1, 24))
    assert due == {"E": first, "A": second, "A1": second, "B": first}


def test_the_mail_of_somebody_who_is_moved_goes_with_those_of_the_new_unit(
    make: Make, as_web: AsWeb, prepared: Prepared
) -> None:
    far, later = Period(date(2026, 12, 1), date(2026, 12, 31)), Period(date(2026, 12, 24), date(2026, 12, 31))
    start(make, as_web, prepared, {"A": later}, period=far)
    moved = make.session.scalars(select(Invitation).where(Invitation.unit_id == "A1")).one()

    with as_web(prepared.organisation_id) as session:
        order = Order(Deed.MOVE, unit_id=UnitId("B"))
        respondent_edits.carry_out(
            session, prepared.desk, prepared.measurement_id, order, [Chosen(InvitationId(moved.id), moved.version)]
        )

    due = make.session.scalars(select(Outbox.due_at).where(Outbox.invitation_id == moved.id)).one()
    assert due.astimezone(ZoneInfo("Europe/Stockholm")).day == 1


@pytest.mark.parametrize(
    ("day", "open_to", "doors"),
    [
        (14, {"E", "B"}, {"A": Door.TOO_EARLY, "A1": Door.TOO_EARLY, "E": Door.OPEN, "B": Door.OPEN}),
        (15, {"E", "B"}, {"A": Door.TOO_EARLY, "A1": Door.TOO_EARLY, "E": Door.OPEN, "B": Door.OPEN}),
        (16, {"E"}, {"A": Door.TOO_EARLY, "A1": Door.TOO_EARLY, "E": Door.OPEN, "B": Door.CLOSED}),
        (20, {"E", "A", "A1"}, {"A": Door.OPEN, "A1": Door.OPEN, "E": Door.OPEN, "B": Door.CLOSED}),
        (26, {"E"}, {"A": Door.CLOSED, "A1": Door.CLOSED, "E": Door.OPEN, "B": Door.CLOSED}),
    ],
)
def test_the_form_and_the_box_are_open_on_the_days_of_the_unit(  # noqa: PLR0917, fixtures and the case
    make: Make, as_web: AsWeb, prepared: Prepared, day: int, open_to: set[str], doors: dict[str, Door]
) -> None:
    start(make, as_web, prepared, {"A": LATE, "B": EARLY})
    today, found = date(2026, 4, day), links(make, prepared)

    with as_web(prepared.organisation_id) as session:
        asked = {unit: forms.asked(session, link) for unit, link in found.items()}
        received = {
            unit
            for unit, link in found.items()
            if ballots.submit(session, link, SealedAnswer(UnitId(unit), b"sealed"), today)
        }

    assert {unit: door(each, today) for unit, each in asked.items() if each is not None} == doors
    assert received == open_to
    assert asked["A1"] is not None
    assert asked["A1"].period == LATE


def test_a_unit_that_had_not_begun_is_closed_with_the_measurement(
    make: Make, as_web: AsWeb, prepared: Prepared
) -> None:
    start(make, as_web, prepared, {"A": LATE})
    with as_web(prepared.organisation_id) as session:
        measurements.close(session, prepared.desk, prepared.measurement_id, date(2026, 4, 12))

    with as_web(prepared.organisation_id) as session:
        asked = forms.asked(session, links(make, prepared)["A"])
        named = queries.read(session, prepared.desk, prepared.measurement_id)

    assert asked is not None
    assert door(asked, date(2026, 4, 12)) is Door.CLOSED
    assert named == ()


@pytest.mark.parametrize(("day", "units"), [(14, ["B", "E"]), (20, ["A", "A1", "E"]), (26, ["E"])])
def test_mails_go_to_units_on_their_days_and_name_their_last_one(
    make: Make, as_web: AsWeb, prepared: Prepared, day: int, units: list[str]
) -> None:
    start(make, as_web, prepared, {"A": LATE, "B": EARLY})
    make.session.execute(update(Outbox).values(due_at=datetime(2026, 1, 1, tzinfo=UTC)))
    system, now = access.system(prepared.organisation_id), datetime(2026, 4, day, 12, tzinfo=UTC)

    (sender,) = sending.senders(make.session, system, now)
    waiting = sending.due(make.session, system, sender, now, 10)
    claimed = [sending.claim(make.session, system, sender, mail, now) for mail in waiting]

    last = {"A": LATE.closes, "A1": LATE.closes, "B": EARLY.closes, "E": SPRING.closes}
    by_id = {row.id: row.unit_id for row in make.session.scalars(select(Invitation))}
    assert sorted(by_id[mail.invitation_id] for mail in waiting) == units
    assert {by_id[mail.invitation_id]: mail.closes for mail in claimed if mail} == {unit: last[unit] for unit in units}


def test_a_mail_that_was_taken_before_the_units_last_day_is_not_sent_after_it(
    make: Make, as_web: AsWeb, prepared: Prepared
) -> None:
    start(make, as_web, prepared, {"E": EARLY})
    make.session.execute(update(Outbox).values(due_at=datetime(2026, 1, 1, tzinfo=UTC)))
    system, evening = access.system(prepared.organisation_id), datetime(2026, 4, 15, 21, 59, tzinfo=UTC)
    (sender,) = sending.senders(make.session, system, evening)
    mail = sending.due(make.session, system, sender, evening, 1)[0]

    after = datetime(2026, 4, 15, 22, tzinfo=UTC)  # midnight in Sweden

    assert sending.claim(make.session, system, sender, mail, after) is None
    assert sending.senders(make.session, system, after) == []


def test_reminders_go_only_to_units_that_receive_answers(make: Make, as_web: AsWeb, prepared: Prepared) -> None:
    start(make, as_web, prepared, {"A": LATE, "B": EARLY})
    make.session.execute(update(Invitation).values(mail=MailState.SENT))
    make.session.execute(update(Outbox).values(state="sent"))
    now = datetime(2026, 4, 20, 9, tzinfo=UTC)

    with as_web(prepared.organisation_id) as session:
        asked = mailings.to_remind(session, prepared.desk, prepared.measurement_id, now.date())
        sent = reminders.remind_now(session, prepared.desk, prepared.measurement_id, now)
    dropped = sending.drop_late(
        make.session, access.system(prepared.organisation_id), datetime(2026, 4, 26, 9, tzinfo=UTC)
    )

    assert [unit.name for unit in asked] == ["Enhet E", "Enhet A", "Enhet A1"]
    assert sent == 3
    assert dropped == 2  # those of A and A1


def test_whatever_a_place_says_nothing_is_received_outside_the_measurement(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None})
    measurement_id = make.measurement(organisation_id, year=2026)
    token = make.invitation(organisation_id, measurement_id, "E").token
    make.session.execute(update(Placement).values(opens=date(2027, 1, 1), closes=date(2027, 1, 31)))

    with as_web(organisation_id) as session:
        link = FormScope(organisation_id, token_hash(token))
        received = ballots.submit(session, link, SealedAnswer(UnitId("E"), b"sealed"), date(2027, 1, 1))

    assert not received
    assert make.session.scalar(select(func.count()).select_from(Invitation).where(Invitation.answered)) == 0
