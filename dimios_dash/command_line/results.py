"""Earlier measurements in, releases out, and the benchmarks between them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from dimios_dash.command_line.place import Place, prepared
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.comparing import fixed_dates
from dimios_dash.domain.days import written
from dimios_dash.domain.sector import Sector
from dimios_dash.errors import Invalid

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.queries.organisations import KnownOrganisation
    from dimios_dash.exports.release_entries import ReleaseFile
    from dimios_dash.intake.findings import Parsed

T = TypeVar("T")

OrganisationName = Annotated[str, typer.Option(help="Organisationens namn.")]


class FileFormat(StrEnum):
    """How a release is written."""

    JSON = "json"
    XLSX = "xlsx"


def import_measurement(
    *,
    organisation: OrganisationName,
    sector: Annotated[Sector, typer.Option(help="Organisationens sektor.")],
    year: Annotated[int, typer.Option(help="Mätningens kalenderår.")],
    tree: Annotated[Path, typer.Option(help="Organisationsträdet, CSV eller Excel.")],
    answers: Annotated[Path, typer.Option(help="Svaren, CSV eller Excel.")],
    k: Annotated[
        int | None, typer.Option(help="Minsta antal svar för att något ska visas: 3 om organisationen inte har högre.")
    ] = None,
) -> None:
    """Read both files, and publish what they hold through the same gate as every measurement; all or nothing."""
    from db.engine import transaction
    from dimios_dash import access, instruments
    from dimios_dash.intake.answer_file import read_answers
    from dimios_dash.intake.tree_file import read_tree
    from dimios_dash.tallying.moving_in import move_in

    with prepared() as place:
        units = _accepted(tree, read_tree)
        ids, keys = [unit.unit_id for unit in units], instruments.load().statement_keys
        sheets = _accepted(answers, lambda content, name: read_answers(content, name, ids, keys))
        with transaction(place.engine, None) as session:
            found = _organisation(session, place, organisation, sector)
            smallest = found.k if k is None else k
            move_in(session, access.system(found.id), place.keys, year, smallest, units, sheets, _today())
    typer.echo(
        f"Mätningen för {year} i {found.name} är inläst och publicerad: {len(sheets)} svar, {len(units)} enheter, "
        f"minst {smallest} svar för att något ska visas. Svaren har inte sparats."
    )


def export_release(
    *,
    organisation: OrganisationName,
    year: Annotated[int, typer.Option(help="Mätningens kalenderår.")],
    format: Annotated[FileFormat, typer.Option(help="json för program, xlsx för människor.")],  # noqa: A002, the option's name
    output: Annotated[Path, typer.Option(help="Filen som skrivs.")],
) -> None:
    """Write one file with everything that may be seen, and every free text as it was written."""
    from db.engine import transaction
    from dimios_dash import access
    from dimios_dash.exports import release_file

    with prepared() as place:
        with transaction(place.engine, None) as session:
            found = _known(session, organisation)
            reviewing = access.export_as_written(session, found.id, year)
            file = release_file.gather(session, reviewing.released, reviewing=reviewing)
        _write(output, _content(file, format))
    typer.echo(f"Resultatet för {year} i {found.name} är sparat i {output}.")


def recalculate_release(
    *,
    organisation: OrganisationName,
    year: Annotated[int, typer.Option(help="Mätningens kalenderår.")],
) -> None:
    """Replace a release within its quarantine, where nobody can be singled out by having seen both."""
    from db.engine import transaction
    from dimios_dash import access
    from dimios_dash.tallying.recalculation import recalculate

    with prepared() as place:
        with transaction(place.engine, None) as session:
            found = _known(session, organisation)
            measurement_id = access.export(session, found.id, year).measurement_id
        changed = recalculate(place.engine, place.keys, found.id, measurement_id, _today())
    typer.echo(
        f"Resultatet för {year} i {found.name} är räknat på nytt ur samma svar. Medelvärden som har ändrats: "
        f"{changed}. Texterna är desamma."
    )


def compare_years(*, organisation: OrganisationName) -> None:
    """Compare all released years of an organisation anew, where they were released before the program could."""
    from db.engine import transaction
    from dimios_dash import access
    from dimios_dash.tallying import publishing

    with prepared() as place, transaction(place.engine, None) as session:
        found = _known(session, organisation)
        pairs = publishing.compare_years(session, access.system(found.id))
    typer.echo(f"Publicerade år i {found.name} är jämförda på nytt. Par av år: {pairs}.")


def compute_benchmarks(*, year: Annotated[int, typer.Option(help="Året som jämförs.")]) -> None:
    """Freeze what organisations see of each other, as it stands on the fixed date that came last, and on no other."""
    from db.engine import transaction
    from dimios_dash import access
    from dimios_dash.tallying import benchmarks

    with prepared() as place, transaction(place.engine, None) as session:
        count = benchmarks.compute(session, access.system(), year, _today())
    typer.echo(
        f"Jämförelserna för {year} gäller den {written(fixed_dates.latest(_today()))}. "
        f"Organisationer som räknas in: {count}."
    )


def _accepted(path: Path, read: Callable[[bytes, str], Parsed[T]]) -> tuple[T, ...]:
    """The rows of a file. Raises Invalid with file, row and column for everything wrong; warnings are printed."""
    try:
        parsed = read(path.read_bytes(), path.name)
    except OSError as problem:
        raise Invalid(f"{path}: Filen går inte att läsa ({problem.strerror}).") from None
    except Invalid as problem:
        raise Invalid(f"{path}: {problem}") from None
    lines = "\n".join(f"{path}: {line}" for line in parsed.as_lines())
    if not parsed.ok:
        raise Invalid(f"{lines}\nIngenting har lästs in. Rätta filen och försök igen.")
    if lines:
        typer.echo(lines, err=True)
    return parsed.rows


def _organisation(session: Session, place: Place, name: str, sector: Sector) -> KnownOrganisation:
    """The organisation, created where it is new. Raises Invalid where it belongs to another sector."""
    from db.commands import people
    from db.queries import organisations
    from dimios_dash import access

    found = organisations.by_name(session, access.system(), name)
    if found is None:
        people.create_organisation(session, access.system(), place.keys, name, sector)
        return _known(session, name)
    if found.sector is not sector:
        raise Invalid(f"{found.name} finns redan med sektorn {found.sector}, inte {sector}. Ange rätt sektor.")
    return found


def _known(session: Session, name: str) -> KnownOrganisation:
    from db.queries import organisations
    from dimios_dash import access

    found = organisations.by_name(session, access.system(), name)
    if found is None:
        raise Invalid(f"Det finns ingen organisation som heter {name}. Kontrollera stavningen.")
    return found


def _content(file: ReleaseFile, wanted: FileFormat) -> bytes:
    from dimios_dash.exports.release_file import as_json

    if wanted is FileFormat.JSON:
        return as_json(file)
    from dimios_dash.exports.release_workbook import as_xlsx

    return as_xlsx(file)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise Invalid(f"{path}: Filen går inte att skriva ({problem.strerror}).") from None


def _today() -> date:
    return today_in_stockholm(datetime.now(UTC))
