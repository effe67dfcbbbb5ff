"""/logga-in and /logga-ut."""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from db.commands import sign_in as commands
from db.engine import set_organisation, transaction
from db.queries import identity
from dimios_dash import access, guard
from dimios_dash.crypto.passwords import burn, hash_password, needs_rehash, verify_password
from dimios_dash.crypto.tokens import csrf_token
from dimios_dash.domain.scopes import SignInScope
from dimios_dash.errors import Invalid
from dimios_dash.web import context, surroundings

WRONG = "E-postadressen eller lösenordet stämmer inte. Försök igen."
BRAKED = "Det har blivit för många försök. Vänta en kvart och försök igen."

blueprint = Blueprint("public", __name__, template_folder="templates")


@blueprint.get("/logga-in")
def form() -> Response | str:
    """The sign-in form; somebody who is signed in goes on."""
    if current_user.is_authenticated:
        return redirect(_next(), 303)
    return _form()


@blueprint.post("/logga-in")
def sign_in() -> Response | str | tuple[str, int]:
    """Check address and password; on success a new session, on failure the form with a sentence."""
    _check_form()
    address, password = request.form.get("epost", ""), request.form.get("losenord", "")
    try:
        scope = access.sign_in(surroundings().keys, address, request.remote_addr or "")
    except Invalid:
        burn()
        return _form(WRONG, address), 401
    secret = _try(scope, password)
    if secret is None:
        return _form(BRAKED if _braked(scope) else WRONG, address), 429 if _braked(scope) else 401
    return _let_in(secret)


@blueprint.post("/logga-ut")
def sign_out() -> Response:
    """End this session; the row is gone, so a copied cookie is worthless."""
    if current_user.is_authenticated:
        guard.check_csrf(request.form.get("csrf"))
        with context() as ctx:
            commands.end_session(ctx.session, access.home(ctx), current_user.secret)
        logout_user()
    answer = redirect("/logga-in", 303)
    answer.delete_cookie(guard.csrf_cookie_name(surroundings()))
    return answer


def _try(scope: SignInScope, password: str) -> str | None:
    """A session's secret; None for a wrong address or password, or for one who has guessed too often.

    A stranger's address costs the same time as a known one with a wrong password.
    """
    now = datetime.now(UTC)
    with transaction(surroundings().engine, None) as database:
        if commands.is_braked(database, scope, now):
            return None
        account = identity.account_of(database, scope.address_index)
        if account is not None:
            set_organisation(database, account.organisation_id)
            stored = identity.password_hash(database, account, now)
            if stored is not None and verify_password(stored, password):
                if needs_rehash(stored):
                    commands.store_password(database, scope, account, hash_password(password))
                return commands.start_session(database, scope, account, now)
        if account is None or stored is None:
            burn()
        commands.record_failure(database, scope, now)
    return None


def _braked(scope: SignInScope) -> bool:
    with transaction(surroundings().engine, None) as database:
        return commands.is_braked(database, scope, datetime.now(UTC))


def _let_in(secret: str) -> Response:
    user = guard.load(secret)
    if user is None:  # the session was revoked in this very moment
        return redirect("/logga-in", 303)
    session.clear()
    login_user(user)
    here = surroundings()
    answer = redirect(_next(), 303)
    answer.set_cookie(
        guard.csrf_cookie_name(here),
        csrf_token(secret),
        secure=here.settings.production,
        samesite="Lax",
        httponly=False,  # the pages' script sends it back in a header
    )
    return answer


def _form(sentence: str | None = None, address: str = "") -> str:
    if "before" not in session:
        session["before"] = secrets.token_urlsafe(24)
    return render_template(
        "sign_in.html",
        sentence=sentence,
        address=address,
        before=session["before"],
        next=_next(),
        support=surroundings().settings.support_address,
        demo=surroundings().settings.demo,
    )


def _check_form() -> None:
    """A sign-in must come from our own form, so that nobody signs somebody else in to a foreign account."""
    expected, sent = session.get("before"), request.form.get("before", "")
    if expected is None or not hmac.compare_digest(expected.encode(), sent.encode()):
        raise Invalid("Inloggningssidan är för gammal. Öppna /logga-in igen, tillåt kakor och försök en gång till.")


def _next() -> str:
    """Where they wanted to go; only ever a page of ours."""
    wanted = request.values.get("next", "/")
    try:
        parts = urlsplit(wanted)
    except ValueError:  # brackets and signs that belong to no address
        return "/"
    local = not parts.scheme and not parts.netloc and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if local else "/"
