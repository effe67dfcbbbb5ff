"""The same floor behind what this server does with every request: its guard, its headers, a transaction of one's own.

Served by gunicorn as `benchmarks.floor_within:server`. PAGE says which page never changes.
"""

from __future__ import annotations

import os
from pathlib import Path

from flask import Blueprint, redirect
from sqlalchemy import text
from werkzeug.wrappers import Response

from app import server
from db.engine import transaction
from dimios_dash.crypto.sealing import ENVELOPE_BYTES
from dimios_dash.ids import PLATFORM, new_id
from dimios_dash.web import surroundings

_open = Blueprint("mailbox", __name__)  # the guard lets everybody in by this name, which only a demo uses
_page = Path(os.environ["PAGE"]).read_bytes()
_insert = text("insert into floor values (:id, :envelope)")


@_open.get("/answer")
def page() -> Response:
    """The form's own bytes, as they are sent to browsers that read gzip."""
    return Response(_page, mimetype="text/html", headers={"Content-Encoding": "gzip"})


@_open.post("/answer")
def row() -> Response:
    """Random, as an envelope is: PostgreSQL would compress anything else."""
    with transaction(surroundings().engine, PLATFORM) as session:
        session.execute(_insert, {"id": new_id(), "envelope": os.urandom(ENVELOPE_BYTES)})
    return redirect("/thanks", 303)


server.register_blueprint(_open)
