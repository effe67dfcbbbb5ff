"""A backup of the database is really dumped and restored: it opens before an erasure, and never after it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, make_url, select, text

from db.engine import connect, transaction
from db.models import Account, Invitation
from db.postgres_programs import programs_for, unprivileged
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.key_ring import KEY_BYTES, BadCiphertext, KeyRing
from dimios_dash.crypto.keystore import FolderKeyStore, KeyMissing
from dimios_dash.crypto.organisation_keys import rotate_master
from dimios_dash.custody.erasure import Order, erase
from tests.custody.conftest import Customer, Vaults
from tests.custody.erased import known

PEOPLE = ["eva@ekhamn.example", "bo.ek@ekhamn.example", "asa.oberg@ekhamn.example"]
ALONE = "ensam@granvik.example"
ORDER = Order("Kim Öberg", date(2027, 1, 1))


@pytest.fixture
def restored(vaults: Vaults, customer: Customer, other: Customer, tmp_path: Path) -> Iterator[Engine]:
    """The database as it was before the erasure, dumped to a file and restored into a database of its own."""
    assert [vaults.addresses(each) for each in (customer, other)] == [sorted(PEOPLE), [ALONE]]
    dump = tmp_path / "dump"
    postgres("pg_dump", "--format=custom", f"--file={dump}", address_of(vaults))
    name = f"restored_{uuid4().hex}"
    owner = connect(str(vaults.settings.database_url)).execution_options(isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text(f"create database {name}"))
    postgres("pg_restore", "--exit-on-error", f"--dbname={address_of(vaults, name)}", str(dump))
    engine = connect(address_of(vaults, name))
    yield engine
    engine.dispose()
    with owner.connect() as connection:
        connection.execute(text(f"drop database {name}"))
    owner.dispose()


@pytest.fixture
def customer(vaults: Vaults) -> Customer:
    return vaults.customer(PEOPLE)


@pytest.fixture
def other(vaults: Vaults) -> Customer:
    return vaults.customer([ALONE])


def postgres(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs, as an operator runs it."""
    done = subprocess.run(
        [programs_for(unprivileged()).folder / program, *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def address_of(vaults: Vaults, database: str | None = None) -> str:
    """Of the vaults' database, or of another on its server, as PostgreSQL's programs understand it."""
    url = make_url(str(vaults.settings.database_url)).set(drivername="postgresql")
    return url.set(database=database or url.database).render_as_string(hide_password=False)


def encrypted(engine: Engine, customer: Customer) -> list[tuple[UUID, bytes]]:
    """Every encrypted address of the customer, with its row's id."""
    with transaction(engine, None) as session:
        return [
            (row.id, row.address)
            for table in (Account, Invitation)
            for row in session.execute(select(table.id, table.address).where(table.organisation_id == customer.id))
        ]


def opened(keys: FolderKeyStore, customer: Customer, rows: Sequence[tuple[UUID, bytes]]) -> list[str]:
    """The addresses that the program itself gets at with these keys."""
    try:
        vault = AddressVault.open(keys, customer.id)
        return [vault.decrypt(*row) for row in rows]
    except KeyMissing:
        return []


def broken_into(folders: Sequence[Path], customer: Customer, rows: Sequence[tuple[UUID, bytes]]) -> list[str]:
    """The addresses that somebody gets at who tries every file below the folders as every kind of key."""
    contents = {path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
    masters = [ring for content in contents for ring in rings(content)]
    unwrapped = [ring for content in contents for master in masters for ring in unwrap(master, content, customer)]
    derived = [ring.derived(b"dimios-dash/addresses", b"encryption") for ring in [*masters, *unwrapped]]
    return [found for ring in [*masters, *unwrapped, *derived] for row in rows for found in tried(ring, customer, *row)]


def rings(content: bytes) -> list[KeyRing]:
    """The content as a ring, and as a bare key of any generation that a row may name."""
    last = content[-KEY_BYTES:]
    bare = [KeyRing.decode(bytes([generation]) + last) for generation in (1, 2, 3) if len(last) == KEY_BYTES]
    try:
        return [KeyRing.decode(content), *bare]
    except ValueError:
        return bare


def unwrap(master: KeyRing, content: bytes, customer: Customer) -> list[KeyRing]:
    try:
        return [KeyRing.decode(master.open(content, f"{customer.id}|key".encode()))]
    except BadCiphertext:
        return []


def tried(ring: KeyRing, customer: Customer, row_id: UUID, ciphertext: bytes) -> list[str]:
    try:
        return [ring.open(ciphertext, f"{customer.id}|{row_id}|email".encode()).rstrip(b"\0").decode()]
    except BadCiphertext:
        return []


def test_before_an_erasure_a_restored_backup_opens_with_the_keys_of_its_day(
    customer: Customer, restored: Engine, copied: Path
) -> None:
    rows = encrypted(restored, customer)

    read, stolen = opened(FolderKeyStore([copied]), customer, rows), broken_into([copied], customer, rows)

    assert len(rows) == len(PEOPLE) + 1
    assert set(PEOPLE) < set(read)
    assert set(stolen) == set(read)


def test_after_an_erasure_a_restored_backup_opens_with_no_key_that_ever_was_a_master_key(
    vaults: Vaults, customer: Customer, restored: Engine, tmp_path: Path
) -> None:
    masters = [tmp_path / "master-1", tmp_path / "master-2"]
    for copy in masters:
        shutil.copytree(vaults.settings.keys / "platform", copy / "platform")
        rotate_master(vaults.keys)
    rows = encrypted(restored, customer)
    everything = [*vaults.settings.key_folders, *masters]
    control = broken_into(everything, customer, rows)

    erase(vaults.worker, vaults.keys, known(customer), ORDER)

    assert set(PEOPLE) < set(control)
    assert len(rows) == len(PEOPLE) + 1
    assert broken_into(everything, customer, rows) == []
    for folder in everything:
        assert opened(FolderKeyStore([folder]), customer, rows) == []


def test_after_an_erasure_the_others_in_the_backup_still_open(
    vaults: Vaults, customer: Customer, other: Customer, restored: Engine
) -> None:
    erase(vaults.worker, vaults.keys, known(customer), ORDER)

    assert opened(vaults.keys, customer, encrypted(restored, customer)) == []
    assert ALONE in opened(vaults.keys, other, encrypted(restored, other))
