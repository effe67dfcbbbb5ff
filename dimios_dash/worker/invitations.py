"""Sends invitations and reminders: claim, send, settle. One mail at a time, so that a worker that is killed leaves at
most one of which nobody knows whether it was sent.

What became of a mail is written in the transaction that claims the next.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

import structlog
from sqlalchemy.orm import Session

from db.commands import pace, reminders, sending, settling
from db.commands.sending import Claimed, Due, Sender
from db.engine import transaction
from db.queries import ciphertexts, wordings
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.key_names import BOUNCES_KEY, links_key
from dimios_dash.crypto.key_ring import BadCiphertext, UnknownKey
from dimios_dash.crypto.keystore import KeyMissing
from dimios_dash.crypto.tokens import invitation_token, token_hash
from dimios_dash.domain.addresses import deliverable_address
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.wording import TextKind
from dimios_dash.domain.work import INVITATION
from dimios_dash.errors import Invalid
from dimios_dash.ids import InvitationId
from dimios_dash.language import Language
from dimios_dash.mail import messages, returns
from dimios_dash.mail.delivery import Answer, Delivery, Postman
from dimios_dash.mail.messages import Letter
from dimios_dash.surroundings import Surroundings

TURN = 100  # mails of one measurement; then others have their turn, and the rest of the work
Clock = Callable[[], datetime]

log = structlog.get_logger()

_UNREADABLE = "Adressen eller länken gick inte att läsa med de nycklar som finns här."


@dataclass(frozen=True, slots=True)
class Desk:
    """What writing the letters of one measurement takes, fetched once for a turn."""

    here: Surroundings
    sender: Sender
    vault: AddressVault
    link_secret: bytes
    texts: Mapping[Language, Mapping[TextKind, str]]

    def token(self, invitation_id: InvitationId) -> str:
        """Of the invitation's link: the same each time."""
        return invitation_token(self.link_secret, self.sender.organisation_id, invitation_id)


def set_limit(here: Surroundings) -> None:
    """Make the pace of the settings hold for all workers of this place."""
    with transaction(here.engine, None) as session:
        pace.limit_place(session, access.system(), here.settings.mails_per_minute)


def tidy(here: Surroundings, now: datetime) -> None:
    """Settle the mails of workers that are gone, drop reminders that come too late, queue those whose day has come."""
    with transaction(here.engine, None) as session:
        uncertain = sending.expire_leases(session, access.system(), now)
        sending.drop_late(session, access.system(), now)
        reminded = reminders.queue_planned(session, access.system(), now)
    if uncertain:
        log.warning("mails_uncertain", count=uncertain)
    if reminded:
        log.info("reminders_queued", count=reminded)


def send_due(here: Surroundings, postman: Postman, clock: Clock) -> Generator[Delivery]:
    """Give each measurement with mails due its turn; says of each mail what became of it.

    Ends early where our mail server cannot be reached. Refused is also what we cannot write: its address or link does
    not open with the keys that are here. Whoever asks for no more must close it, so that the last mail is settled.
    """
    with transaction(here.engine, None) as session:
        senders = sending.senders(session, access.system(), clock())
    for sender in senders:
        for answer in _turn(here, postman, sender, clock):
            yield answer
            if answer is Delivery.UNREACHABLE:
                return


def _turn(here: Surroundings, postman: Postman, sender: Sender, clock: Clock) -> Generator[Delivery]:
    try:
        desk = _desk(here, sender)
    except (BadCiphertext, KeyMissing):
        log.exception("mails_cannot_be_written", measurement=str(sender.measurement_id))
        return
    settle = _Settling(desk)
    try:
        for waiting in _take(desk, clock()):
            mail = settle.then_claim(waiting, clock())
            if mail is not None:
                answer = _send(desk, postman, mail, clock())
                settle.keep(mail, answer)
                yield answer.delivery
    finally:
        settle.last(clock())


def _desk(here: Surroundings, sender: Sender) -> Desk:
    """Raises BadCiphertext, KeyMissing."""
    vault = AddressVault.open(here.keys, sender.organisation_id)
    with transaction(here.engine, None) as session:
        scope = access.system(sender.organisation_id)
        texts = {language: _texts(session, scope, language) for language in Language}
    return Desk(here, sender, vault, here.keys.read(links_key(sender.measurement_id)), texts)


def _texts(session: Session, scope: SystemScope, language: Language) -> Mapping[TextKind, str]:
    return {kind: said.text for kind, said in wordings.of_language(session, scope, language).items()}


def _take(desk: Desk, now: datetime) -> list[Due]:
    """The next mails of a turn, their links opened, as many as the pace allows."""
    scope, sender = access.system(), desk.sender
    with transaction(desk.here.engine, None) as session:
        found = sending.due(session, scope, sender, now, TURN)
        found = found[: pace.take(session, scope, sender.organisation_id, now, len(found))]
        links = {mail.invitation_id: token_hash(desk.token(mail.invitation_id)) for mail in found if not mail.has_link}
        sending.record_links(session, scope, sender, links)
    return found


class _Settling:
    """What became of the mail before, until it is written together with the claim of the next."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._before: tuple[Claimed, Answer] | None = None

    def keep(self, mail: Claimed, answer: Answer) -> None:
        """To be written with the next claim."""
        self._before = mail, answer

    def then_claim(self, waiting: Due, now: datetime) -> Claimed | None:
        """Write what became of the mail before, and claim this one."""
        with transaction(self._desk.here.engine, None) as session:
            self._write(session, now)
            claimed = sending.claim(session, access.system(), self._desk.sender, waiting, now)
        self._before = None
        return claimed

    def last(self, now: datetime) -> None:
        """Write what became of the last one."""
        if self._before is not None:
            with transaction(self._desk.here.engine, None) as session:
                self._write(session, now)

    def _write(self, session: Session, now: datetime) -> None:
        if self._before is not None:
            _settle(session, *self._before, now)


def _send(desk: Desk, postman: Postman, mail: Claimed, now: datetime) -> Answer:
    try:
        message = _written(desk, mail, now)
    except (BadCiphertext, KeyMissing, Invalid):
        answer = Answer(Delivery.UNWRITABLE)
    else:
        answer = postman.deliver(message, _returns_to(desk, mail))
    if answer.delivery is not Delivery.SENT:
        log.warning("mail_not_sent", mail=str(mail.id), why=answer.delivery.name.lower(), code=answer.code)
    return answer


def _written(desk: Desk, mail: Claimed, now: datetime) -> EmailMessage:
    """The mail with its link. Raises BadCiphertext, KeyMissing, Invalid."""
    settings = desk.here.settings
    letter = Letter(
        outbox_id=mail.id,
        organisation=desk.sender.organisation,
        closes=mail.closes,
        k=desk.sender.k,
        address=deliverable_address(_address(desk, mail)),
        link=f"{settings.address}/svara/{desk.token(mail.invitation_id)}",
        language=mail.language,
        texts=desk.texts[mail.language],
    )
    write = messages.invitation if mail.kind == INVITATION else messages.reminder
    return write(letter, messages.Sender(settings.mail_from, settings.support_address), now)


def _returns_to(desk: Desk, mail: Claimed) -> str | None:
    """Where the mail comes back to: an address of its own, where the settings name one."""
    bounces = desk.here.settings.bounce_address
    return None if bounces is None else returns.address(desk.here.keys.read(BOUNCES_KEY), mail.id, bounces)


def _address(desk: Desk, mail: Claimed) -> str:
    """Read again where the key it was claimed with has been destroyed since, at the end of a rotation."""
    try:
        return desk.vault.decrypt(mail.invitation_id, mail.address)
    except UnknownKey:
        with transaction(desk.here.engine, None) as session:
            ciphertext = ciphertexts.of_invitation(session, access.system(mail.organisation_id), mail.invitation_id)
        return desk.vault.decrypt(mail.invitation_id, ciphertext)


def _settle(session: Session, mail: Claimed, answer: Answer, now: datetime) -> None:
    scope, code = access.system(), f"kod {answer.code or 'saknas'}"  # never the server's words: an address is in them
    match answer.delivery:
        case Delivery.SENT:
            settling.mark_sent(session, scope, mail)
        case Delivery.REFUSED:
            settling.mark_bounced(session, scope, mail, f"Mottagarens mejlserver tar inte emot mejlet ({code}).")
        case Delivery.UNWELCOME:
            settling.mark_failed(session, scope, mail, f"En mejlserver stoppade mejlet för innehållets skull ({code}).")
        case Delivery.UNWRITABLE:
            settling.mark_failed(session, scope, mail, _UNREADABLE)
        case Delivery.POSTPONED:
            settling.postpone(session, scope, mail, now, f"Mejlservern kunde inte ta emot mejlet än ({code}).")
        case Delivery.UNREACHABLE:
            settling.put_back(session, scope, mail, now)
        case Delivery.UNCERTAIN:
            settling.mark_uncertain(session, scope, mail, "Förbindelsen bröts medan mejlet lämnades över.")
