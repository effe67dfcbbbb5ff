"""The key that mails are signed with."""

from __future__ import annotations

import typer

from dimios_dash.command_line.place import prepared
from dimios_dash.errors import Invalid


def dkim_record() -> None:
    """Made once; asked for again it is the same."""
    with prepared() as place:
        from dimios_dash.crypto.key_names import DKIM_KEY
        from dimios_dash.mail import signing

        if place.settings.dkim_selector is None:
            raise Invalid("Sätt DIMIOS_DKIM_SELECTOR först, till exempel till dash.")
        if DKIM_KEY not in place.keys.names("platform"):
            place.keys.write_once(DKIM_KEY, signing.new_key())
        typer.echo(f"{signing.dns_name(place.settings)}  TXT")
        typer.echo(signing.dns_record(place.keys.read(DKIM_KEY)))
