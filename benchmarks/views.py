"""How long the server takes over each view of the results, beside a callback that does nothing.

1,500 organisations with seven released years each; one of them has 3,000 units. The first two columns are the whole
callback, for which somebody waits; the next two what its analyses read and draw, without the page around them.
python -m benchmarks.views [units] [years]
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import parse_qsl

import numpy as np
import orjson
from dash import Input, Output
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, Table, event, text
from sqlalchemy.orm import Session

from benchmarks.organisations import random_answers, random_tree, with_ordinary_opinions
from benchmarks.tree import place
from db.commands import people
from db.engine import connect, transaction
from db.models import Base
from dimios_dash import access, guard, instruments
from dimios_dash.analyses import BY_SLUG, basis
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.permissions import Permission, Role
from dimios_dash.domain.sector import Sector
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import AccountId, OrganisationId, new_id
from dimios_dash.intake.answer_file import AnswerRow
from dimios_dash.intake.unit_row import UnitRow
from dimios_dash.preparation import key_store
from dimios_dash.server import create_app
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.tallying import benchmarks
from dimios_dash.tallying.moving_in import move_in
from dimios_dash.users import User
from dimios_dash.web import PAGES, Context, action

OTHERS = 1_499
UNITS = 3_000
SMALL = 12
YEARS = 7
LAST = 2025
TODAY = date(2026, 2, 2)
RUNS = 15
PASSWORD = "ett långt lösenord för mätning"  # noqa: S105, of nobody
NOTHING = "benchmark-nothing"
EVERY_UNIT = (  # what shows all units at once
    ("/resultat/internt", "&niva=alla&visa=varde"),
    ("/resultat/internt", "&niva=alla&visa=helheten&sortera=F1"),
    ("/resultat/internt", "&niva=alla&visa=ifjol"),
    ("/resultat/internt", "&niva=alla&visa=helheten&mot=formagor"),
    ("/resultat/vet-ej", "&niva=alla"),
)


@action(Output(NOTHING, "children"), Input(NOTHING, "n_clicks"), needs=None)
def do_nothing(_ctx: Context, _clicks: int) -> str:
    """What every callback costs: session, user, transaction."""
    return ""


def main(units: int = UNITS, years: int = YEARS) -> None:
    """Print milliseconds of each view, its ratio to a callback that does nothing, statements and bytes."""
    with TemporaryDirectory() as folder, place(Path(folder)) as settings:
        began = perf_counter()
        made = build(settings, units, years)
        print(f"{OTHERS + 1} organisations × {years} years, made in {perf_counter() - began:.0f} s")
        server = create_app(settings).server
        for (name, organisation_id), size in zip(made.items(), (units, SMALL), strict=True):
            report(signed_in(server, f"{name}@prov.example", organisation_id), size)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody signed in, and the engine that their pages ask."""

    browser: FlaskClient
    csrf: str
    there: Surroundings
    organisation_id: OrganisationId

    def post(self, body: object) -> bytes:
        """A callback's answer."""
        answer = self.browser.post("/_dash-update-component", json=body, headers={guard.CSRF_HEADER: self.csrf})
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(answer.text)
        return bytes(answer.data)

    def analyse(self, path: str, query: dict[str, str], slugs: Sequence[str]) -> bytes:
        """Reads and draws the analyses of a page, and nothing else of it."""
        user = User(AccountId(new_id()), self.organisation_id, "Prov", "Kim Prov", Role.KEY_USER, None)
        with transaction(self.there.engine, self.organisation_id) as session:
            ctx = Context(user, session, self.there.keys, self.there.settings, datetime.now(UTC))
            scope, choices = PAGES[path].open(ctx, query)
            found = basis.read(session, scope, choices)
            return b"".join(orjson.dumps(BY_SLUG[slug].draw(found.cells(BY_SLUG[slug].read))) for slug in slugs)


def report(visitor: Visitor, units: int) -> None:
    """One line for each view."""
    nothing = measured(visitor, lambda: visitor.post(callback_of_nothing())).seconds
    print(f"\n{'page':>7} {'ratio':>6} {'data and figure':>16} {'ratio':>6} {'SQL':>4} {'kB':>6}", end="   ")
    print(f"(ms; an organisation of {units} units, {RUNS} runs, median, load {os.getloadavg()[0]:.1f})")
    print(f"{1000 * nothing:>7.1f} {1:>6.1f} {'':>16} {'':>6} {'':>4} {'':>6}   a callback that does nothing")
    for path, chosen in (*((path, "") for path in views()), *EVERY_UNIT):
        body = callback_of_page(path, f"?ar={LAST}{chosen}")
        slugs = [slug for slug in BY_SLUG if f'"id":"{slug}"'.encode() in visitor.post(body)]
        query = dict(parse_qsl(f"ar={LAST}{chosen}"))
        page = measured(visitor, partial(visitor.post, body))
        alone = measured(visitor, partial(visitor.analyse, path, query, slugs))
        times = [f"{1000 * page.seconds:>7.1f} {page.seconds / nothing:>6.1f}"]
        times += [f"{1000 * alone.seconds:>16.1f} {alone.seconds / nothing:>6.1f}"]
        print(*times, f"{page.statements:>4} {page.size / 1000:>6.0f}   {path} {chosen}")


def views() -> list[str]:
    """Every page of results."""
    return [path for path, page in PAGES.items() if page.needs is Permission.RESULTS_READ]


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of the middle run, SQL statements and bytes of the answer."""

    seconds: float
    statements: int
    size: int


def measured(visitor: Visitor, deed: Callable[[], bytes]) -> Measured:
    times, size, statements = [], 0, 0
    for _ in range(RUNS):
        with counted(visitor.there.engine) as seen:
            began = perf_counter()
            size = len(deed())
            times.append(perf_counter() - began)
        statements = len(seen)
    return Measured(median(times), statements, size)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    seen: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield seen
    event.remove(engine, "before_cursor_execute", hear)


def callback_of_nothing() -> dict[str, object]:
    clicks = {"id": NOTHING, "property": "n_clicks", "value": 1}
    output = {"id": NOTHING, "property": "children"}
    return {
        "output": f"{NOTHING}.children",
        "outputs": output,
        "inputs": [clicks],
        "changedPropIds": [f"{NOTHING}.n_clicks"],
        "state": [],
    }


def callback_of_page(path: str, search: str) -> dict[str, object]:
    """What a browser posts when it opens a page."""
    location = "_pages_location"
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": location, "property": "pathname", "value": path},
            {"id": location, "property": "search", "value": search},
        ],
        "changedPropIds": [f"{location}.pathname"],
        "state": [],
    }


def signed_in(server: Flask, address: str, organisation_id: OrganisationId) -> Visitor:
    """Through the form, as a browser."""
    browser, here = server.test_client(), server.extensions["dimios"]
    before = re.findall(r'name="before" value="([^"]+)"', browser.get("/logga-in").text)[0]
    browser.post("/logga-in", data={"epost": address, "losenord": PASSWORD, "before": before})
    browser.get("/")  # Dash gathers its callbacks at the first request
    cookie = browser.get_cookie(guard.csrf_cookie_name(here))
    return Visitor(browser, cookie.value if cookie else "", here, organisation_id)


def build(settings: Settings, units: int, years: int) -> dict[str, OrganisationId]:
    """The large one and a small one through the gate, by name; the small one's rows again for every other one."""
    keys, owner = key_store(settings), connect(str(settings.database_url))
    random = np.random.default_rng(1)
    with transaction(owner, None) as session:
        large = organisation(session, keys, "stor", random_tree(random, units), years)
        small = organisation(session, keys, "liten", random_tree(random, SMALL), years)
    with owner.begin() as connection:
        repeat(connection, small)
    with transaction(owner, None) as session:
        benchmarks.compute(session, access.system(), LAST, TODAY)  # of the year that is looked at
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    owner.dispose()
    return {"stor": large, "liten": small}


def organisation(session: Session, keys: KeyStore, name: str, tree: Tree, years: int) -> OrganisationId:
    """One with so many released years, and a key user who signs in by its name."""
    made = people.create_organisation(session, access.system(), keys, f"{name} kommun", Sector.KOMMUN)
    new = people.NewAccount("Kim Prov", f"{name}@prov.example", PASSWORD, Role.KEY_USER)
    people.create_account(session, access.system(made), keys, new)
    rows = [
        UnitRow(row, unit, tree.ids[above] if above >= 0 else None, f"Enhet {unit}", Activity.OVRIGT, None)
        for row, (unit, above) in enumerate(zip(tree.ids, tree.parent, strict=True), start=2)
    ]
    for year in range(LAST - years + 1, LAST + 1):
        move_in(session, access.system(made), keys, year, 3, rows, answers(tree, year), TODAY)
    return made


def answers(tree: Tree, year: int) -> list[AnswerRow]:
    random = np.random.default_rng(year)
    said = with_ordinary_opinions(
        random, random_answers(random, tree, statements=len(instruments.load().statement_keys))
    )
    return [
        AnswerRow(row, tree.ids[unit], role, tuple(values))
        for row, (unit, role, values) in enumerate(
            zip(said.unit.tolist(), said.role.tolist(), said.values.tolist(), strict=True), start=2
        )
    ]


def repeat(connection: Connection, small: OrganisationId) -> None:
    """Every row of the small organisation once more for each of the others, its means a little different."""
    connection.execute(
        text("create temporary table another as select gen_random_uuid() as other_id from generate_series(1, :others)"),
        {"others": OTHERS},
    )
    for table in Base.metadata.sorted_tables:
        if table.name == "organisation":
            names = ", ".join(column.name for column in table.columns if column.name not in {"id", "name"})
            copy = f"insert into organisation (id, name, {names}) select other_id, 'Kommun ' || other_id, {names}"
            whole = text(f"{copy} from organisation cross join another where organisation.id = :small")
            connection.execute(whole, {"small": small})
        elif table.name.startswith(("unit", "placement", "measurement", "release", "regrouped", "year_")):
            connection.execute(text(repeated(table)), {"small": small})


def repeated(table: Table) -> str:
    """SQL that copies a table's rows to the others."""
    columns = [column.name for column in table.columns if column.computed is None]
    values = [
        "another.other_id" if name == "organisation_id" else VALUES.get((table.name, name), f'"{name}"')
        for name in columns
    ]
    return (
        f'insert into "{table.name}" ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in columns)})'  # noqa: S608
        f' select {", ".join(values)} from "{table.name}" cross join another where organisation_id = :small'
    )


VALUES = {
    ("released_unit", "mean"): (
        "(select array_agg(round((m + 10 * (random() - 0.5))::numeric, 1)::double precision order by i)"
        " from unnest(mean) with ordinality as cell (m, i))"
    )
}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
