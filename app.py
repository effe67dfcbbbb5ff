"""The entry point: settings, database, server, pages. `app:server` is the WSGI callable."""

from __future__ import annotations

from dimios_dash.server import create_app
from dimios_dash.settings import Settings

app = create_app(Settings())
server = app.server
