"""A round of the worker over the outbox."""

from __future__ import annotations

from datetime import datetime

from dimios_dash.mail.delivery import Delivery, Postman
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import invitations
from tests.worker.waiting import NOW


def send_all(here: Surroundings, now: datetime = NOW) -> list[Delivery]:
    invitations.tidy(here, now)
    with Postman(here.settings) as postman:
        return list(invitations.send_due(here, postman, lambda: now))
