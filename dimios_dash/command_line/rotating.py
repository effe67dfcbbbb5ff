"""New keys take over from old ones; everybody goes on working meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dimios_dash.command_line.place import Place, prepared
from dimios_dash.errors import Invalid, NotFound

if TYPE_CHECKING:
    from dimios_dash.ids import OrganisationId


def rotate_master_key() -> None:
    """A new master key; the organisations' keys are re-wrapped one by one."""
    from dimios_dash.crypto import organisation_keys

    with prepared() as place:
        done = organisation_keys.rotate_master(place.keys)
    for name in done.unreadable:
        typer.echo(f"Nyckeln {name} kan inte öppnas, och kunde det inte före bytet heller. Den är kvar.", err=True)
    typer.echo(f"Huvudnyckeln är bytt. Organisationsnycklar som skyddas av den nya: {done.rewrapped}.")


def rotate_organisation_key(*, organisation: Annotated[str, typer.Option(help="Organisationens namn.")]) -> None:
    """A new key of one organisation, or of the platform itself; its addresses are encrypted anew."""
    with prepared() as place:
        renewed = _rotated(place, organisation)
    typer.echo(
        f"Nyckeln för {organisation.strip()} är bytt. Adresser och filer som krypterades om: {renewed}. "
        "Säkerhetskopior av databasen från före bytet har adresser som inte längre kan läsas: ta en ny kopia."
    )


def _rotated(place: Place, organisation: str) -> int:
    from dimios_dash.crypto.key_ring import BadCiphertext
    from dimios_dash.crypto.keystore import KeyMissing
    from dimios_dash.custody import rotation

    try:
        return rotation.rotate_organisation_key(place.engine, place.keys, _holder(place, organisation))
    except KeyMissing:
        raise Invalid(
            f"Nyckeln för {organisation} finns inte i nyckelmappen. Ingenting har ändrats. "
            "Kontrollera att DIMIOS_KEYS pekar på rätt mapp."
        ) from None
    except BadCiphertext:
        raise Invalid(
            f"Något av det som är krypterat för {organisation} är skadat. Båda nycklarna är kvar, så att allt annat "
            "kan läsas som förut. Rätta eller ta bort den skadade raden och kör kommandot igen, så fortsätter bytet."
        ) from None


def _holder(place: Place, organisation: str) -> OrganisationId:
    from db.engine import transaction
    from db.queries import organisations
    from dimios_dash import access

    with transaction(place.engine, None) as session:
        found = organisations.key_holder(session, access.system(), organisation)
    if found is None:
        raise NotFound(f"Det finns ingen organisation som heter {organisation}. Kontrollera stavningen.")
    return found
