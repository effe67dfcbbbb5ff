"""How many full answers a second (opening the form and sending it) the server takes, against its floor.

python -m benchmarks.answers [how many answers a run]

Gunicorn runs as `serve` starts it, and for the floor the same with `benchmarks.floor` in place of the product. Clients
are threads of this process with a connection each, on the same machine: they take their part of its cores.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.tree import place
from db.engine import Role, connect
from dimios_dash import instruments
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.preparation import key_store, role_url
from dimios_dash.serving.programs import web_child
from dimios_dash.settings import Settings
from tests.factories import Make

CLIENTS = (1, 8, 32)
ANSWERS = 600  # a run
ANSWER = dict.fromkeys(map(str, instruments.load().statement_keys), "4") | {"respondenttyp": "2"}
BODY = urlencode(ANSWER)
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "gzip"}
BARE = "benchmarks.floor:server"
ROOM = "create table floor (id uuid primary key, envelope bytea not null); grant insert on floor to dimios_web"


@dataclass(frozen=True, slots=True)
class Run:
    """`told` counts what clients met: 200 and 303 for each answer where all went well."""

    seconds: float
    told: Counter[object]

    def a_second(self, answers: int) -> float:
        return answers / self.seconds


def main(answers: int = ANSWERS) -> None:
    """Print answers a second of both, their ratio, and everything that clients met but 200 and 303."""
    with TemporaryDirectory() as folder, place(Path(folder)) as settings:
        links = iter(invite(settings, len(CLIENTS) * answers + 1))
        page = Path(folder) / "page.html.gz"
        with served(settings, "app:server", {}) as port:
            page.write_bytes(fetched(port, next(links)))
            forms = {number: run(port, [next(links) for _ in range(answers)], number) for number in CLIENTS}
        with served(settings, BARE, {"PAGE": str(page)}) as port:
            bare = {number: run(port, ["/answer"] * answers, number) for number in CLIENTS}
    report(answers, forms, bare)


def report(answers: int, forms: dict[int, Run], bare: dict[int, Run]) -> None:
    print(f"{'clients':>7} {'answers a second':>17} {'floor':>6} {'ratio':>6}   (load {os.getloadavg()[0]:.1f})")
    for number, form in forms.items():
        mine, least = form.a_second(answers), bare[number].a_second(answers)
        wrong = {what: count for what, count in form.told.items() if what not in {200, 303}}
        print(f"{number:>7} {mine:>17.0f} {least:>6.0f} {mine / least:>6.2f}   {wrong or ''}")


def invite(settings: Settings, people: int) -> list[str]:
    """Paths of their links, in an organisation with thirty units."""
    owner = connect(str(settings.database_url))
    with Session(owner) as session, session.begin():
        make = Make(session, key_store(settings))
        organisation_id = make.organisation()
        make.units(organisation_id, {"E": None} | {f"E{unit}": "E" for unit in range(30)})
        measurement_id = make.measurement(organisation_id, year=today_in_stockholm(datetime.now(UTC)).year)
        invited = [make.invitation(organisation_id, measurement_id, f"E{one % 30}") for one in range(people)]
        session.execute(text(ROOM))
    owner.dispose()
    return [f"/svara/{one.token}" for one in invited]


@contextmanager
def served(settings: Settings, application: str, environment: dict[str, str]) -> Generator[int]:
    """The port on which gunicorn answers, with `application` in place of the product's. Its mistakes are printed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        child, log = web_child(settings, listener, listener.fileno()), settings.data.with_name("gunicorn.log")
        url = role_url(settings, key_store(settings), Role.WEB)
        with log.open("wb") as written:
            process = subprocess.Popen(  # noqa: S603, our own program
                [sys.executable, *(application if word == "app:server" else word for word in child.arguments)],
                env=dict(child.environment) | environment | {"DATABASE_WEB_URL": url},
                pass_fds=(listener.fileno(),),
                stdout=written,
                stderr=written,
            )
        try:
            _wait(listener.getsockname()[1])
            yield listener.getsockname()[1]
        finally:
            process.terminate()
            process.wait()
            print("".join(line for line in log.open() if '"level": "error"' in line), end="")


def _wait(port: int) -> None:
    """Until both processes have started and drawn something."""
    for _ in range(20):
        fetched(port, "/logga-in")
    time.sleep(1)


def fetched(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    return connection.getresponse().read()


def run(port: int, paths: list[str], clients: int) -> Run:
    """Everybody opens the form and sends it, so many at a time."""
    shares = [paths[number::clients] for number in range(clients)]
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as people:
        told = Counter(status for share in people.map(_client(port), shares) for status in share)
    return Run(time.perf_counter() - began, told)


def _client(port: int) -> Callable[[list[str]], list[object]]:
    return lambda paths: list(_answer(port, paths))


def _answer(port: int, paths: list[str]) -> Iterator[object]:
    """What a client meets; one that is cut off goes on with a new connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        for method, body in (("GET", None), ("POST", BODY)):
            try:
                connection.request(method, path, body, FORM)
                answer = connection.getresponse()
                answer.read()
                yield answer.status
            except (OSError, http.client.HTTPException) as problem:
                connection.close()
                yield type(problem).__name__
    connection.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
