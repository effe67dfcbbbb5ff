"""A place with keys of its own in two folders, and organisations whose addresses are known."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.commands import respondents, uploads
from db.commands.uploads import KeptFile, UploadKind
from db.engine import Role, connect, transaction
from db.models import Base, Invitation, Organisation
from db.queries.respondents import listing
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.keystore import FolderKeyStore
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.respondents.respondent_plan import RespondentPlan
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import PLATFORM, MeasurementId, OrganisationId, UnitId
from dimios_dash.intake.respondent_file import RespondentRow
from dimios_dash.preparation import role_url
from dimios_dash.settings import Settings
from tests.conftest import Separate
from tests.factories import Make
from tests.worker.waiting import NOW

KEYS_OF_MANY = {"addresses", "links", "boxes"}  # folders


@dataclass(frozen=True, slots=True)
class Customer:
    """An organisation with a draft of a measurement."""

    id: OrganisationId
    name: str
    measurement_id: MeasurementId


@dataclass(frozen=True, slots=True)
class Vaults:
    """Two engines of one database, and its keys."""

    settings: Settings
    keys: FolderKeyStore
    worker: Engine
    web: Engine

    def customer(self, addresses: Sequence[str], year: int = 2026) -> Customer:
        """An organisation that has read in these respondents, with an account and a file that waits."""
        engine = connect(str(self.settings.database_url))
        with Session(engine, expire_on_commit=False) as session:
            make = Make(session, self.keys)
            organisation_id = make.organisation()
            make.units(organisation_id, {"E": None})
            measurement_id = make.measurement(organisation_id, MeasurementState.DRAFT, year)
            desk = DeskScope(organisation_id, make.account(organisation_id), None)
            vault = AddressVault.open(self.keys, organisation_id)
            uploads.keep(session, desk, vault, KeptFile(UploadKind.TREE, "träd.csv", b"E;;Enheten"), NOW)
            name = session.get_one(Organisation, organisation_id).name
            session.commit()
        engine.dispose()
        customer = Customer(organisation_id, name, measurement_id)
        self.read_in(customer, addresses)
        return customer

    def read_in(
        self, customer: Customer, addresses: Sequence[str], opened: AddressVault | None = None
    ) -> RespondentPlan:
        """As the web process does it, for a file with these addresses; it may have opened the vault a while ago."""
        rows = [RespondentRow(number, address, UnitId("E"), None) for number, address in enumerate(addresses, 2)]
        desk, vault = access.command_line(customer.id), opened or AddressVault.open(self.keys, customer.id)
        with transaction(self.web, customer.id) as session:
            return respondents.import_respondents(session, desk, vault, customer.measurement_id, rows)

    def addresses(self, customer: Customer) -> list[str]:
        """All respondents, as a page of the web process reads them; sorted."""
        desk, vault = access.command_line(customer.id), AddressVault.open(self.keys, customer.id)
        with transaction(self.web, customer.id) as session:
            return sorted(each.address for each in listing(session, desk, vault, customer.measurement_id))

    def generations(self, customer: Customer) -> dict[str, set[int]]:
        """Of the keys that rows are encrypted with, by table."""
        with transaction(self.worker, None) as session:
            return {
                name: set(session.scalars(select(table.c.key_generation).where(table.c.organisation_id == customer.id)))
                for name, table in Base.metadata.tables.items()
                if "key_generation" in table.c
            }

    def indexes(self, customer: Customer) -> set[bytes]:
        """The indexes of all addresses as they stand in the rows."""
        with transaction(self.worker, None) as session:
            return set(
                session.scalars(select(Invitation.address_index).where(Invitation.organisation_id == customer.id))
            )

    def rows(self) -> Counter[str]:
        """Of every organisation in every table: "table organisation" → how many."""
        counts: Counter[str] = Counter()
        with transaction(self.worker, None) as session:
            for name, table in Base.metadata.tables.items():
                owner = table.c.get("organisation_id", table.c.get("id") if name == "organisation" else None)
                if owner is not None:
                    found = session.execute(select(owner, func.count()).group_by(owner))
                    counts.update({f"{name} {organisation_id}": count for organisation_id, count in found})
        return counts


def _of_organisations(folder: str, names: list[str]) -> list[str]:
    """What shutil leaves out; the platform has a key too."""
    return [name for name in names if Path(folder).name in KEYS_OF_MANY and name != str(PLATFORM)]


@pytest.fixture(scope="module")
def vaults(place: Settings, separate: Separate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vaults]:
    """Keys of its own: rotating those of the session's place would lock the other databases out.

    Those of other tests' organisations stay behind: whoever tries every key on every key would try for an hour.
    """
    folder = tmp_path_factory.mktemp("vaults")
    shutil.copytree(place.keys, folder / "keys", ignore=_of_organisations)
    own = {"keys_folder": folder / "keys", "keys_copy": folder / "copy"}
    with separate(place.model_copy(update=own)) as settings:
        keys = FolderKeyStore(settings.key_folders)
        worker, web = (connect(role_url(settings, keys, role)) for role in (Role.WORKER, Role.WEB))
        yield Vaults(settings, keys, worker, web)
        worker.dispose()
        web.dispose()


@pytest.fixture
def arguments(vaults: Vaults) -> list[str]:
    """What a process of its own needs to work in the same place: the database and both key folders."""
    return [vaults.worker.url.render_as_string(hide_password=False), *map(str, vaults.settings.key_folders)]


@pytest.fixture
def copied(vaults: Vaults, tmp_path: Path) -> Path:
    """A backup of the key store, as it is now."""
    return Path(shutil.copytree(vaults.settings.keys, tmp_path / "copied"))
