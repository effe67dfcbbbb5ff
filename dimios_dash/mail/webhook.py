"""POST /webhook/studs: a mail server hands over what came back, as it came, with the shared secret."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime

from flask import Blueprint, request
from werkzeug.exceptions import RequestEntityTooLarge, Unauthorized

from db.commands import returned_mails
from db.engine import transaction
from dimios_dash import access
from dimios_dash.crypto.key_names import BOUNCES_KEY
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.errors import NotFound
from dimios_dash.ids import PLATFORM
from dimios_dash.mail import returned
from dimios_dash.web import NO_SUCH_PAGE, surroundings

LARGEST = 2**20  # a report returns little more than the head of a mail

blueprint = Blueprint("returned", __name__)


@blueprint.post("/webhook/studs")
def webhook() -> tuple[str, int]:
    """Read and counted; the message itself is not kept. 404 where the settings name no secret."""
    here = surroundings()
    secret = here.settings.bounce_secret
    if not secret:
        raise NotFound(NO_SUCH_PAGE)
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {secret}".encode()):
        raise Unauthorized
    if (request.content_length or 0) > LARGEST:
        raise RequestEntityTooLarge
    found = returned.read(request.get_data(), here.keys.read(BOUNCES_KEY), here.settings.mail_domain)
    with transaction(here.engine, PLATFORM) as session:
        returned_mails.record(session, access.system(PLATFORM), found, today_in_stockholm(datetime.now(UTC)))
    return "", 204
