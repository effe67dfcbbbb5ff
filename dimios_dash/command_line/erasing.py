"""The end of a contract: an organisation is erased, and the certificate of it can be verified by anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dimios_dash.command_line.place import Place, prepared, refusing
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.errors import Invalid, NotFound

if TYPE_CHECKING:
    from db.queries.organisations import KnownOrganisation
    from dimios_dash.crypto.certificates import Certificate, Document
    from dimios_dash.custody.erasure import Erased, Order


def erase_organisation(
    *,
    organisation: Annotated[str, typer.Option(help="Organisationens namn.")],
    by: Annotated[str, typer.Option(help="Vem som har beslutat det; står i intyget.")],
    backups_gone: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Dagen från vilken ingen säkerhetskopia av nyckeln finns.")
    ],
    output: Annotated[Path | None, typer.Option(help="Filen som intyget sparas i.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Fråga inte först.")] = False,
) -> None:
    """Keys and rows go for ever; a signed certificate stays. Run again it goes on, or saves the certificate again."""
    from dimios_dash.custody.erasure import Order

    order = Order(by.strip(), backups_gone.date())
    _require_possible(order)
    with prepared() as place:
        found = _customer(place, organisation)
        if found is None:
            document = _earlier(place, organisation)
            typer.echo(f"{organisation.strip()} är redan raderad. Ingenting har ändrats.")
        else:
            document = _erased(place, found, order, ask=not yes)
    _hand_over(document, output)


def verify_certificate(
    file: Annotated[Path, typer.Argument(help="Intyget, JSON.")],
    *,
    public_key: Annotated[str | None, typer.Option(help="Leverantörens offentliga nyckel, hexadecimalt.")] = None,
    previous: Annotated[Path | None, typer.Option(help="Intyget som står före i kedjan.")] = None,
) -> None:
    """Needs no database, no keys and no network."""
    with refusing():
        from dimios_dash.command_line.certificate_text import proof

        document, certificate = _verified(file, public_key)
        if previous is not None:
            _require_chained(certificate, file, _verified(previous, public_key)[0], previous)
        lines = proof(certificate, document, key_given=public_key is not None, chained=previous is not None)
    typer.echo("\n".join(lines))


def _require_possible(order: Order) -> None:
    with refusing():
        if not order.by:
            raise Invalid("Ange med --by vem som har beslutat om raderingen: det står i intyget.")
        if order.backups_gone < _today():
            raise Invalid(
                "Nyckeln finns i dag, och därför kan också säkerhetskopior av den finnas. Ange med --backups-gone den "
                "dag då den sista är borta: i dag, eller senare."
            )


def _customer(place: Place, organisation: str) -> KnownOrganisation | None:
    from db.engine import transaction
    from db.queries import organisations
    from dimios_dash import access

    with transaction(place.engine, None) as session:
        return organisations.by_name(session, access.system(), organisation)


def _earlier(place: Place, organisation: str) -> Document:
    """The certificate of an organisation that has been erased. Raises NotFound."""
    from db.engine import transaction
    from db.queries import certificates
    from dimios_dash import access

    with transaction(place.engine, None) as session:
        found = certificates.of_erased(session, access.system(), organisation)
    if found is None:
        raise NotFound(f"Det finns ingen organisation som heter {organisation}. Kontrollera stavningen.")
    return found


def _erased(place: Place, organisation: KnownOrganisation, order: Order, *, ask: bool) -> Document:
    from dimios_dash.custody import erasure

    if ask:
        question = f"Allt som hör till {organisation.name} raderas för alltid. Skriv namnet för att radera"
        typed: str = typer.prompt(question)
        if typed.strip() != organisation.name:
            raise Invalid("Namnet stämmer inte. Ingenting har raderats.")
    done = erasure.erase(place.engine, place.keys, organisation, order)
    typer.echo(_told(organisation, done))
    return done.document


def _told(organisation: KnownOrganisation, done: Erased) -> str:
    return f"{organisation.name} är raderad. Nyckelfiler som skrevs över och togs bort: {done.copies}."


def _hand_over(document: Document, output: Path | None) -> None:
    """Save the certificate, or say how; and show the key that others verify it with."""
    with refusing():
        if output is None:
            typer.echo("Intyget finns i databasen. Kör kommandot igen med --output för att spara det.")
        else:
            _write(output, document)
            typer.echo(f"Intyget är sparat i {output}. Kontrollera det med verify-certificate {output}.")
    typer.echo(f"Offentlig nyckel: {document['public_key']}")


def _write(path: Path, document: Document) -> None:
    import orjson

    try:
        path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
    except OSError as problem:
        raise Invalid(
            f"{path}: Filen går inte att skriva ({problem.strerror}). Raderingen är gjord och intyget finns i "
            "databasen. Kör kommandot igen med en annan fil."
        ) from None


def _verified(path: Path, public_key: str | None) -> tuple[Document, Certificate]:
    """Raises Invalid for anything but a certificate of ours that nobody has changed."""
    import orjson

    from dimios_dash.crypto.certificates import BadCertificate, verify

    try:
        document: Document = orjson.loads(path.read_bytes())
        return document, verify(document, public_key)
    except OSError as problem:
        raise Invalid(f"{path}: Filen går inte att läsa ({problem.strerror}).") from None
    except orjson.JSONDecodeError:
        raise Invalid(f"{path}: Filen är inget intyg. Välj filen som sparades vid raderingen.") from None
    except BadCertificate as problem:
        raise Invalid(f"{path}: {problem}") from None


def _require_chained(certificate: Certificate, file: Path, before: Document, previous: Path) -> None:
    from dimios_dash.crypto.certificates import follows

    if not follows(certificate, before):
        raise Invalid(
            f"{file}: Intyget bygger inte på {previous}. Antingen är det inte intyget närmast före, "
            "eller så har kedjan ändrats i efterhand."
        )


def _today() -> date:
    return today_in_stockholm(datetime.now(UTC))
