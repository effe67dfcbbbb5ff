"""/sprak: somebody who is signed in chooses the language of their pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from db.commands import own_account
from dimios_dash import access
from dimios_dash.errors import Invalid
from dimios_dash.language import Language
from dimios_dash.web import context

blueprint = Blueprint("own_language", __name__)


@blueprint.post("/sprak")
def choose() -> Response:
    """From the next page on, which is the one they came from. Raises Invalid for a language that we do not speak."""
    wanted = request.form.get("sprak", "")
    if wanted not in set(Language):
        raise Invalid("Språket finns inte här. Gå tillbaka och välj ett i listan.")
    with context() as ctx:
        own_account.choose_language(ctx.session, access.home(ctx), Language(wanted))
    return redirect(_back(), 303)


def _back() -> str:
    """Path and query of the page they came from, here: never another site."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return "/"
    path = "/" + came_from.path.lstrip("/\\")  # two strokes would begin the name of another host
    return f"{path}?{came_from.query}" if came_from.query else path
