"""A cancelled measurement: nothing is received or sent any more, its year is free, and those invited stay invited."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from db.commands import ballots, measurements, outbox, respondents, sending
from db.commands.ballots import SealedAnswer
from db.models import Invitation, Job, Outbox
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.respondents.respondent_plan import RespondentDeed
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import MailState
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.intake.respondent_file import RespondentRow
from tests.conftest import AsWeb
from tests.db.measuring import NOW, TODAY
from tests.factories import Make


@pytest.fixture
def opened(make: Make) -> tuple[OrganisationId, MeasurementId]:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None})
    return organisation_id, make.measurement(organisation_id)


def cancel(make: Make, as_web: AsWeb, organisation_id: OrganisationId, measurement_id: MeasurementId) -> None:
    with as_web(organisation_id) as session:
        measurements.cancel(session, make.desk(organisation_id), measurement_id, NOW)


def read_in(
    make: Make,
    as_web: AsWeb,
    organisation_id: OrganisationId,
    measurement_id: MeasurementId,
    *addresses: str,
    year: int = 2026,
) -> dict[RespondentDeed, int]:
    """As the page does it; what became of the rows."""
    rows = [RespondentRow(number, address, UnitId("E"), None) for number, address in enumerate(addresses, 2)]
    desk, vault = make.desk(organisation_id), AddressVault.open(make.keys, organisation_id)
    with as_web(organisation_id) as session:
        foretold = respondents.plan_import(session, desk, vault, measurement_id, rows, year=year)
        done = respondents.import_respondents(session, desk, vault, measurement_id, rows)
    assert foretold.counts == done.counts
    return dict(done.counts)


def test_the_worker_is_asked_to_destroy_the_box(
    make: Make, as_web: AsWeb, opened: tuple[OrganisationId, MeasurementId]
) -> None:
    cancel(make, as_web, *opened)

    jobs = make.session.execute(select(Job.kind, Job.measurement_id).where(Job.organisation_id == opened[0])).all()
    assert [tuple(job) for job in jobs] == [("cancellation", opened[1])]


def test_no_answer_is_received_and_no_mail_is_sent(
    make: Make, as_web: AsWeb, opened: tuple[OrganisationId, MeasurementId]
) -> None:
    organisation_id, measurement_id = opened
    sent = make.invitation(*opened, "E", answered=False)
    make.invitation(*opened, "E", mail=MailState.NOT_SENT)
    with as_web(organisation_id) as session:
        assert outbox.enqueue_invitations(session, make.desk(organisation_id), measurement_id) == 2
    assert due(make, organisation_id) == 2

    cancel(make, as_web, *opened)

    with as_web(organisation_id) as session:
        assert not ballots.submit(session, access.form(sent.token), SealedAnswer(UnitId("E"), b"sealed"), TODAY)
    assert due(make, organisation_id) == 0


def test_the_year_is_free_for_another_measurement(
    make: Make, as_web: AsWeb, opened: tuple[OrganisationId, MeasurementId]
) -> None:
    organisation_id, measurement_id = opened
    cancel(make, as_web, *opened)

    with as_web(organisation_id) as session:
        drafts = {measurements.ensure_draft(session, make.desk(organisation_id), 2026) for _ in range(2)}

    assert len(drafts) == 1
    assert measurement_id not in drafts


@pytest.mark.parametrize(
    ("mail", "deed"),
    [
        (MailState.SENT, RespondentDeed.INVITED),
        (MailState.UNCERTAIN, RespondentDeed.INVITED),
        (MailState.BOUNCED, RespondentDeed.NEW),
        (MailState.NOT_SENT, RespondentDeed.NEW),
    ],
)
def test_whoever_was_written_to_this_year_cannot_be_invited_again(
    make: Make,
    as_web: AsWeb,
    opened: tuple[OrganisationId, MeasurementId],
    mail: MailState,
    deed: RespondentDeed,
) -> None:
    organisation_id, _ = opened
    make.invitation(*opened, "E", "eva@kommun.example", mail=mail)
    cancel(make, as_web, *opened)
    with as_web(organisation_id) as session:
        draft = measurements.ensure_draft(session, make.desk(organisation_id), 2026)

    done = read_in(make, as_web, organisation_id, draft, "EVA@kommun.example", "bo@kommun.example")

    assert done == ({deed: 1, RespondentDeed.NEW: 1} if deed is RespondentDeed.INVITED else {RespondentDeed.NEW: 2})
    listed = make.session.scalars(select(Invitation.id).where(Invitation.measurement_id == draft)).all()
    assert len(listed) == (1 if deed is RespondentDeed.INVITED else 2)


def test_next_year_everybody_can_be_invited(
    make: Make, as_web: AsWeb, opened: tuple[OrganisationId, MeasurementId]
) -> None:
    organisation_id, _ = opened
    make.invitation(*opened, "E", "eva@kommun.example")
    cancel(make, as_web, *opened)
    draft = make.measurement(organisation_id, MeasurementState.DRAFT, 2027)

    assert read_in(make, as_web, organisation_id, draft, "eva@kommun.example", year=2027) == {RespondentDeed.NEW: 1}


def test_the_worker_does_not_send_what_somebody_has_queued_past_the_rule(
    make: Make, as_web: AsWeb, opened: tuple[OrganisationId, MeasurementId]
) -> None:
    """As a mail that was under way in the moment of cancelling, and settled only when the next list was read in."""
    organisation_id, _ = opened
    make.invitation(*opened, "E", "eva@kommun.example")
    cancel(make, as_web, *opened)
    again = make.measurement(organisation_id)
    for address in ("eva@kommun.example", "bo@kommun.example"):
        make.invitation(organisation_id, again, "E", address, mail=MailState.NOT_SENT)
    desk = DeskScope(organisation_id, None, None)
    with as_web(organisation_id) as session:
        assert outbox.enqueue_invitations(session, desk, again) == 2

    assert due(make, organisation_id) == 1


def due(make: Make, organisation_id: OrganisationId) -> int:
    """How many mails a worker would send now; they go on waiting."""
    make.session.execute(update(Outbox).where(Outbox.organisation_id == organisation_id).values(due_at=NOW))
    scope = access.system(organisation_id)
    found = [
        (sender, mail)
        for sender in sending.senders(make.session, scope, NOW)
        for mail in sending.due(make.session, scope, sender, NOW, 10)
    ]
    with make.session.begin_nested() as looking:
        claimed = [sending.claim(make.session, scope, sender, mail, NOW) for sender, mail in found]
        looking.rollback()
    assert None not in claimed
    return len(claimed)
