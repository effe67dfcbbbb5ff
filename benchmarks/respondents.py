"""How long the key user's list of 20,000 respondents in 3,000 units takes the server, deed by deed.

python -m benchmarks.respondents
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db import embedded
from db.commands import measurements, people, respondents
from db.engine import Role, connect, transaction
from db.models import Unit
from db.queries import respondent_list
from dimios_dash import access
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.respondents.respondent_filter import Progress, RespondentFilter
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.sector import Sector
from dimios_dash.exports import respondent_files
from dimios_dash.exports.respondent_list import as_csv, as_xlsx
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.intake.respondent_file import RespondentRow, read_respondents
from dimios_dash.preparation import key_store, owner_url, prepare, role_url
from dimios_dash.settings import Settings

PEOPLE, UNITS = 20_000, 3_000
RUNS = 3
YEAR = today_in_stockholm(datetime.now(UTC)).year


@dataclass(frozen=True, slots=True)
class Desk:
    """A key user's list, seen as *web* sees it."""

    session: Session
    scope: DeskScope
    vault: AddressVault
    measurement_id: MeasurementId


def main() -> None:
    """Print the best of some runs for what is looked at, one run for what is changed."""
    with TemporaryDirectory() as folder, _desk(Path(folder)) as desk:
        print(f"{'deed':<34} {'ms':>7}   ({PEOPLE} respondents, {UNITS} units)")
        _print_import(desk)
        _print_looking(desk)


def _print_import(desk: Desk) -> None:
    """Reading the file, saying what it would do, and doing it."""
    names = {UnitId(f"E{number}"): f"Enhet {number}" for number in range(UNITS)}
    for kind, write in (("csv", as_csv), ("xlsx", as_xlsx)):
        content = write(("epost", "enhet_id", "respondenttyp", "sprak"), _cells())
        rows: list[RespondentRow] = []

        def read(content: bytes = content, kind: str = kind, rows: list[RespondentRow] = rows) -> None:
            rows[:] = read_respondents(content, f"urval.{kind}", names, names=names).rows

        _print(f"read the {kind}", read, runs=1)
    found = (desk.session, desk.scope, desk.vault, desk.measurement_id, rows)
    _print("dry run", lambda: respondents.plan_import(*found, year=YEAR), runs=1)
    _print("import", lambda: respondents.import_respondents(*found), runs=1)
    _print("dry run of the same file again", lambda: respondents.plan_import(*found, year=YEAR), runs=1)


def _print_looking(desk: Desk) -> None:
    found = (desk.session, desk.scope, desk.vault, desk.measurement_id)
    everybody, some = RespondentFilter(), RespondentFilter(UnitId("E1"), 2, Progress.NOT_SENT)
    _print("first page", lambda: respondent_list.page(*found, everybody, number=1))
    _print("last page", lambda: respondent_list.page(*found, everybody, number=10**6))
    _print("filter: unit, type, state", lambda: respondent_list.page(*found, some, number=1))
    _print("search for a whole address", lambda: respondent_list.search(*found, everybody, text=_address(7), number=1))
    _print("search for a part of one", lambda: respondent_list.search(*found, everybody, text="son19", number=1))
    _print("decrypt all, odd domains", lambda: respondent_list.odd_domains(*found))
    _print("export csv", lambda: as_csv(*_sheet(desk)))
    _print("export xlsx", lambda: as_xlsx(*_sheet(desk)), runs=1)


def _sheet(desk: Desk) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    sheet = respondent_files.of_list(desk.session, desk.scope, desk.vault, desk.measurement_id, RespondentFilter())
    return sheet.columns, sheet.rows


def _print(deed: str, do: Callable[[], object], runs: int = RUNS) -> None:
    print(f"{deed:<34} {1000 * min(_seconds(do) for _ in range(runs)):>7.0f}")


def _seconds(do: Callable[[], object]) -> float:
    began = perf_counter()
    do()
    return perf_counter() - began


def _cells() -> Iterator[tuple[str, str, str, str]]:
    for number in range(PEOPLE):
        unit = f"E{number % UNITS}" if number % 2 else f"Enhet {number % UNITS}"
        yield _address(number), unit, str(number % 3 + 1), ("sv", "en")[number % 2]


def _address(number: int) -> str:
    return f"anna.andersson{number}@{'gmail' if number % 500 == 0 else 'ekhamn'}.example"


@contextmanager
def _desk(folder: Path) -> Iterator[Desk]:
    """A draft of an organisation with a tree of a root, its children and theirs."""
    settings = Settings(data=folder / "data", keys_folder=folder / "keys")
    prepare(settings)
    owner, keys = connect(owner_url(settings)), key_store(settings)
    with transaction(owner, None) as session:
        organisation_id = people.create_organisation(session, access.system(), keys, "Ekhamn", Sector.KOMMUN)
        session.execute(insert(Unit), [_unit(organisation_id, number) for number in range(UNITS)])
        measurement_id = measurements.ensure_draft(session, access.command_line(organisation_id), YEAR)
    owner.dispose()
    web = connect(role_url(settings, keys, Role.WEB))
    with transaction(web, organisation_id) as session:
        vault = AddressVault.open(keys, organisation_id)
        yield Desk(session, access.command_line(organisation_id), vault, measurement_id)
    web.dispose()
    embedded.stop(settings.data)


def _unit(organisation_id: OrganisationId, number: int) -> dict[str, object]:
    above = None if number == 0 else "E0" if number <= 50 else f"E{number % 50 + 1}"
    name = f"Enhet {number}"
    return {
        "organisation_id": organisation_id,
        "id": f"E{number}",
        "parent_id": above,
        "name": name,
        "position": number,
    }


if __name__ == "__main__":
    main()
