"""From a mail that comes back to the key user's list, by mailbox and by the web's own door."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from db.commands import returned_mails
from db.engine import transaction
from db.models import ReturnedMail
from dimios_dash import access
from dimios_dash.domain.returned import Outcome, Returned
from dimios_dash.ids import PLATFORM
from dimios_dash.mail.delivery import Postman
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import invitations, returned, upkeep
from tests.mail.letterbox_server import letterbox_server
from tests.mail.reports import reply, report
from tests.smtp_server import SmtpServer
from tests.worker.waiting import NOW, Waiting


@pytest.fixture
def coming_back(here: Surroundings) -> Surroundings:
    """Mails come back to an address of their own."""
    settings = here.settings.model_copy(
        update={"bounce_address": "studs@dimios.example", "mail_from": "matning@dimios.example"}
    )
    return Surroundings(settings, here.engine, here.keys)


@pytest.fixture(autouse=True)
def _nothing_counted(waiting: Waiting) -> None:
    waiting.make.session.execute(text("delete from returned_mail"))
    waiting.make.session.commit()


def send(here: Surroundings, waiting: Waiting, kind: str = "invitation") -> UUID:
    outbox_id = waiting.invite("eva@ekhamn.example", kind)
    with Postman(here.settings) as postman:
        list(invitations.send_due(here, postman, lambda: NOW))
    return outbox_id


def come_back(here: Surroundings, *messages: bytes) -> None:
    """The worker empties the mailbox."""
    for scheme in ("pop3", "imap")[: 1 if len(messages) == 1 else 2]:
        with letterbox_server(scheme, list(messages)) as mailbox:
            address = f"{scheme}://studs:hemligt%401@127.0.0.1:{mailbox.port}/"
            settings = here.settings.model_copy(update={"bounce_mailbox": address})
            returned.empty_letterbox(Surroundings(settings, here.engine, here.keys), NOW)
            assert mailbox.messages == []
    returned.settle(here)


def counted(waiting: Waiting) -> dict[str, int]:
    rows = waiting.make.session.scalars(select(ReturnedMail.outcome)).all()
    waiting.make.session.rollback()
    return {outcome: rows.count(outcome) for outcome in rows}


@pytest.mark.parametrize("kind", ["invitation", "reminder1"])
def test_a_mail_that_comes_back_to_its_own_address_has_bounced(
    coming_back: Surroundings, server: SmtpServer, waiting: Waiting, kind: str
) -> None:
    outbox_id = send(coming_back, waiting, kind)

    come_back(coming_back, report(to=server.senders[0]))

    assert server.senders[0].startswith("studs+")
    assert server.mails[0]["From"].addresses[0].addr_spec == "matning@dimios.example"
    assert waiting.state(outbox_id) == ("failed", "bounced")
    why = waiting.make.session.scalars(text("select error from outbox")).one()
    assert why == "Adressen finns inte hos mottagaren (5.1.1)."


def test_what_says_nothing_of_a_mail_of_ours_changes_nothing_and_is_counted(
    coming_back: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    outbox_id = send(coming_back, waiting)
    ours = server.senders[0]

    come_back(
        coming_back,
        reply("Autosvar: Semester"),
        report(to=ours, action="delayed", status="4.4.1"),
        report(original=uuid4()),
        report(to=ours.replace("studs+a", "studs+b").replace("studs+c", "studs+d")[:30] + "@dimios.example"),
        reply("Hej, vad är det här?"),
    )

    assert waiting.state(outbox_id) == ("sent", "sent")
    assert counted(waiting) == {"automatic": 2, "delayed": 2, "unplaced": 6}  # by POP3 and by IMAP


def test_nothing_of_a_message_is_kept(coming_back: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    send(coming_back, waiting)
    come_back(coming_back, report(to=server.senders[0]))
    come_back(coming_back, reply("Eva Ek är sjuk", "X-Autoreply: yes"))

    rows = waiting.make.session.scalars(text("select t::text from returned_mail t")).all()

    assert len(rows) == 2
    assert not [row for row in rows if "ekhamn" in row or "Eva" in row or "studs" in row]


def test_a_report_that_is_quicker_than_the_worker_waits_for_it(coming_back: Surroundings, waiting: Waiting) -> None:
    outbox_id = waiting.invite("eva@ekhamn.example")
    with Postman(coming_back.settings) as postman:
        for _ in invitations.send_due(coming_back, postman, lambda: NOW):
            with transaction(coming_back.engine, PLATFORM) as session:
                found = Returned(Outcome.FAILED, outbox_id, "5.1.1")
                returned_mails.record(session, access.system(PLATFORM), found, NOW.date())
            returned.settle(coming_back)  # the mail is still in the worker's hands
    returned.settle(coming_back)

    assert waiting.state(outbox_id) == ("failed", "bounced")


def test_whoever_has_bounced_gets_no_reminder(coming_back: Surroundings, server: SmtpServer, waiting: Waiting) -> None:
    send(coming_back, waiting)
    come_back(coming_back, report(to=server.senders[0]))
    queued = (
        "insert into outbox (organisation_id, id, measurement_id, invitation_id, kind, due_at) select organisation_id,"
        " gen_random_uuid(), measurement_id, invitation_id, 'reminder1', due_at from outbox"
    )
    waiting.make.session.execute(text(queued))
    waiting.make.session.commit()

    with Postman(coming_back.settings) as postman:
        list(invitations.send_due(coming_back, postman, lambda: NOW))

    assert len(server.mails) == 1
    assert waiting.states() == ["dropped", "failed"]


def test_a_mailbox_that_is_away_stops_nothing(coming_back: Surroundings) -> None:
    settings = coming_back.settings.model_copy(update={"bounce_mailbox": "pop3://a:b@127.0.0.1:1/"})

    assert returned.empty_letterbox(Surroundings(settings, coming_back.engine, coming_back.keys), NOW) == 0


def test_counts_are_forgotten_after_a_while(coming_back: Surroundings, waiting: Waiting) -> None:
    with transaction(coming_back.engine, PLATFORM) as session:
        for day in (NOW.date(), NOW.date() - returned_mails.KEPT_FOR * 2):
            returned_mails.record(session, access.system(PLATFORM), Returned(Outcome.UNPLACED), day)

    upkeep.run(coming_back, NOW)

    assert counted(waiting) == {"unplaced": 1}
