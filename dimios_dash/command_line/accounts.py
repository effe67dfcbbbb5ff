"""Organisations and those who sign in."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dimios_dash.command_line.place import Place, prepared
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.sector import Sector
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import PLATFORM, UnitId

if TYPE_CHECKING:
    from db.commands.people import NewAccount
    from dimios_dash.ids import OrganisationId

RANDOM_BYTES = 12

Name = Annotated[str, typer.Option(help="Personens namn.")]
Address = Annotated[str, typer.Option(help="E-postadressen som personen loggar in med.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Läs lösenordet från standard in.")]
AtRandom = Annotated[bool, typer.Option("--random-password", help="Hitta på ett lösenord och skriv ut det.")]


def create_organisation(
    *,
    name: Annotated[str, typer.Option("--name", "--organisation", help="Organisationens namn.")],
    sector: Annotated[Sector, typer.Option(help="Organisationens sektor.")],
) -> None:
    """A new customer without units."""
    from db.commands import people
    from db.engine import transaction
    from dimios_dash import access

    with prepared() as place, transaction(place.engine, None) as session:
        people.create_organisation(session, access.system(), place.keys, name, sector)
    typer.echo(f"{name.strip()} är upplagd. Lägg upp en nyckelanvändare med create-user.")


def create_user(
    *,
    organisation: Annotated[str, typer.Option(help="Organisationens namn.")],
    role: Annotated[Role, typer.Option(help="Personens roll.")],
    name: Name,
    address: Address,
    branch: Annotated[str | None, typer.Option(help="Enhetens id; personen ser bara den och det under den.")] = None,
    password_stdin: FromStdin = False,
    random_password: AtRandom = False,
) -> None:
    """Somebody who signs in to a customer."""
    from db.commands.people import NewAccount

    password = _password(from_stdin=password_stdin, at_random=random_password)
    new = NewAccount(name, address, password, role, None if branch is None else UnitId(branch))
    with prepared() as place:
        _create(place, _id_of(place, organisation), new)
    typer.echo(_created(new, printed=random_password))


def create_operator(
    *,
    name: Name,
    address: Address,
    password_stdin: FromStdin = False,
    random_password: AtRandom = False,
) -> None:
    """Somebody who runs the platform."""
    from db.commands.people import NewAccount

    password = _password(from_stdin=password_stdin, at_random=random_password)
    new = NewAccount(name, address, password, Role.OPERATOR)
    with prepared() as place:
        _create(place, PLATFORM, new)
    typer.echo(_created(new, printed=random_password))


def _password(*, from_stdin: bool, at_random: bool) -> str:
    """The new password: read, made up, or asked for twice."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if at_random:
        return secrets.token_urlsafe(RANDOM_BYTES)
    asked: str = typer.prompt("Lösenord", hide_input=True, confirmation_prompt="Lösenordet en gång till")
    return asked


def _id_of(place: Place, organisation: str) -> OrganisationId:
    from db.engine import transaction
    from db.queries import organisations
    from dimios_dash import access

    with transaction(place.engine, None) as session:
        found = organisations.by_name(session, access.system(), organisation)
    if found is None:
        raise NotFound(f"Det finns ingen organisation som heter {organisation}. Kontrollera stavningen.")
    return found.id


def _create(place: Place, organisation_id: OrganisationId, new: NewAccount) -> None:
    from db.commands import people
    from db.engine import transaction
    from dimios_dash import access

    if not new.name.strip():
        raise Invalid("Personen måste ha ett namn.")
    with transaction(place.engine, organisation_id) as session:
        people.create_account(session, access.system(organisation_id), place.keys, new)


def _created(new: NewAccount, *, printed: bool) -> str:
    secret = f" Lösenordet är {new.password}" if printed else ""
    return f"{new.name} kan nu logga in med {new.address} som {new.role.label.lower()}.{secret}"
