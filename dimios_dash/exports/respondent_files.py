"""The list of respondents, and the faulty rows of a file of them: columns and rows, ready to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from db.commands import respondents as commands
from db.commands.uploads import KeptFile
from db.queries import respondent_list, units
from db.respondent_rows import Respondent
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.respondents.respondent_filter import RespondentFilter, progress_of
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import MeasurementId
from dimios_dash.intake.languages import LANGUAGE
from dimios_dash.intake.respondent_file import ADDRESS, MAIL, REASON, UNIT, UNIT_NAME, faulty_rows, read_respondents
from dimios_dash.intake.role_types import ROLE_TYPE

_COLUMNS: Final = (ADDRESS, UNIT, ROLE_TYPE, LANGUAGE, UNIT_NAME, MAIL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """As many cells in each row as there are columns."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def of_list(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement_id: MeasurementId | None,
    chosen: RespondentFilter,
) -> Sheet:
    """Those chosen, in columns that can be read in again; nobody where there is no measurement."""
    if measurement_id is None:
        return Sheet(_COLUMNS, [])
    listed = respondent_list.everyone(session, scope, vault, measurement_id, chosen)
    return Sheet(_COLUMNS, [_row(each) for each in listed])


def of_faults(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement_id: MeasurementId | None,
    file: KeptFile,
    *,
    year: int,
) -> Sheet:
    """The rows that cannot be read in, with all that is wrong with each. Raises Invalid for a file that is no table."""
    names = {unit.unit_id: unit.name for unit in units.tree(session, scope)}
    good = read_respondents(file.content, file.filename, names, names=names).rows
    plan = commands.plan_import(session, scope, vault, measurement_id, good, year=year)
    obstacles = {found.row: found.message for found in plan.obstacles if found.row is not None}
    columns, rows = faulty_rows(file.content, file.filename, names, names, obstacles)
    return Sheet((*columns, REASON), [(*row.cells, row.reason) for row in rows])


def _row(found: Respondent) -> tuple[str, ...]:
    role_type = "" if found.role_type is None else str(found.role_type)
    how_far = progress_of(found.mail, answered=found.answered, removed=found.removed).label
    return found.address, found.unit_id, role_type, found.language.value, found.unit_name, how_far
