"""What runs for long, and what makes a place ready for it."""

from __future__ import annotations

from typing import Annotated

import typer

from dimios_dash.command_line.place import prepared, refusing


def serve(*, demo: Annotated[bool, typer.Option("--demo", help="Fyll på med en påhittad demo först.")] = False) -> None:
    """The whole place; it prepares and looks after the database itself."""
    with refusing():
        from dimios_dash.serving import supervisor
        from dimios_dash.settings import Settings

        supervisor.serve(Settings(), demo=demo)


def worker() -> None:
    """Only the worker, beside web servers that run elsewhere."""
    with prepared() as place:
        from dimios_dash import logs
        from dimios_dash.worker import loop

        logs.configure()
        loop.run(place.settings)


def migrate() -> None:
    """Nothing but what every command does first."""
    with prepared():
        typer.echo("Databasen är uppdaterad till den här versionen.")


def demo() -> None:
    """The demo's organisations and sign-ins."""
    with prepared() as place:
        from db import demo as content

        sign_ins = content.ensure(place.settings)
    typer.echo("Demon finns på plats. Logga in med:")
    for each in sign_ins:
        typer.echo(f"  {each.address}   {each.password}   {each.role}, {each.organisation}")
