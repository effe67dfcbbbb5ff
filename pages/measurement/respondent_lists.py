"""Who is asked this year: how many in each unit, and the first of them by address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from db.queries import respondents
from db.queries.measurements import MeasurementSummary
from db.queries.respondents import Respondent
from dimios_dash.components.layout import empty
from dimios_dash.components.table import Column, table
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree_plan import Unit
from dimios_dash.domain.work import MailState
from dimios_dash.figures import numbers
from dimios_dash.ids import UnitId

MOST_SHOWN: Final = 100
MOST_UNITS: Final = 200
MOST_UNFOLDED: Final = 12  # units; a longer table is opened by hand
_PER_UNIT: Final = (Column("Enhet"), Column("Id"), Column("Respondenter", number=True))
_LISTED: Final = (Column("E-post"), Column("Enhet"), Column("Respondenttyp"), Column("Inbjudan"))
_MAIL: Final = {
    MailState.NOT_SENT: "Inte skickad",
    MailState.SENT: "Skickad",
    MailState.BOUNCED: "Kom tillbaka",
    MailState.UNCERTAIN: "Osäkert om den kom fram",
}


def present(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement: MeasurementSummary | None,
    units: Sequence[Unit],
) -> list[Component]:
    """Counts per unit and the first MOST_SHOWN respondents of the measurement; what to do where there are none."""
    counts = {} if measurement is None else respondents.count_per_unit(session, scope, measurement.id)
    if measurement is None or not counts:
        return [_nobody()]
    listed = respondents.listing(session, scope, vault, measurement.id, MOST_SHOWN)
    total = sum(counts.values())
    return [
        html.Section(
            [html.H2(f"Respondenter i år: {numbers.count(total)}"), _per_unit(counts, units), _list(listed, total)],
            className="section stack",
        )
    ]


def _nobody() -> Component:
    return empty(
        "Här finns inga respondenter än",
        "Hämta mallen, fyll i en rad per person och välj filen här ovanför. Du får se vad som händer innan något "
        "sparas, och inga mejl skickas förrän mätningen startar.",
    )


def _per_unit(counts: dict[UnitId, int], units: Sequence[Unit]) -> Component:
    asked = [unit for unit in units if unit.unit_id in counts]
    rows = [(unit.name, unit.unit_id, numbers.count(counts[unit.unit_id])) for unit in asked[:MOST_UNITS]]
    without = len(units) - len(asked)
    cut = f" De första {numbers.count(MOST_UNITS)} visas." if len(asked) > MOST_UNITS else ""
    caption = f"Enheter med respondenter: {numbers.count(len(asked))}, utan: {numbers.count(without)}.{cut}"
    return html.Details(
        [html.Summary("Antal per enhet"), table(caption, _PER_UNIT, rows)],
        open=len(rows) <= MOST_UNFOLDED,
        className="disclosure",
    )


def _list(listed: Sequence[Respondent], total: int) -> Component:
    places = {unit_id: place for place, unit_id in enumerate(dict.fromkeys(found.unit_id for found in listed))}
    ordered = sorted(listed, key=lambda found: (places[found.unit_id], found.address))
    caption = "Alla respondenter" if len(listed) == total else f"De första {len(listed)} av {numbers.count(total)}"
    return table(caption, _LISTED, [_row(found) for found in ordered])


def _row(found: Respondent) -> tuple[str, str, str, str]:
    role_type = "" if found.role_type is None else str(found.role_type)
    return found.address, found.unit_name, role_type, _MAIL[found.mail]
