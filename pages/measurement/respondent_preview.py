"""What a file of respondents would do, or has done: numbers first, then row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dash.development.base_component import Component

from dimios_dash.components.layout import Tone, key_figure, key_figures, notice
from dimios_dash.components.table import Column, table
from dimios_dash.domain.respondents.respondent_plan import Outcome, RespondentDeed, RespondentPlan
from dimios_dash.figures import numbers
from dimios_dash.ids import UnitId

MOST_SHOWN: Final = 20
_COUNTED: Final = {
    RespondentDeed.NEW: "Nya",
    RespondentDeed.INVITED: "Har redan bjudits in i år, läses inte in",
    RespondentDeed.RETURNING: "Tas med igen",
    RespondentDeed.CHANGED: "Finns redan, ändras",
    RespondentDeed.UNCHANGED: "Finns redan, ändras inte",
    RespondentDeed.ANSWERED: "Har svarat, ändras inte",
}
_COLUMNS: Final = (
    Column("Rad", number=True),
    Column("E-post"),
    Column("Enhet"),
    Column("Respondenttyp"),
    Column("Språk"),
    Column("Vad som händer"),
)


def summary(plan: RespondentPlan) -> list[Component]:
    """How many are new, changed and left as they are."""
    figures = [
        key_figure(label, numbers.count(plan.counts[deed])) for deed, label in _COUNTED.items() if plan.counts[deed]
    ]
    if not plan.nothing_to_do:
        return [key_figures(*figures)]
    told = " eller har redan bjudits in i år" if plan.counts[RespondentDeed.INVITED] else ""
    nothing = notice(Tone.INFO, f"Alla i filen finns redan{told}", "Det finns ingenting att läsa in.")
    return [nothing, key_figures(*figures)]


def changes(plan: RespondentPlan, names: Mapping[UnitId, str]) -> list[Component]:
    """The first rows that do something, or that say what cannot be done; nothing where there are none."""
    telling = [outcome for outcome in plan.outcomes if outcome.deed is not RespondentDeed.UNCHANGED]
    if not telling:
        return []
    shown = [_row(outcome, names) for outcome in telling[:MOST_SHOWN]]
    total = numbers.count(len(telling))
    caption = f"Raderna: {total}" if len(shown) == len(telling) else f"De första {len(shown)} av {total} rader"
    return [table(caption, _COLUMNS, shown)]


def _row(outcome: Outcome, names: Mapping[UnitId, str]) -> tuple[str, ...]:
    role_type = "" if outcome.role_type is None else str(outcome.role_type)
    unit = names[outcome.row.unit_id]
    return str(outcome.row.row), outcome.row.address, unit, role_type, outcome.language.label, _told(outcome, names)


def _told(outcome: Outcome, names: Mapping[UnitId, str]) -> str:
    before = outcome.before
    if outcome.deed is RespondentDeed.INVITED:
        return "Läses inte in: har redan bjudits in i år, till mätningen som avbröts"
    if before is None:
        return "Ny"
    if outcome.deed is RespondentDeed.RETURNING:
        return "Var borttagen och tas med igen"
    if outcome.deed is RespondentDeed.ANSWERED:
        return f"Har redan svarat och stannar i {names[before.unit_id]}"
    if before.unit_id != outcome.row.unit_id:
        return f"Finns redan, flyttas från {names[before.unit_id]}"
    changed = [
        *(["respondenttyp"] if outcome.role_type != before.role_type else []),
        *(["språk"] if outcome.language != before.language else []),
    ]
    return f"Finns redan, får ny uppgift: {' och '.join(changed)}"
