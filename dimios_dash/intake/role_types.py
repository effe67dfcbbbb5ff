"""The column respondenttyp: 1 designs governance, 2 governs, 3 acts within it."""

from __future__ import annotations

from typing import Final

from dimios_dash.intake.findings import Notebook
from dimios_dash.intake.texts import quote

ROLE_TYPE: Final = "respondenttyp"
_TYPES: Final = {"1": 1, "2": 2, "3": 3}


def read_role_type(notes: Notebook, row: int, text: str, *, required: bool) -> int | None:
    """1, 2 or 3; None where it is empty, and where it is wrong, which is noted as an error."""
    if text in _TYPES:
        return _TYPES[text]
    if required:
        said = f"{quote(text)} är ingen respondenttyp" if text else "Respondenttyp saknas"
        notes.error(row, ROLE_TYPE, f"{said}. Skriv 1, 2 eller 3.")
    elif text:
        notes.error(row, ROLE_TYPE, f"{quote(text)} är ingen respondenttyp. Skriv 1, 2 eller 3, eller lämna tomt.")
    return None
