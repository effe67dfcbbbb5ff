"""How many full answers a second (opening the form and sending it) the server takes, against its floor.

python -m benchmarks.answers [how many answers a run]

Gunicorn runs as `serve` starts it, and for the floor with `benchmarks.floor` in place of the product, or with
`benchmarks.floor_within`: the same page and row behind the product's own guard, headers and transaction. Clients are
threads of this process with a connection each, on the same machine: they take their part of its cores.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.tree import place
from db.engine import Role, connect
from dimios_dash import instruments
from dimios_dash.crypto.sealing import Associated, Sheet, public_key, seal
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import UnitId
from dimios_dash.preparation import key_store, role_url
from dimios_dash.serving.programs import web_child
from dimios_dash.settings import Settings
from tests.factories import Make

CLIENTS = (1, 8, 32)
ANSWERS = 600  # a run
ANSWER = Sheet(2, dict.fromkeys(map(str, instruments.load().statement_keys), 4), {})
PLAIN = urlencode({key: str(point) for key, point in ANSWER.answers.items()} | {"respondenttyp": "2"}).encode()
BOUNDARY = "part-of-an-answer"
WELL = {200, 201, 303}
FLOORS = {"bare": "benchmarks.floor:server", "within": "benchmarks.floor_within:server"}
ROOM = "create table floor (id uuid primary key, envelope bytea not null); grant insert on floor to dimios_web"


@dataclass(frozen=True, slots=True)
class Asked:
    """A page, and what is sent when it has been read."""

    path: str
    sent_to: str
    body: bytes
    kind: str = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Run:
    """`told` counts what clients met: for each answer 200, and then 201 (sealed) or 303, where all went well."""

    seconds: float
    told: Counter[object]

    def a_second(self, answers: int) -> float:
        return answers / self.seconds


def main(answers: int = ANSWERS) -> None:
    """Print answers a second of each way and of the floor, their ratio, and everything unusual that clients met."""
    with TemporaryDirectory() as folder, place(Path(folder)) as settings:
        links = invite(settings, 2 * len(CLIENTS) * answers + 1)
        ways = {"sealed in the browser": map(sealed, links), "sealed by the server": map(plain, links)}
        page = Path(folder) / "page.html.gz"
        with served(settings, "app:server", {}) as port:
            page.write_bytes(fetched(port, next(links).path))
            runs = {way: _runs(port, asked, answers) for way, asked in ways.items()}
        floors: list[dict[int, Run]] = []
        for floor in FLOORS.values():
            with served(settings, floor, {"PAGE": str(page)}) as port:
                floors.append(_runs(port, repeat(Asked("/answer", "/answer", PLAIN)), answers))
    for way, of_clients in runs.items():
        report(answers, way, of_clients, floors)


def _runs(port: int, asked: Iterator[Asked], answers: int) -> dict[int, Run]:
    return {number: run(port, list(islice(asked, answers)), number) for number in CLIENTS}


def report(answers: int, way: str, runs: dict[int, Run], floors: list[dict[int, Run]]) -> None:
    heads = "".join(f"{floor:>8} {'ratio':>6}" for floor in FLOORS)
    print(f"{'clients':>7} {'answers a second':>17} {heads}   {way} (load {os.getloadavg()[0]:.1f})")
    for number, one in runs.items():
        mine, least = one.a_second(answers), [floor[number].a_second(answers) for floor in floors]
        wrong = {what: count for what, count in one.told.items() if what not in WELL}
        beside = "".join(f"{each:>8.0f} {mine / each:>6.2f}" for each in least)
        print(f"{number:>7} {mine:>17.0f} {beside}   {wrong or ''}")


@dataclass(frozen=True, slots=True)
class Link:
    """Of somebody who is asked."""

    path: str
    sealed_to: Associated
    box: bytes


def invite(settings: Settings, people: int) -> Iterator[Link]:
    """Their links, in an organisation with thirty units."""
    owner, keys = connect(str(settings.database_url)), key_store(settings)
    with Session(owner) as session, session.begin():
        make = Make(session, keys)
        organisation_id = make.organisation()
        make.units(organisation_id, {"E": None} | {f"E{unit}": "E" for unit in range(30)})
        measurement_id = make.measurement(organisation_id, year=today_in_stockholm(datetime.now(UTC)).year)
        units = [UnitId(f"E{one % 30}") for one in range(people)]
        tokens = [make.invitation(organisation_id, measurement_id, unit).token for unit in units]
        session.execute(text(ROOM))
    owner.dispose()
    box = public_key(keys.read(f"boxes/{measurement_id}"))
    for unit, token in zip(units, tokens, strict=True):
        yield Link(f"/svara/{token}", Associated(measurement_id, unit, Channel.EMAIL), box)


def plain(link: Link) -> Asked:
    """What a browser without JavaScript sends."""
    return Asked(link.path, link.path, PLAIN)


def sealed(link: Link) -> Asked:
    """What the form's script sends."""
    to = link.sealed_to
    named = {"measurement": str(to.measurement_id), "unit": to.unit_id, "box": b64encode(link.box).decode()}
    parts = [(f'name="{name}"', value.encode()) for name, value in named.items()]
    parts.append(('name="envelope"; filename="blob"', seal(link.box, to, ANSWER)))
    body = b"".join(_part(head, value) for head, value in parts) + f"--{BOUNDARY}--\r\n".encode()
    return Asked(link.path, f"{link.path}/kuvert", body, f"multipart/form-data; boundary={BOUNDARY}")


def _part(head: str, value: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"


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


def run(port: int, asked: list[Asked], clients: int) -> Run:
    """Everybody opens the form and sends it, so many at a time."""
    shares = [asked[number::clients] for number in range(clients)]
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as people:
        told = Counter(status for share in people.map(_client(port), shares) for status in share)
    return Run(time.perf_counter() - began, told)


def _client(port: int) -> Callable[[list[Asked]], list[object]]:
    return lambda asked: list(_answer(port, asked))


def _answer(port: int, asked: list[Asked]) -> Iterator[object]:
    """What a client meets; one that is cut off goes on with a new connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for one in asked:
        for method, path, body in (("GET", one.path, None), ("POST", one.sent_to, one.body)):
            try:
                connection.request(method, path, body, {"Content-Type": one.kind, "Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                yield answer.status
            except (OSError, http.client.HTTPException) as problem:
                connection.close()
                yield type(problem).__name__
    connection.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
