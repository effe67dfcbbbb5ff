"""The pages of a measurement on both sides of New Year: midnight in Sweden is 23:00 UTC the day before."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from db.models import Measurement, ReminderRound
from dimios_dash import access
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.errors import Invalid
from dimios_dash.ids import OrganisationId
from pages import home
from pages.measurement import close, closing, mailing, start
from tests.conftest import AsWeb
from tests.factories import Make
from tests.pages.context import context, ids, links, words

BEFORE = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
AFTER = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
LAST = date(2026, 12, 31)


def measured(make: Make, state: MeasurementState) -> OrganisationId:
    """A measurement of December 2026, with somebody to remind."""
    found = make.organisation()
    make.units(found, {"E": None})
    measurement_id = make.measurement(found, state)
    make.session.execute(update(Measurement).values(opens=date(2026, 12, 1), closes=date(2026, 12, 30)))
    make.invitation(found, measurement_id, "E")
    return found


def state_of(make: Make) -> tuple[str, date | None]:
    found = make.session.execute(select(Measurement.state, Measurement.closes)).one()
    return found.state, found.closes


def test_the_last_minute_of_the_year_extends_and_the_first_of_the_next_does_not(make: Make, as_web: AsWeb) -> None:
    organisation_id = measured(make, MeasurementState.OPEN)

    with as_web(organisation_id) as session, pytest.raises(Invalid, match=r"År 2026 är slut.*Gör i stället en mätning"):
        close.extend(context(make, organisation_id, now=AFTER, session=session), 1, LAST, 2026)
    refused = state_of(make)
    with as_web(organisation_id) as session:
        close.extend(context(make, organisation_id, now=BEFORE, session=session), 1, LAST, 2026)

    assert refused == ("open", date(2026, 12, 30))
    assert state_of(make) == ("open", LAST)


def test_the_last_minute_of_the_year_reopens_and_the_first_of_the_next_does_not(make: Make, as_web: AsWeb) -> None:
    organisation_id = measured(make, MeasurementState.CLOSED)

    with as_web(organisation_id) as session, pytest.raises(Invalid, match="kan inte längre öppnas eller förlängas"):
        close.reopen(context(make, organisation_id, now=AFTER, session=session), 1, LAST, 2026)
    refused = state_of(make)[0]
    with as_web(organisation_id) as session:
        close.reopen(context(make, organisation_id, now=BEFORE, session=session), 1, LAST, 2026)

    assert refused == "closed"
    assert state_of(make) == ("open", LAST)


@pytest.mark.parametrize("deed", [close.extend, close.reopen])
def test_no_period_leaves_its_year(make: Make, deed: object) -> None:
    organisation_id = measured(make, MeasurementState.OPEN if deed is close.extend else MeasurementState.CLOSED)

    with pytest.raises(Invalid, match="måste ligga inom kalenderåret"):
        deed(context(make, organisation_id, now=BEFORE), 1, date(2027, 1, 1), 2026)  # type: ignore[operator]


def test_nothing_can_be_started_for_a_year_that_is_over(make: Make) -> None:
    organisation_id = measured(make, MeasurementState.DRAFT)
    ctx = context(make, organisation_id, now=AFTER)

    drawn = start.layout(ctx, access.measurement(ctx))

    assert links(drawn) == ["/matning/respondenter"]
    assert "2027" in words(drawn)


def test_after_new_year_the_page_offers_what_can_still_be_done_and_says_why(make: Make) -> None:
    organisation_id = measured(make, MeasurementState.OPEN)
    before, after = (context(make, organisation_id, now=now) for now in (BEFORE, AFTER))

    earlier = close.layout(before, access.measurement(before), 2026)
    later = close.layout(after, access.measurement(after), 2026)

    assert closing.Id.extend in ids(earlier)
    assert "År 2026 är slut" not in words(earlier)
    assert closing.Id.extend not in ids(later)
    assert closing.Id.close in ids(later)
    assert "tar inte emot fler svar, och den kan varken förlängas eller öppnas igen. Avsluta den" in words(later)


def test_closed_and_published_in_january(make: Make, as_web: AsWeb) -> None:
    organisation_id = measured(make, MeasurementState.OPEN)

    with as_web(organisation_id) as session:
        ctx = context(make, organisation_id, now=AFTER, session=session)
        close.close(ctx, 1, 2026)
        redrawn, still = close.release(ctx, 1, 2026)

    closed = make.session.execute(select(Measurement.closes, Measurement.closed_on)).one()
    assert tuple(closed) == (date(2026, 12, 30), date(2027, 1, 1))
    assert "Resultatet för 2026 beräknas" in words(redrawn)
    assert not still


@pytest.mark.parametrize(
    ("state", "sentence", "onward"),
    [
        (MeasurementState.OPEN, "Mätningen för 2026 är inte avslutad", ["/matning/avsluta?ar=2026"]),
        (MeasurementState.CLOSED, "Mätningen för 2026 är inte publicerad", ["/matning/avsluta?ar=2026"]),
        (MeasurementState.DRAFT, "Mätningen för 2026 startades aldrig", []),
    ],
)
def test_the_first_page_says_what_to_do_with_last_years(
    make: Make, state: MeasurementState, sentence: str, onward: list[str]
) -> None:
    organisation_id = measured(make, state)
    before, after = (context(make, organisation_id, now=now) for now in (BEFORE, AFTER))

    earlier, later = home.layout(before, access.home(before)), home.layout(after, access.home(after))

    assert sentence not in words(earlier)
    assert sentence in words(later)
    assert links(later) == [*onward, "/matning/respondenter"]


def test_a_reminder_for_january_is_refused_in_words_that_help(make: Make, as_web: AsWeb) -> None:
    organisation_id = measured(make, MeasurementState.OPEN)

    with as_web(organisation_id) as session, pytest.raises(Invalid, match="2 januari 2027 är året slut"):
        mailing.plan(context(make, organisation_id, now=BEFORE, session=session), 1, [date(2027, 1, 2)], 2026)
    with as_web(organisation_id) as session, pytest.raises(Invalid, match="Avsluta mätningen och publicera"):
        mailing.remind(context(make, organisation_id, now=AFTER, session=session), 1, 2026)

    assert make.session.scalars(select(ReminderRound.day)).all() == []
