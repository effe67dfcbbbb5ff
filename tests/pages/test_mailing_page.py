"""/matning/utskick: how the mails go, reminders, and mails that have not arrived."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from dash import html, no_update
from sqlalchemy import select, update

from db.models import Invitation, Measurement, Outbox, ReminderRound
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.work import MailState, OutboxState
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import MeasurementId, OrganisationId
from dimios_dash.web import Context
from pages.measurement import mailing, mailing_pace, mailing_reminders, mailing_state, mailing_stopped
from tests.conftest import AsWeb
from tests.factories import Invited, Make
from tests.pages.context import context, ids, parts, words

NOON = datetime(2026, 4, 10, 10, tzinfo=UTC)
Sent = tuple[Invited, UUID]


@pytest.fixture
def measured(make: Make) -> tuple[OrganisationId, MeasurementId]:
    """April 2026, two units."""
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None, "S": "E"})
    measurement_id = make.measurement(organisation_id)
    april = {"opens": date(2026, 4, 1), "closes": date(2026, 4, 30)}
    make.session.execute(update(Measurement).where(Measurement.id == measurement_id).values(april))
    return organisation_id, measurement_id


def sent(
    make: Make,
    measured: tuple[OrganisationId, MeasurementId],
    address: str,
    mail: MailState = MailState.SENT,
    state: OutboxState = OutboxState.SENT,
    *,
    unit: str = "S",
) -> Sent:
    invited = make.invitation(*measured, unit, address, mail=mail)
    return invited, make.mail(*measured, invited.id, state)


def drawn(ctx: Context) -> object:
    return mailing.layout(ctx, access.desk(ctx))


def key_user(make: Make, measured: tuple[OrganisationId, MeasurementId], now: datetime = NOON) -> Context:
    return context(make, measured[0], now=now)


def test_before_the_start_the_way_leads_there(make: Make) -> None:
    assert "Inget har skickats" in words(drawn(context(make, make.organisation())))


def test_it_says_how_many_and_to_whom_before_anything_goes_out(
    make: Make, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    for number in range(3):
        sent(make, measured, f"nr{number}@prov.example")
    sent(make, measured, "studs@prov.example", MailState.BOUNCED, OutboxState.FAILED)
    make.invitation(*measured, "E", answered=True)

    said = words(drawn(key_user(make, measured)))

    assert "3 personer har fått sin inbjudan men inte svarat" in said
    assert "Enhet S 3" in said
    assert "Ja, påminn 3 personer" in said
    assert "Ämne:  Påminnelse: svara gärna senast den 30 april 2026" in said
    assert "Det här är ett förslag" in said


def test_a_planned_round_is_shown_with_its_day_and_survives_being_drawn_again(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    sent(make, measured, "eva@prov.example")

    with as_web(measured[0]) as session:
        ctx = context(make, measured[0], now=NOON, session=session)
        _state, content = mailing.plan(ctx, 1, [date(2026, 4, 15), None, date(2026, 4, 17)], 2026)

    said = words(content)
    assert "15 april 2026 klockan 7. Svarar ingen fler innan dess går den till 1 person." in said
    assert "Bara 2 dagar mellan 15 april 2026 och 17 april 2026" in said
    assert make.session.scalars(select(ReminderRound.day).order_by(ReminderRound.day)).all() == [
        date(2026, 4, 15),
        date(2026, 4, 17),
    ]


def test_a_reminder_that_follows_too_soon_is_warned_of(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    sent(make, measured, "eva@prov.example")

    with as_web(measured[0]) as session:
        ctx = context(make, measured[0], now=NOON, session=session)
        state, content = mailing.remind(ctx, 1, 2026)

    assert "En påminnelse har gått i dag Vänta gärna med nästa till 14 april 2026" in words(content)
    assert "Påminnelse 1 10 april 2026 0 1 0 0 0 0" in words(state)


def test_a_second_reminder_is_offered_the_day_after_the_first(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    sent(make, measured, "eva@prov.example")

    with as_web(measured[0]) as session:
        ctx = context(make, measured[0], now=NOON, session=session)
        _state, today = mailing.remind(ctx, 1, 2026)
        tomorrow = drawn(replace(ctx, now=NOON + timedelta(days=1)))

    assert offers(today) == [False]
    assert offers(tomorrow) == [True]


def test_a_pause_is_in_sight_and_takes_the_button_away(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    sent(make, measured, "eva@prov.example", MailState.NOT_SENT, OutboxState.WAITING)

    with as_web(measured[0]) as session:
        ctx = context(make, measured[0], now=NOON, session=session)
        paused, _ = mailing.pause(ctx, 1, 2026)
        resumed, _ = mailing.resume(ctx, 1, 2026)

    assert "Utskicken är pausade" in words(paused)
    assert "1 mejl väntar" in words(paused)
    assert "Utskicken är pausade" not in words(resumed)


def test_a_corrected_address_gets_an_invitation_and_the_old_link_dies(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    wrong, mail = sent(make, measured, "evva@prov.example", MailState.BOUNCED, OutboxState.FAILED)

    with as_web(measured[0]) as session:
        ctx = context(make, measured[0], now=NOON, session=session)
        _state, content = mailing.correct(ctx, 1, mail, "Eva@prov.example", 2026)

    assert "evva@prov.example" not in words(content)
    assert make.session.get_one(Invitation, (measured[0], wrong.id)).removed
    waiting = make.session.execute(
        select(Invitation.id, Invitation.address, Invitation.unit_id)
        .join(Outbox, Outbox.invitation_id == Invitation.id)
        .where(Outbox.state == "waiting")
    ).one()
    assert AddressVault.open(make.keys, measured[0]).decrypt(waiting.id, waiting.address) == "Eva@prov.example"
    assert waiting.unit_id == "S"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("BO@prov.example", "finns redan bland dem"),
        ("evva@PROV.example", "densamma som förut"),
        ("eva", "inte en e-postadress"),
        ("", "inte en e-postadress"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId], address: str, sentence: str
) -> None:
    sent(make, measured, "bo@prov.example")
    wrong, mail = sent(make, measured, "evva@prov.example", MailState.BOUNCED, OutboxState.FAILED)

    with pytest.raises(Invalid, match=sentence), as_web(measured[0]) as session:
        mailing.correct(context(make, measured[0], now=NOON, session=session), 1, mail, address, 2026)

    assert not make.session.get_one(Invitation, (measured[0], wrong.id)).removed
    assert len(make.session.scalars(select(Invitation.id)).all()) == 2


def test_a_mail_is_sent_again_to_the_same_address_or_the_person_removed(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    _, again = sent(make, measured, "full@prov.example", MailState.BOUNCED, OutboxState.FAILED)
    gone, remove = sent(make, measured, "slutat@prov.example", MailState.BOUNCED, OutboxState.FAILED)

    with as_web(measured[0]) as session:
        ctx = context(make, measured[0], now=NOON, session=session)
        mailing.send_again(ctx, 1, again, 2026)
        _state, content = mailing.remove(ctx, 1, remove, 2026)

    assert "prov.example" not in words(content)
    assert make.session.get_one(Outbox, (measured[0], again)).state == "waiting"
    assert make.session.get_one(Invitation, (measured[0], gone.id)).removed


def test_when_the_filter_is_open_all_are_sent_again_at_once(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    for number in range(3):
        sent(make, measured, f"nr{number}@prov.example", MailState.BOUNCED, OutboxState.FAILED)
    sent(make, measured, "bo@prov.example", MailState.UNCERTAIN, OutboxState.UNCERTAIN)

    with as_web(measured[0]) as session:
        mailing.send_all_again(context(make, measured[0], now=NOON, session=session), 1, 2026)

    states = make.session.scalars(select(Outbox.state)).all()
    assert sorted(states) == ["uncertain", "waiting", "waiting", "waiting"]


def test_uncertain_mails_are_sent_again_or_marked_only_on_somebodys_word(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    _, first = sent(make, measured, "eva@prov.example", MailState.UNCERTAIN, OutboxState.UNCERTAIN)
    other, second = sent(make, measured, "bo@prov.example", MailState.UNCERTAIN, OutboxState.UNCERTAIN)
    assert "Osäkert om de kom fram: 2" in words(drawn(key_user(make, measured)))

    with as_web(measured[0]) as session:
        ctx = context(make, measured[0], now=NOON, session=session)
        mailing.send_unsure_again(ctx, 1, [first], 2026)
        mailing.mark_arrived(ctx, 1, [second], 2026)

    assert [make.session.get_one(Outbox, (measured[0], each)).state for each in (first, second)] == ["waiting", "sent"]
    assert make.session.get_one(Invitation, (measured[0], other.id)).mail == "sent"


def test_a_sub_administrator_sees_and_mends_their_branch_and_decides_nothing_for_the_whole(
    make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]
) -> None:
    _, theirs = sent(make, measured, "inne@prov.example", MailState.BOUNCED, OutboxState.FAILED)
    _, others = sent(make, measured, "ute@prov.example", MailState.BOUNCED, OutboxState.FAILED, unit="E")

    with as_web(measured[0]) as session:
        ctx = context(make, measured[0], Role.SUB_ADMINISTRATOR, now=NOON, branch="S", session=session)
        found = drawn(ctx)
        with pytest.raises(NotFound):
            mailing.remove(ctx, 1, others, 2026)
        with pytest.raises(Forbidden):
            mailing.remind(ctx, 1, 2026)
        mailing.send_again(ctx, 1, theirs, 2026)

    assert "inne@prov.example" in words(found)
    assert "ute@prov.example" not in words(found)
    deciding = {mailing_state.Id.pause, mailing_reminders.Id.now, mailing_reminders.Id.save, mailing_pace.Id.save}
    assert not deciding & set(ids(found))


def test_a_closed_measurement_shows_what_was_and_offers_nothing(make: Make) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None})
    make.measurement(organisation_id, MeasurementState.CLOSED)

    found = ids(drawn(context(make, organisation_id, now=NOON)))

    assert not {mailing_state.Id.pause, mailing_reminders.Id.now, mailing_stopped.Id.correct} & set(found)


def test_a_pace_is_kept_and_shown(make: Make, as_web: AsWeb, measured: tuple[OrganisationId, MeasurementId]) -> None:
    with as_web(measured[0]) as session:
        ctx = context(make, measured[0], now=NOON, session=session)
        _state, content = mailing.set_pace(ctx, 1, "45", 2026)
        with pytest.raises(Invalid, match="från 1 till"):
            mailing.set_pace(ctx, 1, "1000000", 2026)

    assert "Högst 45 mejl i minuten" in words(content)


def test_a_button_that_is_only_drawn_does_nothing(make: Make, measured: tuple[OrganisationId, MeasurementId]) -> None:
    _, mail = sent(make, measured, "eva@prov.example", MailState.UNCERTAIN, OutboxState.UNCERTAIN)
    ctx, nothing = key_user(make, measured), (no_update, no_update)

    answers = [
        *(
            deed(ctx, None, 2026)
            for deed in (mailing.pause, mailing.resume, mailing.call_off, mailing.remind, mailing.send_all_again)
        ),
        mailing.plan(ctx, None, [], 2026),
        mailing.set_pace(ctx, None, "10", 2026),
        mailing.correct(ctx, None, mail, "a@b.se", 2026),
        *(deed(ctx, None, mail, 2026) for deed in (mailing.remove, mailing.send_again)),
        *(deed(ctx, None, [mail], 2026) for deed in (mailing.send_unsure_again, mailing.mark_arrived)),
    ]

    assert answers == [nothing] * 12
    assert make.session.get_one(Outbox, (measured[0], mail)).state == "uncertain"


def offers(drawn: object) -> list[bool]:
    """Whether the button that reminds at once is in sight."""
    folded = [part for part in parts(drawn) if isinstance(part, html.Details)]
    return [not getattr(part, "hidden", False) for part in folded if mailing_reminders.Id.now in ids(part)]
