"""An erasure is killed in the middle: nothing goes without a certificate, and the next one goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from db.engine import transaction
from db.models import Account, SignInSession
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.certificates import Stage
from dimios_dash.crypto.key_names import box_key, links_key
from dimios_dash.crypto.keystore import KeyMissing
from dimios_dash.custody.erasure import Order, erase
from tests.custody.conftest import Customer, Vaults
from tests.custody.erased import certificates_of, key_files, known

PEOPLE = ["eva@ekhamn.example", "bo.ek@ekhamn.example", "asa.oberg@ekhamn.example"]
ORDER = Order("Den andre", date(2027, 1, 1))

# Erases, and kills itself at the n-th call of a function, before or after it.
PROGRAM = """
import os, signal, sys
from datetime import date
from importlib import import_module
from pathlib import Path
from uuid import UUID

from db.engine import connect
from db.queries.organisations import KnownOrganisation
from dimios_dash.crypto.keystore import FolderKeyStore
from dimios_dash.custody.erasure import Order, erase
from dimios_dash.domain.sector import Sector

url, first, second, organisation_id, organisation, module, name, call, after = sys.argv[1:]
place, calls = import_module(module), []
deed = getattr(place, name)

def mortal(*arguments):
    calls.append(name)
    if len(calls) < int(call):
        return deed(*arguments)
    if after == "after":
        deed(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(place, name, mortal)
keys = FolderKeyStore([Path(first), Path(second)])
customer = KnownOrganisation(UUID(organisation_id), organisation, Sector.KOMMUN, 3)
erase(connect(url), keys, customer, Order("Den förste", date(2027, 1, 1)))
"""
COMMANDS, STORE = "db.commands.erasure", "dimios_dash.crypto.keystore"


@pytest.fixture
def customer(vaults: Vaults) -> Customer:
    return vaults.customer(PEOPLE)


DEATHS = [
    (COMMANDS, "append", 1, "after"),  # in the first transaction
    (STORE, "_shred", 1, "before"),
    (STORE, "_shred", 1, "after"),
    (STORE, "_shred", 3, "after"),
    (COMMANDS, "delete_rows", 1, "before"),
    (COMMANDS, "delete_rows", 1, "after"),
    (COMMANDS, "append", 2, "after"),  # in the second transaction
]


@pytest.mark.parametrize("death", DEATHS, ids=lambda death: f"{death[3]}-{death[1]}-{death[2]}")
def test_killed_anywhere_it_certifies_first_and_the_next_one_finishes_it(
    vaults: Vaults, arguments: list[str], customer: Customer, project: Path, death: tuple[str, str, int, str]
) -> None:
    program = [sys.executable, "-c", PROGRAM, *arguments, str(customer.id), customer.name, *map(str, death)]
    all_keys = key_files(vaults, customer)

    ended = subprocess.run(program, cwd=project, check=False, capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (-signal.SIGKILL, "")
    begun = certificates_of(vaults, customer)
    assert [each.stage for each in begun] in ([], [Stage.BEGUN])
    assert begun or key_files(vaults, customer) == all_keys
    assert vaults.rows()[f"invitation {customer.id}"] == len(PEOPLE)
    erase(vaults.worker, vaults.keys, known(customer), ORDER)
    done = certificates_of(vaults, customer)
    assert [each.stage for each in done] == [Stage.BEGUN, Stage.DONE]
    assert {each.by for each in done} == {begun[0].by if begun else ORDER.by}
    assert len(done[1].key_commitments) == 1
    assert vaults.rows()[f"organisation {customer.id}"] == 0
    assert key_files(vaults, customer) == []


def test_nobody_of_the_organisation_gets_in_once_it_has_begun(
    vaults: Vaults, arguments: list[str], customer: Customer, project: Path
) -> None:
    where = (COMMANDS, "delete_rows", "1", "before")
    program = [sys.executable, "-c", PROGRAM, *arguments, str(customer.id), customer.name, *where]

    subprocess.run(program, cwd=project, check=False)

    with transaction(vaults.worker, None) as session:
        own = Account.organisation_id == customer.id
        assert session.scalars(select(Account.disabled).where(own)).all() == [True]
        assert not session.scalars(select(SignInSession).where(SignInSession.organisation_id == customer.id)).all()
    with pytest.raises(KeyMissing):
        AddressVault.open(vaults.keys, customer.id)
    for name in (links_key(customer.measurement_id), box_key(customer.measurement_id)):
        with pytest.raises(KeyMissing):
            vaults.keys.read(name)
