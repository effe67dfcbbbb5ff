"""`serve`: prepares the place, starts web server and worker, and looks after them until it is told to end."""

from __future__ import annotations

import fcntl
import http.client
import signal
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING, NoReturn

import structlog
import typer

from db import embedded
from db.embedded import ServerUnavailable
from dimios_dash import logs
from dimios_dash.errors import UserError
from dimios_dash.mail.catcher import catcher
from dimios_dash.preparation import prepare
from dimios_dash.serving import children
from dimios_dash.serving.children import Child
from dimios_dash.serving.programs import web_child, worker_child
from dimios_dash.settings import Settings

if TYPE_CHECKING:
    from db.demo import DemoSignIn

ROUND = 0.5  # seconds
DATABASE_EVERY = 10  # rounds
START_TAKES = 60.0  # seconds at most, until the first page answers
HOPELESS = 3  # starts in a row that fail
ANSWER_TAKES = 2.0  # seconds; then look whether the web server lives, and ask again
ORPHANS_TAKE = 15.0  # seconds at most, until the children of a killed supervisor have ended
READY = "/logga-in"
_EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104, only compared with

log = structlog.get_logger()


class CannotServe(UserError):
    """The place or the port is taken, or the web server does not come up."""

    status = 503


def serve(settings: Settings, *, demo: bool) -> None:
    """Run until SIGTERM or Ctrl-C. Everything it started has ended when it returns.

    Raises CannotServe, ServerUnavailable for the database, ValueError for a demo in production.
    """
    logs.configure()
    settings = _settled(settings, demo=demo)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as stack:
        try:
            _serve(settings, stack)
        except KeyboardInterrupt:
            typer.echo("Dimios Dash avslutas.")
        finally:
            for kind in (signal.SIGTERM, signal.SIGINT):
                signal.signal(kind, signal.SIG_IGN)  # what is left is to end everything, once


def _settled(settings: Settings, *, demo: bool) -> Settings:
    """Settings that mean the same in every process, wherever it works."""
    decided = {"data": settings.data.absolute(), "keys_folder": settings.keys.absolute()}
    return Settings(**settings.model_dump(exclude_unset=True) | decided | {"demo": demo or settings.demo})


def _serve(settings: Settings, stack: ExitStack) -> NoReturn:
    lifeline = stack.enter_context(_alone(settings))
    listener = stack.enter_context(_listener(settings))
    if settings.database_url is None:
        stack.callback(embedded.leave, settings.data)
    prepare(settings)
    sign_ins = _fill_demo(settings)
    settings = stack.enter_context(_with_mail(settings))
    web, worker = web_child(settings, listener, lifeline), worker_child(settings, lifeline)
    stack.callback(children.end, (web, worker))
    _wait_for_page(settings, web)  # the worker's start would only slow it down
    typer.echo(_welcome(settings, sign_ins))
    _look_after(settings, (web, worker))


@contextmanager
def _alone(settings: Settings) -> Iterator[int]:
    """The data folder, for no other supervisor; gives the lifeline, an open file that children inherit.

    Its lock is held as long as one of them lives: those of a supervisor that was killed end by themselves.
    """
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        own, lifeline = ((settings.data / name).open("a+") for name in ("serving.lock", "serving.lifeline"))
    except OSError as error:
        raise CannotServe(
            f"Mappen {settings.data} går inte att använda ({error}). Kör som den användare som äger mappen, "
            "eller välj en annan mapp med DIMIOS_DATA."
        ) from error
    with own, lifeline:
        if not (_locked(own, 0) and _locked(lifeline, ORPHANS_TAKE)):
            raise CannotServe(
                f"Dimios Dash körs redan med mappen {settings.data}. Avsluta det först (Ctrl-C där det startades), "
                "eller välj en annan mapp med DIMIOS_DATA och en annan port med PORT."
            )
        yield lifeline.fileno()


def _locked(file: IO[str], patience: float) -> bool:
    """Whether the lock is ours, after at most `patience` seconds."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(ROUND / 10)
        else:
            return True


@contextmanager
def _listener(settings: Settings) -> Iterator[socket.socket]:
    """The port, ours from now on; the web server that inherits it begins to listen."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except (OSError, OverflowError) as error:
            raise CannotServe(
                f"Port {settings.port} på {settings.host} går inte att använda: ett annat program har den, eller så är "
                f"den inte tillåten ({error}). Välj en annan port med PORT, till exempel PORT=8051 make run."
            ) from error
        yield listener


def _fill_demo(settings: Settings) -> Sequence[DemoSignIn]:
    """Who may sign in; nobody where there is no demo."""
    if not settings.demo:
        return ()
    from db import demo

    return demo.ensure(settings)


@contextmanager
def _with_mail(settings: Settings) -> Iterator[Settings]:
    """Settings with a mail server: the one that is set, or our catcher. The demo's mails never leave the machine."""
    if settings.production or ("smtp_host" in settings.model_fields_set and not settings.demo):
        yield settings
        return
    with catcher(settings) as port:
        caught = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_starttls": False, "smtp_user": None}
        yield settings.model_copy(update=caught)


def _wait_for_page(settings: Settings, web: Child) -> None:
    """Return when the first page answers."""
    end = time.monotonic() + START_TAKES
    while not _answers(settings):
        if time.monotonic() > end or web.failures >= HOPELESS:
            raise CannotServe("Webbservern kommer inte i gång. Orsaken står i raderna ovanför.")
        web.keep_alive()
        time.sleep(ROUND / 10)


def _answers(settings: Settings) -> bool:
    connection = http.client.HTTPConnection(_reachable(settings), settings.port, timeout=ANSWER_TAKES)
    try:
        connection.request("GET", READY)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _look_after(settings: Settings, family: Sequence[Child]) -> NoReturn:
    turn = 0
    while True:
        turn += 1
        for child in family:
            child.keep_alive()
        time.sleep(ROUND)
        if settings.database_url is None and turn % DATABASE_EVERY == 0:
            _revive_database(settings)


def _revive_database(settings: Settings) -> None:
    try:
        embedded.start(settings.data, settings.keys)
    except ServerUnavailable as problem:
        log.warning("database_away", why=str(problem))


def _welcome(settings: Settings, sign_ins: Sequence[DemoSignIn]) -> str:
    here = f"http://{_reachable(settings)}:{settings.port}"
    lines = [f"  Dimios Dash   {settings.base_url or here}"]
    if settings.demo:
        lines += [f"  Brevlådan     {here}/brevlada  (alla mejl som skickas hamnar här)", "", *_sign_in_lines(sign_ins)]
    rule = "─" * 84
    return "\n".join(["", rule, *lines, "", "  Avsluta med Ctrl-C.", rule, ""])


def _sign_in_lines(sign_ins: Sequence[DemoSignIn]) -> list[str]:
    wide = max((len(sign_in.address) for sign_in in sign_ins), default=0)
    passwords = " eller ".join(sorted({sign_in.password for sign_in in sign_ins}))
    rows = [f"    {sign_in.address:{wide}}  {sign_in.role}, {sign_in.organisation}" for sign_in in sign_ins]
    return [f"  Logga in med lösenordet {passwords} som", *rows]


def _reachable(settings: Settings) -> str:
    return "127.0.0.1" if settings.host in _EVERYWHERE else settings.host
