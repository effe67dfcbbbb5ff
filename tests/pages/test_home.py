"""The first page: where everybody stands, and the one thing to do next."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from db.commands import measurements
from db.models import DestructionWarning, Measurement
from dimios_dash import access
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.work import MailState
from dimios_dash.ids import MeasurementId, OrganisationId
from dimios_dash.web import Context
from pages import home
from tests.factories import Make
from tests.pages.context import context, links, words

LATE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def shown(ctx: Context) -> tuple[str, list[str]]:
    drawn = home.layout(ctx, access.home(ctx))
    return words(drawn), links(drawn)


def draft(make: Make, organisation_id: OrganisationId, respondents: int) -> None:
    make.units(organisation_id, {"E": None, "A": "E"})
    measurement_id = measurements.ensure_draft(make.session, make.desk(organisation_id), 2026)
    for _ in range(respondents):
        make.invitation(organisation_id, measurement_id, "A", mail=MailState.NOT_SENT)


def measured(make: Make, organisation_id: OrganisationId, state: MeasurementState) -> MeasurementId:
    """Two of three in unit A have answered; open from 1 to 30 April."""
    make.units(organisation_id, {"E": None, "A": "E"})
    measurement_id = make.measurement(organisation_id, state)
    for answered in (True, True, False):
        make.invitation(organisation_id, measurement_id, "A", answered=answered)
    make.session.execute(
        update(Measurement)
        .where(Measurement.id == measurement_id)
        .values(opens=date(2026, 4, 1), closes=date(2026, 4, 30))
    )
    return measurement_id


def test_a_new_organisation_is_led_to_its_tree(make: Make) -> None:
    text, onward = shown(context(make, make.organisation()))

    assert "Mätningen för 2026 är inte påbörjad." in text
    assert onward == ["/matning/trad"]


def test_a_tree_without_respondents_leads_to_them(make: Make) -> None:
    organisation_id = make.organisation()
    draft(make, organisation_id, respondents=0)

    text, onward = shown(context(make, organisation_id))

    assert "2 enheter och 0 respondenter." in text
    assert onward == ["/matning/respondenter"]


@pytest.mark.parametrize(
    ("role", "onward"), [(Role.KEY_USER, "/matning/start"), (Role.SUB_ADMINISTRATOR, "/matning/respondenter")]
)
def test_what_is_ready_is_started_by_the_key_user_alone(make: Make, role: Role, onward: str) -> None:
    organisation_id = make.organisation()
    draft(make, organisation_id, respondents=3)

    text, addresses = shown(context(make, organisation_id, role))

    assert "Allt är redo." in text
    assert addresses == [onward]


@pytest.mark.parametrize(
    ("state", "now", "sentence", "onward"),
    [
        (MeasurementState.OPEN, datetime(2026, 4, 10, tzinfo=UTC), "21 dagar kvar.", "/matning/folj"),
        (MeasurementState.OPEN, datetime(2026, 5, 10, tzinfo=UTC), "Tiden är slut.", "/matning/avsluta"),
        (MeasurementState.CLOSED, datetime(2026, 5, 10, tzinfo=UTC), "Låt resultatet beräknas", "/matning/avsluta"),
        (
            MeasurementState.RELEASED,
            datetime(2026, 5, 10, tzinfo=UTC),
            "Resultatet för 2026 är publicerat.",
            "/resultat/oversikt?ar=2026",
        ),
    ],
)
def test_a_started_measurement_shows_its_numbers_and_leads_on(
    make: Make, state: MeasurementState, now: datetime, sentence: str, onward: str
) -> None:
    organisation_id = make.organisation()
    measured(make, organisation_id, state)

    text, addresses = shown(context(make, organisation_id, now=now))

    assert "2 av 3 har svarat (67\u00a0%)." in text
    assert sentence in text
    assert addresses[-1] == onward
    assert ("Målet på 65 % svar är nått" in text) is (state is MeasurementState.OPEN)


@pytest.mark.parametrize(("state", "warned"), [(MeasurementState.OPEN, True), (MeasurementState.RELEASED, False)])
def test_from_november_the_end_of_the_year_is_warned_of_until_the_release(
    make: Make, state: MeasurementState, warned: bool
) -> None:
    organisation_id = make.organisation()
    measured(make, organisation_id, state)

    text, _ = shown(context(make, organisation_id, now=LATE))

    assert ("Året är snart slut." in text) is warned


def test_last_years_measurement_is_not_forgotten_when_it_was_never_released(make: Make) -> None:
    organisation_id = make.organisation()
    make.measurement(organisation_id, MeasurementState.CLOSED, year=2025)

    text, onward = shown(context(make, organisation_id))

    assert "Mätningen för 2025 är inte publicerad" in text
    assert onward == ["/matning/avsluta?ar=2025", "/matning/trad"]


def test_leadership_is_led_to_the_newest_results_first(make: Make) -> None:
    organisation_id = make.organisation()
    for year in (2024, 2025):
        make.measurement(organisation_id, MeasurementState.RELEASED, year)
    make.measurement(organisation_id, MeasurementState.OPEN, 2026)

    _, onward = shown(context(make, organisation_id, Role.LEADER))

    assert onward == ["/resultat/oversikt?ar=2025", "/resultat/oversikt?ar=2024"]


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.LEADER, "Inget resultat är publicerat ännu"),
        (Role.ACCOUNT_ADMINISTRATOR, "Du sköter konton och behörigheter."),
        (Role.OPERATOR, "Du ser aldrig adresser, svar eller resultat."),
    ],
)
def test_everybody_else_is_told_how_it_is(make: Make, role: Role, sentence: str) -> None:
    text, onward = shown(context(make, make.organisation(), role))

    assert sentence in text
    assert onward == []


def test_the_first_warning_of_destruction_stands_on_the_first_page(make: Make) -> None:
    organisation_id = make.organisation()
    measurement_id = measured(make, organisation_id, MeasurementState.CLOSED)
    closed_on, now = date(2026, 4, 30), datetime(2026, 6, 1, tzinfo=UTC)
    make.session.execute(update(Measurement).where(Measurement.id == measurement_id).values(closed_on=closed_on))
    before, _ = shown(context(make, organisation_id, now=now))
    make.session.add(
        DestructionWarning(
            organisation_id=organisation_id,
            measurement_id=measurement_id,
            closed_on=closed_on,
            number=1,
            warned_on=date(2026, 5, 30),
        )
    )
    make.session.flush()

    after, onward = shown(context(make, organisation_id, now=now))

    assert "förstörs" not in before
    assert "Svaren i mätningen för 2026 förstörs den 29 juni 2026" in after
    assert "/matning/avsluta?ar=2026" in onward


def test_a_destroyed_measurement_is_explained(make: Make) -> None:
    organisation_id = make.organisation()
    measured(make, organisation_id, MeasurementState.DESTROYED)

    text, onward = shown(context(make, organisation_id, now=datetime(2026, 7, 10, tzinfo=UTC)))

    assert "publicerades aldrig. Svaren är förstörda." in text
    assert onward == ["/matning/avsluta"]


def test_a_cancelled_measurement_leaves_its_year_as_if_not_begun_once_its_answers_are_gone(make: Make) -> None:
    organisation_id = make.organisation()
    measurement_id = measured(make, organisation_id, MeasurementState.CANCELLED)
    at_first, _ = shown(context(make, organisation_id))
    one = update(Measurement).where(Measurement.id == measurement_id)
    make.session.execute(one.values(box_destroyed_on=date(2026, 4, 10)))
    make.session.expire_all()

    text, _ = shown(context(make, organisation_id))

    assert "Svaren i mätningen för 2026 förstörs just nu" in at_first
    assert "Mätningen för 2026 är inte påbörjad." in text
    assert "förstörs" not in text


def test_mails_that_came_back_are_said_while_something_can_be_done(make: Make) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None})
    measurement_id = make.measurement(organisation_id, MeasurementState.OPEN)
    make.invitation(organisation_id, measurement_id, "E", mail=MailState.BOUNCED)
    make.invitation(organisation_id, measurement_id, "E", mail=MailState.UNCERTAIN)

    text, onward = shown(context(make, organisation_id))

    assert "Inbjudningar som har studsat: 1" in text
    assert "Inbjudningar som är osäkra: 1" in text
    assert "/matning/utskick" in onward
