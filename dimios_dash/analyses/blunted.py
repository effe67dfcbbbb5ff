"""Values that stand at the end of what may be shown: "eller högre", "eller lägre", and why."""

from __future__ import annotations

from typing import Final

from db.queries.releases import ReleasedUnit
from dimios_dash.domain.scoring import INDEX_KEY

WORDS: Final = {1: "eller högre", 0: "", -1: "eller lägre"}
WHY: Final = (
    "”Eller högre” och ”eller lägre” står där talet ligger så nära skalans ände att ett exakt tal kunde avslöja"
    " vad var och en har svarat."
)


def level(unit: ReleasedUnit, key: str) -> str:
    """Words for a category ("F1"), a dimension ("F") or the index: only where all its statements stand at one end."""
    shown = [cell for cell in unit.cells if cell.mean is not None]
    ends = {cell.bound for cell in shown if key == INDEX_KEY or cell.statement.startswith(key)}
    return WORDS[ends.pop()] if len(ends) == 1 else ""
