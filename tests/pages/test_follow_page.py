"""/matning/folj: how many have answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from dash import dcc, no_update
from dash.development.base_component import Component
from sqlalchemy import update

from db.models import Account, AnswerCount, Measurement, OpenLinkUnit, Placement, ReminderRound
from dimios_dash import access
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.work import MailState
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import MeasurementId, OrganisationId
from dimios_dash.web import Context
from pages.measurement import follow
from tests.factories import Make
from tests.figures.checked import checked
from tests.pages.context import context, links, parts, words


def measured(make: Make, state: MeasurementState = MeasurementState.OPEN) -> tuple[OrganisationId, MeasurementId]:
    """April 2026. A1: one of two has answered; B: one mail came back; C does not take part."""
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None, "A": "E", "A1": "A", "B": "E", "C": "E"})
    measurement_id = make.measurement(organisation_id, state)
    make.invitation(organisation_id, measurement_id, "A1", answered=True)
    make.invitation(organisation_id, measurement_id, "A1")
    make.invitation(organisation_id, measurement_id, "B", mail=MailState.BOUNCED)
    make.session.execute(update(Placement).where(Placement.unit_id == "C").values(takes_part=False))
    make.session.execute(
        update(Measurement)
        .where(Measurement.id == measurement_id)
        .values(opens=date(2026, 4, 1), closes=date(2026, 4, 30))
    )
    return organisation_id, measurement_id


def shown(ctx: Context, enhet: str | None = None) -> tuple[str, list[str]]:
    drawn = follow.layout(ctx, access.desk(ctx), enhet=enhet)
    return words(drawn), links(drawn)


def with_account(make: Make, organisation_id: OrganisationId) -> Context:
    """Of somebody who has an account."""
    ctx = context(make, organisation_id)
    return replace(ctx, user=replace(ctx.user, account_id=make.account(organisation_id)))


def stand(drawn: Component) -> str:
    """What the page remembers of what it shows."""
    store = next(part for part in drawn._traverse() if getattr(part, "id", None) == follow.Id.drawn)  # type: ignore[no-untyped-call]
    return str(store.data)


def test_the_whole_is_large_and_the_units_below_are_a_table(make: Make) -> None:
    organisation_id, _ = measured(make)

    text, onward = shown(context(make, organisation_id))

    assert "Mätningen pågår 1–30 april 2026. 21 dagar kvar, i dag inräknad." in text
    assert "33\u00a0% 1 av 3 har svarat" in text
    assert "Enhet A 50\u00a0% 1 2 2 0 0" in text
    assert "Enhet B 0\u00a0% 0 1 3 0 1" in text
    assert "4 av 4 enheter saknar svar för att kunna visas: det behövs minst 3." in text
    assert "Enhet C Ingår inte i år" in text
    assert "Ingen kan se vad någon har svarat" in text
    assert "/matning/folj?ar=2026&enhet=A" in onward


def test_a_unit_has_its_own_page_with_the_way_back(make: Make) -> None:
    organisation_id, _ = measured(make)

    text, onward = shown(context(make, organisation_id), enhet="A")

    assert "50\u00a0% 1 av 2 har svarat" in text
    assert onward[0] == "/matning/folj?ar=2026&enhet=E"
    assert "Enhet B" not in text


def test_mail_that_came_back_is_said_with_where_to_go(make: Make) -> None:
    organisation_id, _ = measured(make)

    text, onward = shown(context(make, organisation_id))

    assert "Inbjudningar som har studsat: 1" in text
    assert "/matning/utskick" in onward


def test_the_figures_are_drawn_anew_with_what_has_come_since(make: Make) -> None:
    organisation_id, measurement_id = measured(make)
    make.invitation(organisation_id, measurement_id, "B", answered=True)

    text = words(follow.redraw(context(make, organisation_id), 1, (2026, None), "what was drawn before"))

    assert "50\u00a0% 2 av 4 har svarat" in text


def test_nothing_is_drawn_anew_while_nothing_has_come(make: Make) -> None:
    organisation_id, measurement_id = measured(make)
    ctx = context(make, organisation_id)
    drawn = stand(follow.layout(ctx, access.desk(ctx)))

    assert follow.redraw(ctx, 1, (2026, None), drawn) is no_update
    make.invitation(organisation_id, measurement_id, "B", mail=MailState.NOT_SENT)
    assert follow.redraw(ctx, 2, (2026, None), drawn) is not no_update


def test_a_measurement_to_come_says_when_its_mails_are_sent(make: Make) -> None:
    organisation_id, _ = measured(make)

    text, _ = shown(context(make, organisation_id, now=datetime(2026, 3, 20, tzinfo=UTC)))

    assert "Mätningen börjar 1 april 2026. Då skickas inbjudningarna, klockan 7." in text


def test_the_goal_and_the_pace_are_said_in_words(make: Make) -> None:
    organisation_id, _ = measured(make)

    early, _ = shown(context(make, organisation_id, now=datetime(2026, 4, 2, 9, tzinfo=UTC)))
    late, _ = shown(context(make, organisation_id, now=datetime(2026, 4, 29, 9, tzinfo=UTC)))

    assert "Målet är 65 %, nu är ni på 33\u00a0%. Ni är på väg." in early
    assert "Det går långsammare än vad som behövs" in late


def test_the_goal_can_be_changed_by_those_who_run_the_measurement(make: Make) -> None:
    organisation_id, measurement_id = measured(make)
    ctx = with_account(make, organisation_id)

    text = words(follow.keep_wishes(ctx, 1, 30, [], (2026, None)))

    assert "Målet är 30 %, och det är nått: nu är ni på 33\u00a0%." in text
    assert make.session.get_one(Measurement, (organisation_id, measurement_id)).goal == 30
    assert make.session.get_one(Account, (organisation_id, ctx.user.account_id)).weekly_mail is False


def test_a_goal_that_is_no_per_cent_changes_nothing(make: Make) -> None:
    organisation_id, measurement_id = measured(make)

    with pytest.raises(Invalid, match="mellan 1 och 100"):
        follow.keep_wishes(with_account(make, organisation_id), 1, 0, ["ja"], (2026, None))

    assert make.session.get_one(Measurement, (organisation_id, measurement_id)).goal == 65


def test_role_types_are_told_apart_with_who_answers_least(make: Make) -> None:
    organisation_id, measurement_id = measured(make)
    for kind, answered in ((1, 6), (3, 1)):
        for number in range(8):
            make.invitation(organisation_id, measurement_id, "B", role_type=kind, answered=number < answered)

    text, _ = shown(context(make, organisation_id))

    assert "1 Utformar styrningen 75\u00a0% 6 8" in text
    assert "3 Verkar inom styrningen 13\u00a0% 1 8" in text
    assert "Typ saknas i listan 33\u00a0% 1 3" in text
    assert "Lägst är svarsfrekvensen för 3 verkar inom styrningen." in text


def test_a_night_begins_the_curve_and_reminders_are_marked_in_it(make: Make) -> None:
    organisation_id, measurement_id = measured(make)
    before, _ = shown(context(make, organisation_id))
    owner = {"organisation_id": organisation_id, "measurement_id": measurement_id}
    make.session.add(AnswerCount(**owner, unit_id="A1", channel="email", night=date(2026, 4, 8), answers=1))
    make.session.add(ReminderRound(**owner, day=date(2026, 4, 9), number=1))
    make.session.flush()

    drawn = follow.layout(context(make, organisation_id), access.desk(context(make, organisation_id)))

    (graph,) = [part for part in parts(drawn) if isinstance(part, dcc.Graph)]
    picture = checked(graph.figure)  # type: ignore[attr-defined]  # its properties are arguments
    assert "Kurvan börjar natten efter de första svaren." in before
    assert list(picture.data[0].y) == [0, 1]
    assert [shape.x0 for shape in picture.layout.shapes] == ["2026-04-09"]
    assert "8 april 2026 1 0" in words(drawn)


@pytest.mark.parametrize(
    ("state", "sentence", "onward"),
    [
        (MeasurementState.OPEN, "Mätningen pågår", "/matning/avsluta?ar=2026"),
        (MeasurementState.CLOSED, "är avslutad.", "/matning/avsluta?ar=2026"),
        (MeasurementState.RELEASED, "är publicerad.", "/resultat/oversikt?ar=2026"),
    ],
)
def test_every_state_leads_on(make: Make, state: MeasurementState, sentence: str, onward: str) -> None:
    organisation_id, _ = measured(make, state)

    text, addresses = shown(context(make, organisation_id))

    assert sentence in text
    assert addresses[-1] == onward


def test_an_open_measurement_leads_to_reminders_too(make: Make) -> None:
    organisation_id, _ = measured(make, MeasurementState.OPEN)

    _text, addresses = shown(context(make, organisation_id))

    assert "/matning/utskick?ar=2026" in addresses


def test_before_the_start_there_is_nothing_to_follow(make: Make) -> None:
    text, onward = shown(context(make, make.organisation()))

    assert "Ingen mätning pågår" in text
    assert onward == ["/matning/start", "/matning/respondenter"]


def test_a_sub_administrator_sees_the_own_branch_and_no_way_to_close(make: Make) -> None:
    organisation_id, _ = measured(make)

    text, onward = shown(context(make, organisation_id, Role.SUB_ADMINISTRATOR, branch="A"))

    assert "50\u00a0% 1 av 2 har svarat" in text
    assert "Enhet E" not in text
    assert onward == ["/matning/respondenter?enhet=A&status=skickad"]


def test_a_branch_outside_the_measurement_is_told_so(make: Make) -> None:
    organisation_id, _ = measured(make)
    make.units(organisation_id, {"Ny": "E"})

    text, _ = shown(context(make, organisation_id, Role.SUB_ADMINISTRATOR, branch="Ny"))

    assert "Din gren ingår inte i den här mätningen" in text


def test_a_unit_of_another_branch_looks_missing(make: Make) -> None:
    organisation_id, _ = measured(make)

    with pytest.raises(NotFound):
        shown(context(make, organisation_id, Role.SUB_ADMINISTRATOR, branch="A"), enhet="B")


def test_leadership_does_not_follow_who_answers(make: Make) -> None:
    organisation_id, _ = measured(make)

    with pytest.raises(Forbidden):
        shown(context(make, organisation_id, Role.LEADER))


def test_without_open_links_nothing_is_said_of_them(make: Make) -> None:
    organisation_id, _ = measured(make)

    text, _ = shown(context(make, organisation_id))

    assert "öppen länk" not in text.replace("Svar med öppen länk", "")
    assert "öppna länkar" not in text


def test_answers_by_open_links_stand_beside_the_others_for_the_whole_and_each_unit(make: Make) -> None:
    organisation_id, measurement_id = measured(make)
    link = make.open_link(organisation_id, measurement_id, {"A1": 20, "B": None})
    for unit, answers in (("A1", 5), ("B", 2)):
        own = update(OpenLinkUnit).where(OpenLinkUnit.link_id == link.id, OpenLinkUnit.unit_id == unit)
        make.session.execute(own.values(answers=answers))

    text, _ = shown(context(make, organisation_id))
    of_branch, _ = shown(context(make, organisation_id, Role.SUB_ADMINISTRATOR, branch="B"))

    assert "Dessutom 7 svar genom öppna länkar: 5 av 20 väntade, 25\u00a0%." in text
    assert "Svar via öppen länk Andel av väntade" in text
    assert "Enhet A 50\u00a0% 1 2 2 0 0 5 25\u00a0%" in text
    assert "Enhet B 0\u00a0% 0 1 3 0 1 2 –" in text
    assert "Dessutom 2 svar genom öppna länkar." in of_branch


def test_an_answer_by_open_link_redraws_the_page(make: Make) -> None:
    organisation_id, measurement_id = measured(make)
    link = make.open_link(organisation_id, measurement_id, {"A1": None})
    ctx = context(make, organisation_id)
    before = stand(follow.layout(ctx, access.desk(ctx)))

    make.session.execute(update(OpenLinkUnit).where(OpenLinkUnit.link_id == link.id).values(answers=1))

    assert follow.redraw(ctx, 1, (2026, None), before) is not no_update
