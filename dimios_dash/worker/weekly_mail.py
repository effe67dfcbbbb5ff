"""Tells key users every Monday how an open measurement goes, unless they have switched it off.

A worker that is killed in the middle may write to somebody twice; the second mail has the same Message-ID.
"""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import structlog

from db.engine import transaction
from db.queries import key_users, open_measurements
from db.queries.key_users import KeyUser
from db.queries.open_measurements import OpenMeasurement
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.addresses import deliverable_address
from dimios_dash.domain.calendar import days_left, today_in_stockholm
from dimios_dash.domain.days import written
from dimios_dash.domain.response_goal import Standing, standing
from dimios_dash.figures.numbers import count, percent
from dimios_dash.mail import staff
from dimios_dash.mail.delivery import Delivery, Postman
from dimios_dash.mail.messages import Sender
from dimios_dash.mail.signing import signing_postman
from dimios_dash.mail.staff import StaffMail
from dimios_dash.surroundings import Surroundings

log = structlog.get_logger()


def send(here: Surroundings, now: datetime) -> int:
    """Write to everybody who wants it; how many mails were taken."""
    today = today_in_stockholm(now)
    with transaction(here.engine, None) as session:
        found = open_measurements.on(session, access.system(), today)
        receivers = {
            each.organisation_id: key_users.all_of(session, access.system(each.organisation_id), today)
            for each in found
        }
    with signing_postman(here.settings, here.keys) as postman:
        return sum(
            _send(here, postman, measurement, receiver, now)
            for measurement in found
            for receiver in receivers[measurement.organisation_id]
            if receiver.weekly_mail
        )


def _send(here: Surroundings, postman: Postman, found: OpenMeasurement, receiver: KeyUser, now: datetime) -> bool:
    address = AddressVault.open(here.keys, found.organisation_id).decrypt(receiver.account_id, receiver.address)
    mail = _mail(here, found, receiver, deliverable_address(address), now)
    sender = Sender(here.settings.mail_from, here.settings.support_address)
    delivery = postman.deliver(staff.write(mail, sender, now)).delivery
    if delivery is not Delivery.SENT:
        log.warning("weekly_mail_not_sent", mail=str(mail.id), why=delivery.name.lower())
    return delivery is Delivery.SENT


def _mail(here: Surroundings, found: OpenMeasurement, receiver: KeyUser, address: str, now: datetime) -> StaffMail:
    today = today_in_stockholm(now)
    rate = found.answered / found.invited
    words = _WORDS.format(
        organisation=receiver.organisation,
        year=found.year,
        answered=count(found.answered),
        invited=count(found.invited),
        rate=percent(rate),
        standing=_STANDING[standing(rate, found.goal, found.period, today)].format(goal=found.goal),
        last_day=written(found.period.closes),
        days=days_left(found.period, today),
        link=f"{here.settings.address}/matning/folj?ar={found.year}",
    )
    name = f"dimios-dash:weekly:{found.id}:{today}:{receiver.account_id}"
    subject = f"Mätningen {found.year}: {percent(rate)} har svarat"
    return StaffMail(uuid5(NAMESPACE_URL, name), subject, tuple(words.splitlines()), address)


_STANDING = {
    Standing.REACHED: "Målet på {goal} % är nått.",
    Standing.ON_THE_WAY: "Ni är på väg mot målet på {goal} %.",
    Standing.BEHIND: "Det går långsammare än vad som behövs för att nå målet på {goal} %. En påminnelse brukar hjälpa, "
    "och ännu mer att cheferna berättar varför svaren behövs.",
}
_WORDS = """\
Hej!
I mätningen för {year} i {organisation} har {answered} av {invited} svarat, {rate}. {standing}
Det går att svara till och med {last_day}. Dagar kvar, i dag inräknad: {days}.
Se hur det går i varje enhet, och välj bort det här mejlet, på
{link}"""
