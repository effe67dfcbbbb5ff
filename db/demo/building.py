"""Builds the demo where there is none, and anew when its version has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from shutil import rmtree

from sqlalchemy.orm import Session

from db.commands import people
from db.demo import accounts, ekhamn, memory, others, removing, running
from db.demo.accounts import DemoSignIn
from db.engine import transaction
from dimios_dash import access
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.sector import Sector
from dimios_dash.errors import Invalid
from dimios_dash.ids import PLATFORM, OrganisationId
from dimios_dash.mail import catcher
from dimios_dash.preparation import key_store, worker_engine
from dimios_dash.settings import Settings
from dimios_dash.tallying import benchmarks

DEMO_VERSION = 8  # raise it when the demo's contents change: every place builds its demo anew at its next start


def ensure(settings: Settings, today: date | None = None) -> tuple[DemoSignIn, ...]:
    """The demo's sign-ins; before that the demo itself where it is missing or of another version.

    The place is prepared (preparation.prepare). All is done in one transaction, or nothing. `today` is the day
    the open measurement is built around, None: today in Sweden. Raises Invalid in production.
    """
    if settings.production:
        raise Invalid("Demon går inte att använda när DIMIOS_ENV=production. Ta bort den inställningen först.")
    keys, engine = key_store(settings), worker_engine(settings)
    password = accounts.password(keys, settings.demo_password)
    try:
        with transaction(engine, None) as session:
            rebuilt = _bring_up_to_date(session, keys, password, today or today_in_stockholm(datetime.now(UTC)))
    finally:
        engine.dispose()
    if rebuilt:
        rmtree(catcher.folder(settings), ignore_errors=True)  # the links in old mails lead nowhere now
    accounts.keep_password(keys, password)  # last: where this fails, the next start sets the hashes again
    return accounts.sign_ins(password)


def _bring_up_to_date(session: Session, keys: KeyStore, password: str, today: date) -> bool:
    """Whether the demo was built anew."""
    built = memory.recall(session)
    stale = built is None or built.version != DEMO_VERSION
    if stale:
        if built is not None:
            removing.remove(session, keys, built.organisations)
        memory.remember(session, memory.Built(DEMO_VERSION, _build(session, keys, today)))
        accounts.set_password(session, keys, password)
    elif not accounts.is_kept(keys, password):
        accounts.set_password(session, keys, password)
    return stale


def _build(session: Session, keys: KeyStore, today: date) -> Sequence[OrganisationId]:
    system = access.system()
    ekhamns = people.create_organisation(session, system, keys, accounts.EKHAMN, Sector.KOMMUN)
    granviks = people.create_organisation(session, system, keys, accounts.GRANVIK, Sector.KOMMUN)
    places = {accounts.EKHAMN: ekhamns, accounts.GRANVIK: granviks, accounts.OPERATIONS: PLATFORM}
    accounts.create(session, keys, places)
    ekhamn.build_released(session, keys, ekhamns, today)
    running.build(session, keys, ekhamns, today)
    made_up = others.build(session, keys, today)
    made_up += others.build_companies(session, keys, today, ekhamn.show_to_others(session, ekhamns))
    for year in ekhamn.YEARS:
        benchmarks.compute(session, system, year, today)
    return [ekhamns, granviks, *made_up]
