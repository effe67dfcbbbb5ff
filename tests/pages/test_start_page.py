"""/matning/start in every state of the year's measurement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, update

from db.models import Measurement, Organisation, Outbox, Placement
from dimios_dash import access
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.work import MailState
from dimios_dash.errors import Forbidden, Invalid
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from pages.measurement import start, start_days, start_strategy
from pages.measurement.start_days import RemovalId
from tests.conftest import AsWeb
from tests.factories import Make
from tests.pages.context import SPRING, context, links, words
from tests.pages.drafts import ALL, CLOSES, OPENS, draft_of_three


@pytest.fixture
def organisation_id(make: Make) -> OrganisationId:
    return draft_of_three(make)


def test_a_draft_with_respondents_is_ready_to_be_started(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id)

    text = words(start.layout(ctx, access.measurement(ctx)))

    assert "3 respondenter får en inbjudan med en personlig länk via e-post, genast." in text
    assert "Starta och skicka 3 inbjudningar …" in text
    assert "Det går att svara 10 april–1 maj 2026, alltså 22 dagar." in text
    assert "4 enheter ingår i mätningen." in text
    assert "Enhet A1 (2 respondenter)" in text


def test_whoever_is_about_to_start_is_led_to_the_form_itself(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id)

    assert links(start.layout(ctx, access.measurement(ctx)))[0] == "/svara/prov?sprak=sv"


def test_no_k_below_the_organisations_is_offered(make: Make, organisation_id: OrganisationId) -> None:
    make.session.execute(update(Organisation).where(Organisation.id == organisation_id).values(k=5))
    ctx = context(make, organisation_id)

    text = words(start.layout(ctx, access.measurement(ctx)))

    assert "färre än 5 svar" in text
    assert "5 7 10" in text
    assert "3 5" not in text


def test_the_plan_follows_the_choices(make: Make, organisation_id: OrganisationId) -> None:
    ctx = context(make, organisation_id)

    text = words(start.show_plan(ctx, date(2026, 5, 2), date(2026, 5, 2), 7, [[UnitId("A1")]], []))

    assert "2 respondenter får en inbjudan med en personlig länk via e-post, den 2 maj 2026 klockan 7." in text
    assert "Det går att svara 2 maj 2026, alltså 1 dag." in text
    assert "1 enhet ingår i mätningen." in text
    assert "3 enheter ingår inte i år: Enhet E, Enhet A, Enhet B. 1 respondent där får ingen inbjudan." in text
    assert "färre än 7 svar" in text


@pytest.mark.parametrize(("opens", "closes"), [(None, CLOSES), (OPENS, None), (CLOSES, OPENS)])
def test_the_plan_says_when_the_period_makes_no_sense(
    make: Make, organisation_id: OrganisationId, opens: date | None, closes: date | None
) -> None:
    text = words(start.show_plan(context(make, organisation_id), opens, closes, 3, ALL, []))

    assert "Perioden är inte klar." in text


def test_the_button_starts_what_was_chosen_as_web(make: Make, as_web: AsWeb, organisation_id: OrganisationId) -> None:
    with as_web(organisation_id) as session:
        onward = start.begin(
            *(context(make, organisation_id, session=session), 1, OPENS, CLOSES, 5, [[UnitId("E")], [UnitId("A1")]]),
            *([(UnitId("A1"), CLOSES, CLOSES)], 2),
        )

    found = make.session.scalars(select(Measurement).where(Measurement.organisation_id == organisation_id)).one()
    taking_part = make.session.scalars(select(Placement.unit_id).where(Placement.takes_part)).all()
    own = make.session.execute(
        select(Placement.unit_id, Placement.opens, Placement.closes).where(Placement.opens.is_not(None))
    ).one()
    assert onward == "/matning/folj"
    assert (found.state, found.opens, found.closes, found.k) == ("open", OPENS, CLOSES, 5)
    assert sorted(taking_part) == ["A1", "E"]
    assert own == ("A1", CLOSES, CLOSES)
    assert make.session.scalar(select(func.count()).select_from(Outbox)) == 2


def test_a_start_without_days_asks_for_them(make: Make, organisation_id: OrganisationId) -> None:
    with pytest.raises(Invalid, match="Välj både första och sista dag"):
        start.begin(context(make, organisation_id), 1, None, CLOSES, 3, ALL, [], 3)


def test_a_key_user_of_a_branch_cannot_start_the_whole(make: Make, organisation_id: OrganisationId) -> None:
    with pytest.raises(Forbidden):
        start.begin(context(make, organisation_id, branch="A"), 1, OPENS, CLOSES, 3, [[UnitId("A")]], [], 0)


def test_nothing_is_started_when_the_list_has_changed_meanwhile(make: Make, organisation_id: OrganisationId) -> None:
    with pytest.raises(Invalid, match="3 skulle få en inbjudan, inte 2"):
        start.begin(context(make, organisation_id), 1, OPENS, CLOSES, 3, ALL, [], 2)

    assert make.session.scalar(select(Measurement.state)) == "draft"


def checked(make: Make, organisation_id: OrganisationId, **changed: Any) -> str:
    """The checklist and the button after a change, in the spring unless `now` says otherwise."""
    given: dict[str, Any] = {"now": SPRING, "opens": OPENS, "closes": CLOSES, "chosen": ALL, "own": []} | changed
    ctx = context(make, organisation_id, now=given["now"])
    return words(start.show_plan(ctx, given["opens"], given["closes"], 3, given["chosen"], given["own"]))


def test_the_button_says_how_many_mails_go_and_when(make: Make, organisation_id: OrganisationId) -> None:
    later = checked(make, organisation_id, opens=date(2026, 4, 12))

    assert "Starta och skicka 3 inbjudningar den 12 april 2026 …" in later
    assert "Ja, starta och skicka 3 inbjudningar den 12 april 2026" in later
    assert "Det går inte att ta tillbaka." in later


@pytest.mark.parametrize(
    ("changed", "title", "sentence"),
    [
        ({"chosen": [[UnitId("E")]]}, "inbjudningar", "de valda enheterna saknar respondenter"),
        ({"opens": None}, "dagar", "Välj en första dag och en sista dag."),
        ({"opens": date(2026, 4, 1), "closes": date(2026, 4, 9)}, "dagar", "har redan varit"),
        ({"closes": date(2027, 1, 2)}, "dagar", "måste ligga inom kalenderåret"),
        ({"own": [(UnitId("B"), OPENS, date(2026, 5, 9))]}, "egna dagar", "Enhet B: de egna dagarna"),
        ({"own": [(UnitId("B"), OPENS, CLOSES)], "chosen": [[UnitId("A1")]]}, "egna dagar", "Enhet B ingår inte."),
    ],
)
def test_what_must_be_done_first_takes_the_buttons_place(
    make: Make, organisation_id: OrganisationId, changed: dict[str, Any], title: str, sentence: str
) -> None:
    text = checked(make, organisation_id, **changed)

    assert f"Ordna det som måste göras i listan: {title}." in text
    assert "Måste göras" in text
    assert sentence in text
    assert "Starta och skicka" not in text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"closes": date(2026, 4, 12)}, "Det är kort tid."),
        ({"now": datetime(2026, 11, 1, 9, tzinfo=UTC), "opens": date(2026, 11, 1), "closes": date(2026, 12, 1)},
         "Året är snart slut."),
        ({"chosen": [[UnitId("A1")]]}, "1 respondent där får ingen inbjudan."),
        ({}, "3 respondenter saknar respondenttyp i listan."),
    ],
)  # fmt: skip
def test_what_is_worth_a_look_is_said_and_hinders_nothing(
    make: Make, organisation_id: OrganisationId, changed: dict[str, Any], sentence: str
) -> None:
    text = checked(make, organisation_id, **changed)

    assert sentence in text
    assert "Titta på det här" in text
    assert "Starta och skicka" in text


def test_texts_sender_and_odd_addresses_are_in_the_list(make: Make, organisation_id: OrganisationId) -> None:
    measurement_id = MeasurementId(make.session.scalars(select(Measurement.id)).one())
    for number in range(20):
        make.invitation(organisation_id, measurement_id, "A1", f"nr{number}@ekhamn.example", mail=MailState.NOT_SENT)
    make.invitation(organisation_id, measurement_id, "A1", "eva@ekhamm.example", mail=MailState.NOT_SENT)
    ctx = context(make, organisation_id)

    drawn = start.layout(ctx, access.measurement(ctx))

    assert "ekhamm.example, skulle det vara ekhamn.example?" in words(drawn)
    assert f"Mejlen skickas från {ctx.settings.mail_from}." in words(drawn)
    assert {"/matning/texter", "/matning/it"} <= set(links(drawn))


def test_a_unit_gets_days_of_its_own_and_loses_them_again(make: Make, organisation_id: OrganisationId) -> None:
    ctx, first = context(make, organisation_id), date(2026, 4, 12)

    chosen, listed = start_days.add(ctx, 1, "Enhet B", first, CLOSES, [(UnitId("A"), OPENS, OPENS)])
    again, _ = start_days.add(ctx, 1, "B", CLOSES, CLOSES, chosen)
    removals = [RemovalId("own-day", UnitId("A")), RemovalId("own-day", UnitId("B"))]
    left, _ = start_days.remove(ctx, [1, None], removals, again)

    assert chosen == [("A", OPENS, OPENS), ("B", first, CLOSES)]
    assert "Enhet B 12–30 april 2026 Ta bort" in words(listed)
    assert again == [("A", OPENS, OPENS), ("B", CLOSES, CLOSES)]
    assert left == [("B", CLOSES, CLOSES)]


@pytest.mark.parametrize(
    ("unit", "opens", "closes", "sentence"),
    [
        ("X", OPENS, CLOSES, "X"),
        ("B", None, CLOSES, "Välj både första och sista dag"),
        ("B", CLOSES, OPENS, "ligger före den första"),
        ("B", OPENS, date(2027, 1, 2), "måste ligga inom"),
    ],
)
def test_days_that_cannot_be_are_not_added(  # noqa: PLR0917, fixtures and the case
    make: Make, organisation_id: OrganisationId, unit: str, opens: date | None, closes: date, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        start_days.add(context(make, organisation_id), 1, unit, opens, closes, [])


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


def test_what_the_strategy_says_is_kept_at_once_and_can_be_taken_back(
    make: Make, organisation_id: OrganisationId
) -> None:
    ctx = context(make, organisation_id)

    start_strategy.keep(ctx, StrategyFocus.MAIN, 2026)
    told = make.session.scalars(select(Measurement.strategy_focus)).one()
    start_strategy.keep(ctx, "not_told", 2026)

    assert told == "main"
    assert make.session.scalars(select(Measurement.strategy_focus)).one() is None
