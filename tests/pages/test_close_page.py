"""/matning/avsluta: extend, close, reopen, publish."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from dash import no_update
from sqlalchemy import select, update

from db.models import Job, Measurement, Release
from dimios_dash import access
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.work import JobState
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, OrganisationId, new_id
from dimios_dash.web import Context
from pages.measurement import close
from pages.measurement.closing import Id
from tests.conftest import AsWeb
from tests.factories import Make
from tests.pages.context import context, ids, links, words

BUTTONS = {Id.extend, Id.close, Id.reopen, Id.release, Id.cancel}
JANUARY = datetime(2027, 1, 10, tzinfo=UTC)


def measured(make: Make, state: MeasurementState) -> tuple[OrganisationId, MeasurementId]:
    """April 2026."""
    organisation_id = make.organisation()
    measurement_id = make.measurement(organisation_id, state)
    make.session.execute(
        update(Measurement)
        .where(Measurement.id == measurement_id)
        .values(opens=date(2026, 4, 1), closes=date(2026, 4, 30))
    )
    return organisation_id, measurement_id


def add_job(make: Make, measurement_id: MeasurementId, organisation_id: OrganisationId, **values: object) -> None:
    row = {"organisation_id": organisation_id, "id": new_id(), "measurement_id": measurement_id, "kind": "release"}
    make.session.add(Job(**row, **values))
    make.session.flush()


def drawn(ctx: Context, ar: int | None = None) -> object:
    return close.layout(ctx, access.measurement(ctx), ar)


@pytest.mark.parametrize(
    ("state", "now", "buttons"),
    [
        (MeasurementState.OPEN, datetime(2026, 4, 10, tzinfo=UTC), {Id.extend, Id.close, Id.cancel}),
        (MeasurementState.OPEN, JANUARY, {Id.close, Id.cancel}),
        (MeasurementState.CLOSED, datetime(2026, 5, 10, tzinfo=UTC), {Id.release, Id.reopen}),
        (MeasurementState.CLOSED, JANUARY, {Id.release}),
        (MeasurementState.RELEASED, datetime(2026, 5, 10, tzinfo=UTC), set()),
        (MeasurementState.DRAFT, datetime(2026, 4, 10, tzinfo=UTC), {Id.cancel}),
        (MeasurementState.DESTROYED, datetime(2026, 7, 10, tzinfo=UTC), set()),
        (MeasurementState.CANCELLED, datetime(2026, 4, 10, tzinfo=UTC), set()),
    ],
)
def test_only_what_is_possible_is_offered(
    make: Make, state: MeasurementState, now: datetime, buttons: set[str]
) -> None:
    organisation_id, _ = measured(make, state)

    found = drawn(context(make, organisation_id, now=now), ar=2026)

    assert BUTTONS & set(ids(found)) == buttons


def test_before_the_start_the_way_leads_there(make: Make) -> None:
    organisation_id = make.organisation()
    nothing = drawn(context(make, organisation_id))
    make.measurement(organisation_id, MeasurementState.DRAFT)
    draft = drawn(context(make, organisation_id))

    assert links(nothing) == links(draft) == ["/matning/start"]


def test_a_measurement_that_fills_its_year_cannot_be_extended(make: Make) -> None:
    organisation_id = make.organisation()
    make.measurement(organisation_id)

    found = drawn(context(make, organisation_id))

    assert "pågår redan året ut" in words(found)
    assert Id.extend not in ids(found)


def test_last_years_measurement_can_still_be_published(make: Make) -> None:
    organisation_id, _ = measured(make, MeasurementState.CLOSED)
    make.measurement(organisation_id, MeasurementState.DRAFT, 2027)

    found = drawn(context(make, organisation_id, now=JANUARY), ar=2026)

    assert "Mätningen pågick 1–30 april 2026 och är avslutad." in words(found)
    assert Id.release in ids(found)


@pytest.mark.parametrize(
    ("job", "sentence"),
    [
        ({"state": JobState.WAITING}, "Beräkningen står i kö"),
        ({"state": JobState.CLAIMED}, "Beräkningen har börjat."),
        ({"state": JobState.CLAIMED, "done": 1200, "total": 3000}, "1\u00a0200 av 3\u00a0000 är klart."),
    ],
)
def test_progress_is_found_again_and_nothing_else_can_be_done(
    make: Make, job: dict[str, object], sentence: str
) -> None:
    organisation_id, measurement_id = measured(make, MeasurementState.CLOSED)
    add_job(make, measurement_id, organisation_id, **job)
    ctx = context(make, organisation_id)

    found = drawn(ctx)
    _, still = close.look(ctx, 1, 2026)

    assert sentence in words(found)
    assert not BUTTONS & set(ids(found))
    assert still is False


def test_a_failed_release_is_explained_and_can_be_tried_again(make: Make) -> None:
    organisation_id, measurement_id = measured(make, MeasurementState.CLOSED)
    add_job(make, measurement_id, organisation_id, state=JobState.FAILED, message="Nyckeln saknas.")
    ctx = context(make, organisation_id)

    found, still = close.look(ctx, 1, 2026)

    assert "Resultatet gick inte att beräkna Nyckeln saknas. Inget har publicerats" in words(found)
    assert Id.release in ids(found)
    assert still is True


def test_a_release_ends_with_the_way_to_the_results(make: Make) -> None:
    organisation_id, measurement_id = measured(make, MeasurementState.RELEASED)
    add_job(make, measurement_id, organisation_id, state=JobState.DONE)

    found, still = close.look(context(make, organisation_id), 1, 2026)

    assert "Resultatet för 2026 är publicerat" in words(found)
    assert links(found) == ["/resultat/oversikt?ar=2026"]
    assert still is True


def test_from_open_to_the_request_for_a_release_and_back(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = measured(make, MeasurementState.OPEN)

    with as_web(organisation_id) as session:
        ctx = context(make, organisation_id, session=session)
        extended, _ = close.extend(ctx, 1, date(2026, 5, 15), 2026)
        closed, _ = close.close(ctx, 1, 2026)
        opened, _ = close.reopen(ctx, 1, date(2026, 5, 20), 2026)
        close.close(ctx, 2, 2026)
        asked, still = close.release(ctx, 1, 2026)

    assert "Mätningen pågår 1 april–15 maj 2026." in words(extended)
    assert "Mätningen pågick 1–10 april 2026 och är avslutad." in words(closed)
    assert "Mätningen pågår 1 april–20 maj 2026." in words(opened)
    assert "Beräkningen står i kö" in words(asked)
    assert still is False
    assert make.session.scalars(select(Job.measurement_id)).all() == [measurement_id]


@pytest.mark.parametrize("clicks", [None, 0])
def test_a_button_that_is_only_drawn_does_nothing(make: Make, clicks: int | None) -> None:
    organisation_id, measurement_id = measured(make, MeasurementState.OPEN)
    ctx, nothing = context(make, organisation_id), (no_update, no_update)

    answers = [
        close.extend(ctx, clicks, date(2026, 5, 15), 2026),
        close.close(ctx, clicks, 2026),
        close.reopen(ctx, clicks, date(2026, 5, 15), 2026),
        close.release(ctx, clicks, 2026),
    ]

    assert answers == [nothing] * 4
    assert make.session.scalars(select(Measurement.state).where(Measurement.id == measurement_id)).one() == "open"


def test_an_extension_without_a_day_asks_for_it(make: Make) -> None:
    organisation_id, _ = measured(make, MeasurementState.OPEN)

    with pytest.raises(Invalid, match="Välj en ny sista dag"):
        close.extend(context(make, organisation_id), 1, None, 2026)


@pytest.mark.parametrize("typed", [None, "", "ja", "2025", "20266"])
def test_nothing_is_cancelled_without_the_year_in_writing(make: Make, typed: str | None) -> None:
    organisation_id, measurement_id = measured(make, MeasurementState.OPEN)

    with pytest.raises(Invalid, match="Skriv årtalet 2026 i rutan"):
        close.cancel(context(make, organisation_id), 1, typed, 2026)

    assert make.session.scalars(select(Measurement.state).where(Measurement.id == measurement_id)).one() == "open"


def test_cancelling_says_what_is_lost_and_then_when_it_is_gone(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None})
    measurement_id = make.measurement(organisation_id)
    for answered in (True, True, False):
        make.invitation(organisation_id, measurement_id, "E", answered=answered)
    offered = words(drawn(context(make, organisation_id)))

    with as_web(organisation_id) as session:
        ctx = context(make, organisation_id, session=session)
        cancelled, still = close.cancel(ctx, 1, " 2026 ", 2026)
    make.session.execute(
        update(Measurement).where(Measurement.id == measurement_id).values(box_destroyed_on=date(2026, 4, 10))
    )
    gone, over = close.look(context(make, organisation_id), 1, 2026)

    assert "2 svar förstörs genast och går inte att få tillbaka." in offered
    assert "Svaren i mätningen för 2026 förstörs just nu" in words(cancelled)
    assert (still, over) == (False, True)
    assert "Mätningen för 2026 är avbruten Alla svar i den är förstörda" in words(gone)
    assert links(gone) == ["/matning/respondenter"]


def test_a_new_measurement_of_the_year_takes_the_place_of_a_cancelled_one(make: Make) -> None:
    organisation_id, _ = measured(make, MeasurementState.CANCELLED)
    make.measurement(organisation_id)

    assert Id.close in ids(drawn(context(make, organisation_id), ar=2026))
    assert Id.close in ids(drawn(context(make, organisation_id)))


def test_a_cancelled_measurement_is_not_hidden_behind_last_years(make: Make) -> None:
    organisation_id, _ = measured(make, MeasurementState.CANCELLED)
    make.measurement(organisation_id, MeasurementState.RELEASED, 2025)

    assert "Svaren i mätningen för 2026 förstörs just nu" in words(drawn(context(make, organisation_id)))


def test_a_destroyed_measurement_says_so_and_what_comes_next(make: Make) -> None:
    organisation_id, _ = measured(make, MeasurementState.DESTROYED)

    told = words(drawn(context(make, organisation_id, now=datetime(2026, 7, 10, tzinfo=UTC))))

    assert "Svaren i mätningen för 2026 är förstörda" in told
    assert "kan varken publiceras eller öppnas igen. Nästa mätning görs 2027." in told


def test_a_closed_measurement_says_until_when_its_answers_are_kept(make: Make) -> None:
    organisation_id, measurement_id = measured(make, MeasurementState.CLOSED)
    make.session.execute(
        update(Measurement).where(Measurement.id == measurement_id).values(closed_on=date(2026, 4, 30))
    )

    told = words(drawn(context(make, organisation_id, now=datetime(2026, 5, 10, tzinfo=UTC))))

    assert "Publicera resultatet före den 29 juni 2026" in told


def test_ballots_that_could_not_be_counted_are_told_calmly_with_a_reference(make: Make) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None})
    measurement_id = make.release(organisation_id, 2026, {"E": 50.0})
    make.session.execute(update(Release).where(Release.measurement_id == measurement_id).values(skipped_ballots=2))

    told = words(drawn(context(make, organisation_id)))

    assert "2 svarssedlar gick inte att läsa och är inte med" in told
    assert f"Uppge referensen {measurement_id.hex[:8]}" in told
