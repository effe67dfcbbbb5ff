"""The demo with Ekhamn, and Nacka 2022, as they are shown and as their release files are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands import targets
from db.demo import ensure
from db.engine import Role as DatabaseRole
from db.engine import connect
from db.models import GivenConsent, Measurement, Organisation, Target, ToldPool
from dimios_dash import access
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.targets import Wish
from dimios_dash.exports.release_file import as_json, gather
from dimios_dash.ids import PLATFORM, OrganisationId, UnitId
from dimios_dash.preparation import key_store, role_url
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.tallying.moving_in import move_in
from tests.conftest import Separate
from tests.factories import PASSWORD, Make
from tests.signing_in import sign_in
from tests.tallying import conftest as read_files
from tests.views.neighbours import Neighbour
from tests.views.release_file import Release
from tests.views.visiting import Shown, at

DAY = date(2026, 6, 15)
EKHAMNS_YEARS = (2023, 2024, 2025)
MORE_TARGETS = {("E", "F1"): Wish(40.0, 2027), ("E03", "A"): Wish(55.5, 2025)}  # reached, and late


@pytest.fixture(scope="session")
def there(place: Settings, separate: Separate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surroundings]:
    """A database with the demo, for the running site; the keys are its own, since the demo keeps a password there."""
    keys = tmp_path_factory.mktemp("views") / "keys"
    shutil.copytree(place.keys, keys)
    with separate(place.model_copy(update={"keys_folder": keys, "demo_password": PASSWORD})) as settings:
        ensure(settings, DAY)
        store = key_store(settings)
        engine = connect(role_url(settings, store, DatabaseRole.WEB))
        yield Surroundings(settings, engine, store)
        engine.dispose()


@contextmanager
def owner(there: Surroundings) -> Iterator[Session]:
    """To write what is shown, and to export."""
    engine = connect(str(there.settings.database_url))
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def ekhamn(site: Flask, there: Surroundings) -> Shown:
    """Three years beside others of its sector, with some targets."""
    with owner(there) as session:
        organisation_id = _called(session, "Ekhamns kommun")
        desk = access.command_line(organisation_id)
        for (unit, level), wish in MORE_TARGETS.items():
            targets.add(session, desk, UnitId(unit), level, wish, today=date(2025, 6, 15))
        session.commit()
        years = _exported(session, organisation_id, *EKHAMNS_YEARS)
        others, told = _others(session, organisation_id), _told(session)
        aims = {(row.unit_id, row.level): (row.value, row.year) for row in session.scalars(select(Target))}
    seen = _seen(site, there, "ledning@ekhamn.example", years)
    return replace(seen, neighbours=others, told=told, targets=aims)


@pytest.fixture(scope="session")
def nacka(site: Flask, there: Surroundings, project: Path) -> Shown:
    """One year with nobody to compare with."""
    with owner(there) as session:
        make = Make(session, there.keys)
        organisation_id = make.organisation("Nacka")
        tree, rows = read_files.files(project / "tests/data/nacka-2022", 2022)
        move_in(session, access.system(organisation_id), there.keys, 2022, 3, tree, rows, DAY)
        make.account(organisation_id, Role.LEADER, "ledning@nacka.example")
        session.commit()
        years = _exported(session, organisation_id, 2022)
    return _seen(site, there, "ledning@nacka.example", years)


def _called(session: Session, name: str) -> OrganisationId:
    return OrganisationId(session.scalars(select(Organisation.id).where(Organisation.name == name)).one())


def _exported(session: Session, organisation_id: OrganisationId, *years: int) -> Mapping[int, Release]:
    """As export-release writes them."""
    scopes = {year: access.export(session, organisation_id, year) for year in years}
    return {year: Release(orjson.loads(as_json(gather(session, scope)))) for year, scope in scopes.items()}


def _others(session: Session, own: OrganisationId) -> list[Neighbour]:
    """Everybody else with a result of Ekhamn's years, in the order of their names."""
    rows = session.scalars(
        select(Organisation).where(Organisation.id.not_in([own, PLATFORM])).order_by(Organisation.name)
    )
    return [found for row in rows if (found := _neighbour(session, row)).years]


def _told(session: Session) -> dict[tuple[int, str], frozenset[str]]:
    """Who is counted in what the gate of organisations has let out: names by year and pool."""
    names = {row.id: row.name for row in session.scalars(select(Organisation))}
    return {
        (row.year, row.pool): frozenset(names[each] for each in row.members)
        for row in session.scalars(select(ToldPool))
    }


def _neighbour(session: Session, row: Organisation) -> Neighbour:
    measured = session.execute(
        select(Measurement.year, Measurement.strategy_focus).where(
            Measurement.organisation_id == row.id, Measurement.state == "released"
        )
    )
    focus = {each.year: each.strategy_focus or "" for each in measured if each.year in EKHAMNS_YEARS}
    consents = session.scalars(select(GivenConsent.kind).where(GivenConsent.organisation_id == row.id)).all()
    years = _exported(session, OrganisationId(row.id), *focus)
    return Neighbour(row.name, row.sector, row.county, row.employees, consents, focus, years)


def _seen(site: Flask, there: Surroundings, address: str, years: Mapping[int, Release]) -> Shown:
    browser = site.test_client()
    with at(site, there):
        cookies = sign_in(browser, address).headers.getlist("Set-Cookie")
    csrf = next(found[1] for each in cookies if (found := re.match(r"dimios_csrf_\d+=([^;]+)", each)))
    return Shown(site, there, browser, csrf, years)
