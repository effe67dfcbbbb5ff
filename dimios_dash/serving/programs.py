"""The two processes of a running place, each with no more rights than it needs."""

from __future__ import annotations

import os
import socket

from db.engine import Role
from dimios_dash.preparation import key_store, role_url
from dimios_dash.serving import access_log
from dimios_dash.serving.children import Child
from dimios_dash.settings import Settings

PROCESSES, THREADS = 2, 4
LAST_REQUESTS = 5  # seconds
_OWNERS = {"DATABASE_URL", "DIMIOS_DEMO_PASSWORD"}  # for the supervisor only
_MAIL = {"SMTP_USER", "SMTP_PASSWORD"}


def web_child(settings: Settings, listener: socket.socket, lifeline: int) -> Child:
    """Gunicorn on a port that is bound already, speaking to the database as *web*."""
    number = listener.fileno()
    arguments = (
        *("-m", "gunicorn", "app:server", f"--bind=fd://{number}", "--no-control-socket"),
        *(f"--workers={PROCESSES}", "--worker-class=gthread", f"--threads={THREADS}"),
        *(f"--graceful-timeout={LAST_REQUESTS}", "--log-level=warning"),
        *(f"--logger-class={access_log.__name__}.AccessLog", f"--access-logformat={access_log.FORMAT}"),
        *(() if settings.demo else ("--access-logfile=-",)),
    )
    return Child("web", arguments, _environment(settings, Role.WEB, _MAIL), (number, lifeline))


def worker_child(settings: Settings, lifeline: int) -> Child:
    """The worker, speaking to the database as *worker*."""
    return Child("worker", ("-m", "dimios_dash.worker"), _environment(settings, Role.WORKER, set()), (lifeline,))


def _environment(settings: Settings, role: Role, kept_back: set[str]) -> dict[str, str]:
    """Ours, with the settings as they have been decided; never the owner's way into the database."""
    every = {str(field.alias) for field in Settings.model_fields.values()}
    decided = settings.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    ours = {name: value for name, value in os.environ.items() if name not in every}
    given = {name: str(value) for name, value in decided.items() if name not in _OWNERS | kept_back}
    for other in (Role.WEB, Role.WORKER):
        given.pop(_url_name(other), None)
    return ours | given | {_url_name(role): role_url(settings, key_store(settings), role)}


def _url_name(role: Role) -> str:
    return {Role.WEB: "DATABASE_WEB_URL", Role.WORKER: "DATABASE_WORKER_URL"}[role]
