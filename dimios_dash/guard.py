"""Who may come in: default-deny before every request, CSRF, security headers, and the one place errors are shown."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import structlog
from dash.exceptions import DependencyException
from flask import Flask, Request, Response, g, jsonify, redirect, render_template, request
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.exceptions import NotFound as NotFoundAtAll
from werkzeug.wrappers import Response as AnyResponse

from db.engine import transaction
from db.queries import identity
from dimios_dash.crypto.tokens import csrf_token, parse_token, token_hash
from dimios_dash.errors import Forbidden, NotFound, NotSignedIn, UserError
from dimios_dash.language import DEFAULT_LANGUAGE, speak, spoken
from dimios_dash.surroundings import Surroundings
from dimios_dash.translations import N_, _
from dimios_dash.users import User
from dimios_dash.web import NO_SUCH_PAGE, PAGES, context, surroundings

CALLBACKS = "/_dash-update-component"
OPEN_BLUEPRINTS = frozenset(
    {"public", "promise", "answering", "mailbox", "returned"}
)  # pages for people without a session
OPEN_FILES = frozenset(  # endpoints that hold nothing of anybody's; prefixes would open Dash's catch-all below them
    {
        "_dash_assets.static",
        "answering.script",
        "plotly",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
        "/_favicon.ico",
    }
)
CSRF_HEADER = "X-CSRFToken"

log = structlog.get_logger()


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """What flask-login keeps: the session's secret, and whose it is."""

    secret: str
    user: User

    def get_id(self) -> str:
        return self.secret


def protect(server: Flask) -> None:
    """Close every door of the server, then open those that are public."""
    login = LoginManager(server)
    login.session_protection = None  # "strong" signs people out when their browser updates; sessions are rows
    login.user_loader(load)
    server.before_request(_speak)
    server.before_request(_refuse)
    server.after_request(_set_headers)
    server.register_error_handler(UserError, _show)
    server.register_error_handler(HTTPException, _show_http)
    server.register_error_handler(DependencyException, lambda _problem: _show_http(NotFoundAtAll()))
    server.register_error_handler(Exception, _show_mistake)


def nonce() -> str:
    """The script nonce of this answer."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def allow_style(source: str) -> None:
    """Let the page of this answer carry one style of its own, named by its hash as a policy names it."""
    g.style = source


def csrf_cookie_name(here: Surroundings) -> str:
    """One name for each instance: cookies do not know ports."""
    return f"dimios_csrf_{here.settings.port}"


def check_csrf(sent: str | None) -> None:
    """Raises Forbidden unless `sent` proves that the request comes from a page of this session."""
    if sent is None or not hmac.compare_digest(sent.encode(), csrf_token(current_user.secret).encode()):
        raise Forbidden("Sidan är för gammal för att skicka. Ladda om den och försök igen.")


def load(secret: str) -> SignedIn | None:
    """Whose session a cookie's secret is; None when it is forged, revoked or has ended."""
    try:
        organisation_id, _ = parse_token(secret)
    except NotFound:
        return None
    with transaction(surroundings().engine, organisation_id) as session:
        user = identity.user_of_session(session, organisation_id, token_hash(secret), datetime.now(UTC))
    return None if user is None else SignedIn(secret, user)


def _speak() -> None:
    """The language of whoever is signed in; the pages for everybody choose their own."""
    speak(DEFAULT_LANGUAGE)
    public = request.blueprint in OPEN_BLUEPRINTS or request.endpoint in OPEN_FILES
    if not public and current_user.is_authenticated:
        speak(current_user.user.language)


def _refuse() -> AnyResponse | None:
    """Let through what is public; the rest needs a session, and a page needs its permission and scope."""
    if request.blueprint in OPEN_BLUEPRINTS or request.endpoint in OPEN_FILES:
        return None
    if isinstance(request.routing_exception, BadRequest):  # asked of a host that cannot be: no page was looked for
        raise request.routing_exception
    if not current_user.is_authenticated:
        if wants_page(request):
            return redirect(f"/logga-in?next={quote(request.full_path.rstrip('?'))}", 303)
        raise NotSignedIn("Du är inte inloggad, eller så har inloggningen gått ut. Logga in igen.")
    if request.method not in {"GET", "HEAD"}:
        check_csrf(request.headers.get(CSRF_HEADER) or request.form.get("csrf"))
    if wants_page(request):
        _open_page()
    return None


def wants_page(asked: Request) -> bool:
    """Whether a browser asks for a whole page (and not for data of one)."""
    return asked.method in {"GET", "HEAD"} and not asked.path.startswith("/_")


def _open_page() -> None:
    """Refuse at the address what the page itself would refuse, so that it gets its true HTTP status."""
    found = PAGES.get(request.path)
    if found is None:
        if request.url_rule is None or request.url_rule.endpoint.startswith("/"):  # Dash's own catch-all
            raise NotFound(NO_SUCH_PAGE)
        return
    with context() as ctx:
        found.open(ctx, single_values(request.args))


def single_values(query: MultiDict[str, str]) -> dict[str, Any]:
    """A query as a page reads it: what is repeated stays a list, which no page takes."""
    return {name: values[0] if len(values) == 1 else values for name, values in query.lists()}


def _set_headers(answer: Response) -> Response:
    settings = surroundings().settings
    plain = request.blueprint in OPEN_BLUEPRINTS
    style = f"'self' {g.get('style', '')}".rstrip() if plain else "'self' 'unsafe-inline'"
    answer.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; script-src 'self' 'nonce-{nonce()}'; style-src {style}; img-src 'self' data: blob:;"
        " font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self';"
        " frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    answer.headers.setdefault("Referrer-Policy", "no-referrer" if plain else "same-origin")
    if request.endpoint not in OPEN_FILES:
        answer.headers["Cache-Control"] = "no-store"
    if settings.production:
        answer.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return answer


def _show(problem: UserError) -> tuple[Response | str, int]:
    return _answer(str(problem), problem.status)


def _show_http(problem: HTTPException) -> tuple[Response | str, int] | HTTPException:
    code = problem.code or 500
    if code < 400:  # noqa: PLR2004, redirects are exceptions in werkzeug
        return problem
    return _answer(_HTTP_SENTENCES.get(code, _IMPOSSIBLE), code)


def _show_mistake(problem: Exception) -> tuple[Response | str, int]:
    if request.path == CALLBACKS and "reached" not in g:  # Dash could not even read it: the sender's mistake
        return _answer(_UNREADABLE, 400)
    reference = secrets.token_hex(4)
    log.exception("mistake", reference=reference, path=request.url_rule and request.url_rule.rule, exc_info=problem)
    told = _("Något gick fel. Inget sparades. Uppge referensen %(reference)s till supporten.", reference=reference)
    return _answer(told, 500)


def _answer(sentence: str, status: int) -> tuple[Response | str, int]:
    if request.path.startswith("/_"):
        return jsonify(error=_(sentence)), status
    common = {"support": surroundings().settings.support_address, "language": spoken()}
    return render_template("error.html", sentence=_(sentence), status=status, **common), status


_IMPOSSIBLE = N_("Begäran gick inte att utföra. Gå tillbaka och försök igen.")
_UNREADABLE = N_("Begäran gick inte att läsa. Ladda om sidan och försök igen.")
_HTTP_SENTENCES = {
    400: _UNREADABLE,
    404: NO_SUCH_PAGE,
    405: N_("Sidan tar inte emot det här. Gå tillbaka och försök igen."),
    413: N_("Filen är för stor. Den får vara högst 20 MB."),
    429: N_("Det har kommit för många försök. Vänta en stund och försök igen."),
}
