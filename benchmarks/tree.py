"""How long the tree of 3,000 units takes to draw, search, change, read in, take out and compare, on the server.

python -m benchmarks.tree [how many units]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from plotly.io.json import to_json_plotly
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from benchmarks.organisations import random_tree
from db import embedded
from db.commands import measurements, people, tree, tree_edit
from db.commands.tree_edit import Named
from db.engine import Role, connect, set_organisation, transaction
from db.models import Invitation, Unit
from db.queries import units
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.permissions import Role as UserRole
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.sector import Sector
from dimios_dash.domain.trees.unit_description import Described
from dimios_dash.exports import tree_files
from dimios_dash.exports.respondent_list import as_csv
from dimios_dash.ids import AccountId, MeasurementId, OrganisationId, UnitId, new_id
from dimios_dash.intake.tree_file import read_tree
from dimios_dash.preparation import key_store, owner_url, prepare, role_url
from dimios_dash.settings import Settings
from dimios_dash.users import User
from dimios_dash.web import Context
from pages.measurement.tree_look import Look, Panel
from pages.measurement.tree_section import drawn
from pages.measurement.tree_years import layout

UNITS = 3_000
RUNS = 5
TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def main(number: int = UNITS) -> None:
    """Print milliseconds of each, and the size of what is drawn."""
    with TemporaryDirectory() as folder, place(Path(folder)) as settings:
        organisation_id = build(settings, number)
        web = connect(role_url(settings, key_store(settings), Role.WEB))
        print(f"{'ms':>7} {'kB':>6}   (the tree of {number} units, {RUNS} runs, median)")
        for name, deed in deeds().items():
            seconds, size = measured(settings, web, organisation_id, deed)
            print(f"{1000 * seconds:>7.0f} {size / 1000:>6.0f}   {name}")
        web.dispose()


Deed = Callable[[Context, DeskScope], object]


def deeds() -> dict[str, Deed]:
    """What is measured; each is taken back afterwards."""
    top, other, leaf = UnitId("0"), UnitId("5"), UnitId("9")
    everything = tuple(UnitId(str(number)) for number in range(200))
    said = Described("Nytt namn", Activity.SKOLA, "12")
    return {
        "the page as it opens": lambda ctx, scope: drawn(ctx, scope, Look((top,), None, Panel.EDIT, "")),
        "200 branches unfolded": lambda ctx, scope: drawn(ctx, scope, Look(everything, None, Panel.EDIT, "")),
        "a unit's panel": lambda ctx, scope: drawn(ctx, scope, Look((top,), other, Panel.MOVE, "")),
        "a search": lambda ctx, scope: drawn(ctx, scope, Look((top,), None, Panel.EDIT, "enhet 1")),
        "another name": lambda ctx, scope: tree_edit.describe(ctx.session, scope, Named(leaf, 1), said).told,
        "a new unit": lambda ctx, scope: tree_edit.add(ctx.session, scope, Named(other, 1), "", said).told,
        "a move": lambda ctx, scope: tree_edit.move(ctx.session, scope, Named(leaf, 1), top).told,
        "dry run of a file": dry_run,
        "export": lambda ctx, scope: as_csv(*_sheet(ctx, scope)),
        "two years beside each other": lambda ctx, scope: layout(ctx, scope, 2026),
    }


def dry_run(ctx: Context, scope: DeskScope) -> object:
    """Reading the tree's own file and comparing it."""
    content = as_csv(*_sheet(ctx, scope))
    return tree.plan_import(ctx.session, scope, read_tree(content, "trad.csv").rows, TODAY.year).unchanged


def _sheet(ctx: Context, scope: DeskScope) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    sheet = tree_files.of_tree(ctx.session, scope)
    return sheet.columns, sheet.rows


def measured(settings: Settings, engine: Engine, organisation_id: OrganisationId, deed: Deed) -> tuple[float, int]:
    """Seconds of the middle run, and the bytes that are sent."""
    user = User(AccountId(new_id()), organisation_id, "Stor kommun", "Kim Prov", UserRole.KEY_USER, None)
    times, size = [], 0
    for _ in range(RUNS):
        with taken_back(engine, organisation_id) as session:
            ctx = Context(user, session, key_store(settings), settings, NOW)
            began = perf_counter()
            made = deed(ctx, DeskScope(organisation_id, None, None))
            size = len(made if isinstance(made, bytes) else to_json_plotly(made))
            times.append(perf_counter() - began)
    return median(times), size


@contextmanager
def taken_back(engine: Engine, organisation_id: OrganisationId) -> Generator[Session]:
    """A session as the web process has it; nothing of it is kept."""
    with Session(engine, expire_on_commit=False) as session:
        set_organisation(session, organisation_id)
        yield session
        session.rollback()


@contextmanager
def place(folder: Path) -> Generator[Settings]:
    """An empty place."""
    settings = Settings(data=folder / "data", keys_folder=folder / "keys")
    prepare(settings)
    try:
        yield settings.model_copy(update={"database_url": owner_url(settings)})
    finally:
        embedded.stop(settings.data)


def build(settings: Settings, number: int, respondents: int | None = None) -> OrganisationId:
    """An organisation with a measurement under way and so many respondents; without a number one in each unit."""
    keys, engine = key_store(settings), connect(str(settings.database_url))
    with transaction(engine, None) as session:
        organisation_id = people.create_organisation(session, access.system(), keys, "Stor kommun", Sector.KOMMUN)
        desk, vault = access.command_line(organisation_id), AddressVault.open(keys, organisation_id)
        session.execute(insert(Unit), _units(organisation_id, number))
        draft = measurements.ensure_draft(session, desk, TODAY.year)
        invited = [_invited(vault, draft, person, person % number) for person in range(respondents or number)]
        session.execute(insert(Invitation), invited)
        everywhere = [unit.unit_id for unit in units.tree(session, desk)]
        days = Period(TODAY, date(2026, 6, 4))
        measurements.start(session, desk, draft, days, k=3, units_taking_part=everywhere, today=TODAY)
    engine.dispose()
    return organisation_id


def _units(organisation_id: OrganisationId, number: int) -> list[dict[str, object]]:
    made = random_tree(np.random.default_rng(number), number)
    return [
        {
            "organisation_id": organisation_id,
            "id": str(place),
            "parent_id": None if above < 0 else str(above),
            "name": f"Enhet {place}",
            "employees": place % 90,
            "position": place,
        }
        for place, above in enumerate(made.parent.tolist())
    ]


def _invited(vault: AddressVault, measurement_id: MeasurementId, person: int, unit: int) -> dict[str, object]:
    invitation_id, address = new_id(), f"nr.{person}@stor.example"
    return {
        "organisation_id": vault.organisation_id,
        "id": invitation_id,
        "measurement_id": measurement_id,
        "unit_id": str(unit),
        "role_type": 1 + person % 3,
        "address": vault.encrypt(invitation_id, address),
        "address_index": vault.index(address),
    }


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
