"""What is wrong with a file, row by row, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dimios_dash.components.layout import Tone, notice
from dimios_dash.components.table import Column, table
from dimios_dash.elements import html
from dimios_dash.figures import numbers
from dimios_dash.intake.findings import Finding
from dimios_dash.intake.limits import MAX_FINDINGS

_PLACE = (Column("Rad"), Column("Kolumn"))
_WHOLE_FILE = "Hela filen"


def errors(findings: Sequence[Finding]) -> list[Component]:
    """Why nothing can be read in, and each error with its place. At least one finding."""
    return [
        notice(
            Tone.ERROR,
            "Filen kan inte läsas in än",
            f"Den har {_count(findings)}. Ingenting har ändrats. "
            "Rätta filen i ditt kalkylprogram, spara den och välj den igen.",
        ),
        table("Det här ska rättas", (*_PLACE, Column("Vad som är fel")), map(_row, findings)),
    ]


def warnings(findings: Sequence[Finding]) -> list[Component]:
    """What to look at first, folded away; nothing where there is nothing."""
    if not findings:
        return []
    return [
        html.Details(
            [
                html.Summary(f"Att titta på först ({numbers.count(len(findings))})"),
                table("Det här hindrar inte inläsningen", (*_PLACE, Column("Anmärkning")), map(_row, findings)),
            ],
            open=True,
            className="disclosure",
        )
    ]


def _count(findings: Sequence[Finding]) -> str:
    if len(findings) > MAX_FINDINGS:  # the last one says how many more there are
        return f"fler än {MAX_FINDINGS} fel"
    return "ett fel" if len(findings) == 1 else f"{numbers.count(len(findings))} fel"


def _row(finding: Finding) -> tuple[str, str, str]:
    row = _WHOLE_FILE if finding.row is None else str(finding.row)
    return row, finding.column or "", finding.message
