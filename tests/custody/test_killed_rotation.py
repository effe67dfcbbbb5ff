"""A rotation is killed in the middle: nobody notices, and the next one goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from db.engine import transaction
from db.models import Invitation
from dimios_dash.crypto import organisation_keys
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.custody.rotation import rotate_organisation_key
from dimios_dash.domain.respondents.respondent_plan import RespondentDeed
from dimios_dash.ids import new_id
from tests.custody.conftest import Customer, Vaults

PEOPLE = [f"nr{number}@ekhamn.example" for number in range(7)]

# Rotates in batches of two rows, and kills itself at the n-th call of a function, before or after it.
PROGRAM = """
import os, signal, sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from uuid import UUID

from db.commands import address_keys
from db.engine import connect
from dimios_dash.crypto.keystore import FolderKeyStore
from dimios_dash.custody.rotation import rotate_organisation_key

url, first, second, organisation_id, module, name, call, after = sys.argv[1:]
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
address_keys._ENCRYPTED = tuple(replace(each, batch=2) for each in address_keys._ENCRYPTED)
rotate_organisation_key(connect(url), FolderKeyStore([Path(first), Path(second)]), UUID(organisation_id))
"""
COMMANDS, KEYS, STORE = (
    "db.commands.address_keys",
    "dimios_dash.crypto.organisation_keys",
    "dimios_dash.crypto.keystore",
)


@dataclass(frozen=True, slots=True)
class Death:
    """Where, at which call, and whether the call is made first; which keys there are then, and which rows use them."""

    module: str
    name: str
    call: int
    after: bool
    keys: tuple[int, ...]
    rows: frozenset[int]


DEATHS = [
    Death(COMMANDS, "admit", 1, True, (1,), frozenset({1})),  # in the transaction
    Death(KEYS, "follow", 1, False, (1,), frozenset({1})),
    Death(STORE, "_write", 1, True, (1, 2), frozenset({1})),  # in one folder, not in the other
    Death(KEYS, "follow", 1, True, (1, 2), frozenset({1})),
    Death(COMMANDS, "renew", 3, False, (1, 2), frozenset({1, 2})),
    Death(COMMANDS, "renew", 3, True, (1, 2), frozenset({1, 2})),
    Death(COMMANDS, "dismiss", 1, True, (1, 2), frozenset({2})),
    Death(KEYS, "drop", 1, False, (1, 2), frozenset({2})),
    Death(STORE, "_write", 3, True, (2,), frozenset({2})),  # the old key is left in one folder
]


def describe(death: Death) -> str:
    return f"{'after' if death.after else 'before'}-{death.name}-{death.call}"


def die(vaults: Vaults, arguments: list[str], customer: Customer, death: Death, project: Path) -> None:
    """Rotate in a process of its own that is killed there."""
    when = "after" if death.after else "before"
    program = [
        sys.executable,
        "-c",
        PROGRAM,
        *arguments,
        str(customer.id),
        death.module,
        death.name,
        str(death.call),
        when,
    ]

    ended = subprocess.run(program, cwd=project, check=False, capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (-signal.SIGKILL, "")
    assert organisation_keys.read(vaults.keys, customer.id).generations == death.keys
    assert vaults.generations(customer)["invitation"] == death.rows


@pytest.mark.parametrize("death", DEATHS, ids=describe)
def test_killed_anywhere_it_loses_nothing_and_the_next_one_finishes_it(
    vaults: Vaults, arguments: list[str], project: Path, death: Death
) -> None:
    customer = vaults.customer(PEOPLE)

    die(vaults, arguments, customer, death, project)

    assert vaults.addresses(customer) == sorted(PEOPLE)
    assert vaults.read_in(customer, ["ny@ekhamn.example", "NR3@EKHAMN.example"]).counts == {
        RespondentDeed.NEW: 1,
        RespondentDeed.UNCHANGED: 1,
    }
    rotate_organisation_key(vaults.worker, vaults.keys, customer.id)
    assert vaults.addresses(customer) == sorted([*PEOPLE, "ny@ekhamn.example"])
    newest = organisation_keys.read(vaults.keys, customer.id).newest
    assert all(found == {newest} for found in vaults.generations(customer).values())
    assert len(organisation_keys.read(vaults.keys, customer.id).generations) == 1


def test_between_two_keys_nobody_is_invited_twice(vaults: Vaults, arguments: list[str], project: Path) -> None:
    customer = vaults.customer(PEOPLE)
    die(vaults, arguments, customer, Death(COMMANDS, "renew", 3, True, (1, 2), frozenset({1, 2})), project)
    before = vaults.indexes(customer)

    again = vaults.read_in(customer, [address.upper() for address in PEOPLE])

    assert again.counts == {RespondentDeed.UNCHANGED: len(PEOPLE)}
    assert vaults.indexes(customer) == before


def test_who_opened_the_vault_before_the_new_key_came_sees_whom_it_has_invited(
    vaults: Vaults, arguments: list[str], project: Path
) -> None:
    customer = vaults.customer(PEOPLE)
    opened_before = AddressVault.open(vaults.keys, customer.id)
    die(vaults, arguments, customer, Death(KEYS, "follow", 1, True, (1, 2), frozenset({1})), project)
    vaults.read_in(customer, ["ny@ekhamn.example"])

    again = vaults.read_in(customer, ["ny@ekhamn.example"], opened_before)

    assert again.counts == {RespondentDeed.UNCHANGED: 1}


def test_between_two_keys_the_database_refuses_an_address_under_the_index_it_stands_under(
    vaults: Vaults, arguments: list[str], project: Path
) -> None:
    customer = vaults.customer(PEOPLE)
    die(vaults, arguments, customer, Death(COMMANDS, "renew", 3, True, (1, 2), frozenset({1, 2})), project)
    vault = AddressVault.open(vaults.keys, customer.id)

    for index in vaults.indexes(customer):
        with pytest.raises(IntegrityError, match="uq_invitation"), transaction(vaults.web, customer.id) as session:
            session.execute(insert(Invitation).values(_copy(customer, vault, index)))

    with transaction(vaults.worker, None) as session:
        rows = session.scalars(select(Invitation.id).where(Invitation.organisation_id == customer.id)).all()
    assert len(rows) == len(PEOPLE)


def _copy(customer: Customer, vault: AddressVault, index: bytes) -> dict[str, UUID | str | bytes]:
    row_id = new_id()
    return {
        "organisation_id": customer.id,
        "id": row_id,
        "measurement_id": customer.measurement_id,
        "unit_id": "E",
        "address": vault.encrypt(row_id, PEOPLE[0]),
        "address_index": index,
    }
