"""Sends invitations and reminders: claim, compute the link, send, settle. One mail at a time.

A worker that is killed therefore leaves at most one mail of which nobody knows whether it was sent.
"""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

import structlog
from sqlalchemy.orm import Session

from db.commands import outbox
from db.commands.outbox import Claimed
from db.engine import transaction
from db.queries import ciphertexts
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.key_names import links_key
from dimios_dash.crypto.key_ring import BadCiphertext, UnknownKey
from dimios_dash.crypto.keystore import KeyMissing
from dimios_dash.crypto.tokens import invitation_token, token_hash
from dimios_dash.domain.addresses import deliverable_address
from dimios_dash.domain.work import INVITATION
from dimios_dash.errors import Invalid
from dimios_dash.mail import messages
from dimios_dash.mail.delivery import Answer, Delivery, Postman
from dimios_dash.mail.messages import Letter, Sender
from dimios_dash.surroundings import Surroundings

log = structlog.get_logger()

_UNREADABLE = "Adressen eller länken gick inte att läsa med de nycklar som finns här."


def tidy(here: Surroundings, now: datetime) -> None:
    """Settle the mails of workers that are gone, and drop those that have become needless."""
    with transaction(here.engine, None) as session:
        uncertain = outbox.expire_leases(session, access.system(), now)
        outbox.drop_answered(session, access.system(), now)
    if uncertain:
        log.warning("mails_uncertain", count=uncertain)


def send_next(here: Surroundings, postman: Postman, now: datetime) -> Delivery | None:
    """Send the mail that has been due longest, and say what became of it; None when none is due.

    Refused is also what we cannot write: its address or link does not open with the keys that are here.
    """
    with transaction(here.engine, None) as session:
        claimed = outbox.claim(session, access.system(), now, 1)
    if not claimed:
        return None
    answer = _send(here, postman, claimed[0], now)
    if answer.delivery is not Delivery.SENT:
        log.warning("mail_not_sent", mail=str(claimed[0].id), why=answer.delivery.name.lower(), code=answer.code)
    return answer.delivery


def _send(here: Surroundings, postman: Postman, mail: Claimed, now: datetime) -> Answer:
    try:
        message = _written(here, mail, now)
    except (BadCiphertext, KeyMissing, Invalid):
        with transaction(here.engine, None) as session:
            outbox.mark_failed(session, access.system(), mail, _UNREADABLE)
        return Answer(Delivery.REFUSED)
    answer = postman.deliver(message)
    with transaction(here.engine, None) as session:
        _settle(session, mail, answer, now)
    return answer


def _written(here: Surroundings, mail: Claimed, now: datetime) -> EmailMessage:
    """The mail with its link, which opens the form from now on. Raises BadCiphertext, KeyMissing, Invalid."""
    address = _address(here, mail)
    token = invitation_token(here.keys.read(links_key(mail.measurement_id)), mail.organisation_id, mail.invitation_id)
    letter = Letter(
        outbox_id=mail.id,
        organisation=mail.organisation,
        closes=mail.closes,
        k=mail.k,
        address=deliverable_address(address),
        link=f"{here.settings.address}/svara/{token}",
    )
    with transaction(here.engine, None) as session:
        outbox.record_link(session, access.system(), mail, token_hash(token))
    write = messages.invitation if mail.kind == INVITATION else messages.reminder
    return write(letter, Sender(here.settings.mail_from, here.settings.support_address), now)


def _address(here: Surroundings, mail: Claimed) -> str:
    """Read again where the key it was claimed with has been destroyed since, at the end of a rotation."""
    vault = AddressVault.open(here.keys, mail.organisation_id)
    try:
        return vault.decrypt(mail.invitation_id, mail.address)
    except UnknownKey:
        with transaction(here.engine, None) as session:
            ciphertext = ciphertexts.of_invitation(session, access.system(mail.organisation_id), mail.invitation_id)
        return vault.decrypt(mail.invitation_id, ciphertext)


def _settle(session: Session, mail: Claimed, answer: Answer, now: datetime) -> None:
    scope, code = access.system(), f"kod {answer.code or 'saknas'}"  # never the server's words: an address is in them
    match answer.delivery:
        case Delivery.SENT:
            outbox.mark_sent(session, scope, mail)
        case Delivery.REFUSED:
            outbox.mark_bounced(session, scope, mail, f"Mottagarens mejlserver tar inte emot mejlet ({code}).")
        case Delivery.POSTPONED:
            outbox.postpone(session, scope, mail, now, f"Mejlservern kunde inte ta emot mejlet än ({code}).")
        case Delivery.UNREACHABLE:
            outbox.put_back(session, scope, mail, now)
        case Delivery.UNCERTAIN:
            outbox.mark_uncertain(session, scope, mail, "Förbindelsen bröts medan mejlet lämnades över.")
