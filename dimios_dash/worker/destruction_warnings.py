"""Warns key users, three times, that the answers of a measurement nobody releases will be destroyed.

Kept before it is sent, so that each warning is sent once, however many workers there are; taken back where our own
mail server could not be reached before the first mail was out. The home page shows the same, whatever becomes of mails.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import structlog

from db.commands import unreleased
from db.commands.unreleased import Unreleased
from db.engine import transaction
from db.queries import key_users
from db.queries.key_users import KeyUser
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.addresses import deliverable_address
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.days import written
from dimios_dash.domain.destruction import KEPT, WARNED_AFTER
from dimios_dash.mail import staff
from dimios_dash.mail.delivery import Delivery, Postman
from dimios_dash.mail.messages import Sender
from dimios_dash.mail.signing import signing_postman
from dimios_dash.mail.staff import StaffMail
from dimios_dash.surroundings import Surroundings

log = structlog.get_logger()


def give(here: Surroundings, now: datetime) -> int:
    """Give every warning that is due; how many measurements were warned of."""
    today = today_in_stockholm(now)
    with transaction(here.engine, None) as session:
        closed = unreleased.closed(session, access.system())
    due = [(found, number) for found in closed if (number := found.days.warning_due(today)) is not None]
    with signing_postman(here.settings, here.keys) as postman:
        return sum(_give(here, postman, found, number, now) for found, number in due)


def _give(here: Surroundings, postman: Postman, found: Unreleased, number: int, now: datetime) -> bool:
    today, scope = today_in_stockholm(now), access.system(found.organisation_id)
    with transaction(here.engine, None) as session:
        ours = unreleased.record_warning(session, scope, found, number, today)
        receivers = key_users.all_of(session, scope, today) if ours else []
    warned = replace(found, days=replace(found.days, warned_on=(*found.days.warned_on, today)))
    became = [_send(here, postman, warned, receiver, now) for receiver in receivers]
    if became and all(each is Delivery.UNREACHABLE for each in became):
        with transaction(here.engine, None) as session:
            unreleased.take_back_warning(session, scope, found, number)
        return False
    return ours


def _send(here: Surroundings, postman: Postman, warned: Unreleased, receiver: KeyUser, now: datetime) -> Delivery:
    address = AddressVault.open(here.keys, warned.organisation_id).decrypt(receiver.account_id, receiver.address)
    mail = _mail(here, warned, receiver, deliverable_address(address))
    sender = Sender(here.settings.mail_from, here.settings.support_address)
    delivery = postman.deliver(staff.write(mail, sender, now)).delivery
    if delivery is not Delivery.SENT:
        log.warning("warning_not_sent", mail=str(mail.id), why=delivery.name.lower())
    return delivery


def _mail(here: Surroundings, warned: Unreleased, receiver: KeyUser, address: str) -> StaffMail:
    days = warned.days
    number, last_day = len(days.warned_on), written(days.destroyed_on)
    name = f"dimios-dash:warning:{warned.measurement_id}:{days.closed_on}:{number}:{receiver.account_id}"
    subject = f"Svaren i mätningen för {warned.year} förstörs den {last_day}"
    words = _WORDS.format(
        organisation=receiver.organisation,
        year=warned.year,
        closed=written(days.closed_on),
        last_day=last_day,
        link=f"{here.settings.address}/matning/avsluta?ar={warned.year}",
        number=number,
        support=here.settings.support_address,
    )
    return StaffMail(uuid5(NAMESPACE_URL, name), subject, tuple(words.splitlines()), address)


_WORDS = f"""\
Hej!
Mätningen för {{year}} i {{organisation}} avslutades den {{closed}}, men resultatet är inte publicerat.
Svar som ingen publicerar sparas i {KEPT.days} dagar. Den {{last_day}} förstörs de. Sedan finns de inte kvar \
någonstans, och det blir inget resultat av mätningen.
Vill ni ha resultatet? Logga in och publicera det före dess:
{{link}}
Det här är varning {{number}} av {len(WARNED_AFTER)}.
Har du frågor? Skriv till {{support}}."""
