"""Empties the mailbox that undeliverable mails come back to, and marks those mails as bounced."""

from __future__ import annotations

from datetime import datetime

import structlog

from db.commands import returned_mails
from db.engine import transaction
from dimios_dash import access
from dimios_dash.crypto.key_names import BOUNCES_KEY
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.ids import PLATFORM
from dimios_dash.mail import returned
from dimios_dash.mail.letterbox import UNREACHABLE, Letterbox, letters
from dimios_dash.surroundings import Surroundings

MOST_AT_ONCE = 200

log = structlog.get_logger()


def empty_letterbox(here: Surroundings, now: datetime) -> int:
    """Read and delete what has come since, where the settings name a mailbox; how many. One that is away is left."""
    if here.settings.bounce_mailbox is None:
        return 0
    box, key, count = Letterbox.at(here.settings.bounce_mailbox), here.keys.read(BOUNCES_KEY), 0
    try:
        for content in letters(box, MOST_AT_ONCE):
            found = returned.read(content, key, here.settings.mail_domain)
            with transaction(here.engine, None) as session:
                returned_mails.record(session, access.system(PLATFORM), found, today_in_stockholm(now))
            count += 1
    except UNREACHABLE as problem:
        log.warning("letterbox_away", kind=type(problem).__name__)
    return count


def settle(here: Surroundings) -> None:
    """What the mailbox and the web's own door have taken in."""
    with transaction(here.engine, None) as session:
        bounced = returned_mails.settle(session, access.system(PLATFORM))
    if bounced:
        log.info("mails_bounced", count=bounced)
