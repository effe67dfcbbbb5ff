from __future__ import annotations

import pytest
from sqlalchemy import select

from db.engine import transaction
from db.models import Account, Organisation
from dimios_dash.crypto.passwords import verify_password
from dimios_dash.ids import PLATFORM
from tests.command_line.conftest import Terminal

SECRET = "lugn och fin 2026"
KIM = ("--name", "Kim Prov", "--address", "kim@prov.example")


def account(terminal: Terminal) -> Account:
    with transaction(terminal.engine, None) as session:
        return session.scalars(select(Account)).one()


def create_user(terminal: Terminal, *more: str, typed: str = "") -> str:
    """What the command says on standard error; empty when it went well."""
    arguments = ("--organisation", "Provstad", "--role", "leader", *KIM, *more)
    return terminal.run("create-user", *arguments, typed=typed).stderr


def test_an_organisation_is_created_once(terminal: Terminal) -> None:
    arguments = ("create-organisation", "--name", "Provstad", "--sector", "region")

    first, second = terminal.run(*arguments), terminal.run(*arguments)

    assert first.stdout == "Provstad är upplagd. Lägg upp en nyckelanvändare med create-user.\n"
    assert (second.exit_code, second.stderr) == (1, "Det finns redan en organisation som heter Provstad.\n")
    with transaction(terminal.engine, None) as session:
        sectors = session.scalars(select(Organisation.sector).where(Organisation.name == "Provstad")).all()
    assert sectors == ["region"]


def test_a_user_gets_a_role_a_branch_and_the_password_from_standard_in(terminal: Terminal) -> None:
    terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers("E", "E", "E"))

    said = create_user(terminal, "--branch", "E1", "--password-stdin", typed=f"{SECRET}\n")

    made = account(terminal)
    assert said == ""
    assert (made.name, made.role, made.branch) == ("Kim Prov", "leader", "E1")
    assert verify_password(made.password_hash, SECRET)


def test_a_password_is_asked_for_twice_and_never_shown(terminal: Terminal) -> None:
    terminal.run("create-organisation", "--name", "Provstad", "--sector", "kommun")

    shown = terminal.run(
        *("create-user", "--organisation", "Provstad", "--role", "key_user", *KIM), typed=f"{SECRET}\n{SECRET}\n"
    )

    assert shown.exit_code == 0
    assert SECRET not in shown.output
    assert verify_password(account(terminal).password_hash, SECRET)


def test_a_random_password_is_printed(terminal: Terminal) -> None:
    created = terminal.run("create-operator", *KIM, "--random-password")

    made = account(terminal)
    assert (made.organisation_id, made.role) == (PLATFORM, "operator")
    assert created.stdout.startswith("Kim Prov kan nu logga in med kim@prov.example som driftansvarig.")
    assert verify_password(made.password_hash, created.stdout.split()[-1])


@pytest.mark.parametrize(
    ("more", "typed", "said"),
    [
        (("--password-stdin",), "kort\n", "Lösenordet är för kort."),
        (("--random-password", "--branch", "E9"), "", "Det finns ingen enhet med id E9 i organisationen."),
        (("--random-password", "--role", "operator"), "", "Driftansvariga hör till plattformen"),
        (("--random-password", "--organisation", "Provby"), "", "Det finns ingen organisation som heter Provby."),
        (("--random-password", "--name", " "), "", "Personen måste ha ett namn."),
    ],
)
def test_a_user_that_cannot_be_is_refused(terminal: Terminal, more: tuple[str, ...], typed: str, said: str) -> None:
    terminal.run("create-organisation", "--name", "Provstad", "--sector", "kommun")
    before = terminal.row_counts()

    assert create_user(terminal, *more, typed=typed).startswith(said)

    assert terminal.row_counts() == before


def test_an_address_signs_in_to_one_place_only(terminal: Terminal) -> None:
    terminal.run("create-organisation", "--name", "Provstad", "--sector", "kommun")
    create_user(terminal, "--random-password")
    before = terminal.row_counts()

    said = create_user(terminal, "--random-password", "--address", "KIM@prov.example")

    assert said.startswith("Adressen KIM@prov.example används redan för att logga in.")
    assert terminal.row_counts() == before
