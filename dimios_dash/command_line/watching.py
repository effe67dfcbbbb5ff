"""What an operator has to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from dimios_dash.command_line.place import prepared


def incidents(*, limit: Annotated[int, typer.Option(min=1, help="Högst så många, de nyaste först.")] = 50) -> None:
    """The newest incidents of all organisations."""
    from db.engine import transaction
    from db.queries import incidents as queries
    from dimios_dash import access
    from dimios_dash.domain.calendar import STOCKHOLM
    from dimios_dash.domain.incident import told

    with prepared() as place, transaction(place.engine, None) as session:
        found = queries.latest(session, access.system(), limit)
        for each in found:
            at = each.at.astimezone(STOCKHOLM)
            sentence = told(each.kind, each.organisation, each.year, each.reference, each.details)
            typer.echo(f"{at:%Y-%m-%d %H.%M}  {sentence}")
    if not found:
        typer.echo("Inget har hänt som du behöver titta på.")
