"""The least a server can do for an answer: a page that never changes, and one row of an envelope's size.

Served by gunicorn as `benchmarks.floor:server`. PAGE and DATABASE_WEB_URL say what and where.
"""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, redirect
from sqlalchemy import text
from werkzeug.wrappers import Response

from db.engine import connect
from dimios_dash.crypto.sealing import ENVELOPE_BYTES
from dimios_dash.ids import new_id

server = Flask(__name__)
_engine = connect(os.environ["DATABASE_WEB_URL"])
_page = Path(os.environ["PAGE"]).read_bytes()
_insert = text("insert into floor values (:id, :envelope)")


@server.get("/<_path>")
def page(_path: str) -> Response:
    """The form's own bytes, as they are sent to browsers that read gzip."""
    return Response(_page, mimetype="text/html", headers={"Content-Encoding": "gzip"})


@server.post("/<_path>")
def row(_path: str) -> Response:
    """Random, as an envelope is: PostgreSQL would compress anything else."""
    with _engine.begin() as connection:
        connection.execute(_insert, {"id": new_id(), "envelope": os.urandom(ENVELOPE_BYTES)})
    return redirect("/thanks", 303)
