"""Joins the parts: one Flask server with plain pages, and Dash for those who have signed in."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module
from typing import Any

from dash.dash import Dash
from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from db.engine import Role, connect
from dimios_dash import demo_files, downloading, guard, logs, own_language, page_files, printing, uploading, web
from dimios_dash.answering import blueprint as answering
from dimios_dash.answering import preview
from dimios_dash.components.shell import shell
from dimios_dash.crypto.key_names import COOKIE_KEY
from dimios_dash.language import spoken
from dimios_dash.mail import mailbox, webhook
from dimios_dash.preparation import key_store, role_url
from dimios_dash.public import promise, sign_in
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.translations import N_, _, ngettext

LARGEST_REQUEST = 28 * 2**20  # a file of 20 MB as base64


def create_app(settings: Settings) -> Dash:
    """A Dash application on a guarded server, connected as *web*."""
    logs.configure()
    keys = key_store(settings)
    server = Flask("dimios_dash", static_folder=None, template_folder="public/templates")
    server.secret_key = keys.read(COOKIE_KEY)
    server.config.update(
        SESSION_COOKIE_NAME=f"dimios_{settings.port}",  # one name for each instance: cookies do not know ports
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
    )
    here = Surroundings(settings, connect(role_url(settings, keys, Role.WEB)), keys)
    server.extensions["dimios"] = here
    if settings.proxies:  # otherwise everybody would seem to sign in from the proxy's own address
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    guard.protect(server)
    server.register_blueprint(sign_in.blueprint)
    server.register_blueprint(own_language.blueprint)
    server.register_blueprint(promise.blueprint)
    server.register_blueprint(answering)
    server.register_blueprint(preview.blueprint)
    server.register_blueprint(webhook.blueprint)
    server.register_blueprint(uploading.blueprint)
    server.register_blueprint(downloading.blueprint)
    server.register_blueprint(printing.blueprint)
    if settings.demo:
        server.register_blueprint(mailbox.blueprint)
        server.register_blueprint(demo_files.blueprint)
    server.jinja_env.globals.update(_=_, ngettext=ngettext)
    app = _dash(server, guard.csrf_cookie_name(here))
    page_files.serve(server)
    return app


def _dash(server: Flask, csrf_cookie: str) -> Dash:
    app = _Dash(
        "dimios_dash",
        server=server,  # type: ignore[arg-type]  # Dash's annotation forgets the server it takes
        use_pages=True,
        pages_folder="",
        assets_folder=str(page_files.ASSETS),
        assets_ignore=".*",  # they come as two files
        external_stylesheets=[page_files.address(page_files.STYLES)],
        external_scripts=[page_files.address(page_files.SCRIPT)],
        suppress_callback_exceptions=True,  # otherwise Dash draws every page at the first request, as that user
        csrf_token_name=csrf_cookie,
        csrf_header_name=guard.CSRF_HEADER,
        use_async=False,
        enable_mcp=False,
        title="Dimios Dash",
        update_title="",
    )
    import_module("pages")
    web.mount()
    app.layout = shell
    return app


class _Dash(Dash):
    """Dash with a page of ours around it, and its inline scripts under the nonce of our CSP."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash calls it by these names
        allowed, parts["scripts"] = f' nonce="{guard.nonce()}"', page_files.without_unused(parts["scripts"])
        for name in ("scripts", "renderer"):
            parts[name] = re.sub(r"<script(?! src)", "<script" + allowed, parts[name])
        ahead = _AHEAD if request.path.startswith("/resultat/") else ""
        return _INDEX.format(**parts, ahead=ahead, language=spoken().value, noscript=_(_NOSCRIPT))


_NOSCRIPT = N_("De här sidorna behöver JavaScript. Att svara på en mätning går utan.")
_AHEAD = (
    f'<script defer src="{page_files.PLOTLY}"></script>'  # Dash asks for it when it has charts to draw, which is late
)
_INDEX = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="preload" href="/assets/fonts/source-sans-3-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="/_dash-layout" as="fetch" crossorigin>
<link rel="preload" href="/_dash-dependencies" as="fetch" crossorigin>
{css}
{ahead}
</head>
<body>
{app_entry}
<div>{config}{scripts}{renderer}</div>
<noscript>{noscript}</noscript>
</body>
</html>
"""
