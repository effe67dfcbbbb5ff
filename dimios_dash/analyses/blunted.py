"""Values that stand at the end of what may be shown: "eller högre", "eller lägre", and why."""

from __future__ import annotations

from typing import Final

from db.queries.releases import ReleasedUnit
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.translations import N_, _

_WORDS: Final = {1: N_("eller högre"), -1: N_("eller lägre")}
WHY: Final = N_(
    "”Eller högre” och ”eller lägre” står där talet ligger så nära skalans ände att ett exakt tal kunde avslöja"
    " vad var och en har svarat."
)


def words(bound: int) -> str:
    """Words for a mean by what the release says of it; empty where it stands at neither end."""
    return _(_WORDS[bound]) if bound else ""


def level(unit: ReleasedUnit, key: str) -> str:
    """Words for a category ("F1"), a dimension ("F") or the index; empty where it stands at neither end."""
    return words(end(unit, key))


def end(unit: ReleasedUnit, key: str) -> int:
    """1 or -1 for a level ("F1", "F", "index") or a statement all of whose shown means stand at that end; else 0."""
    shown = [cell for cell in unit.cells if cell.mean is not None]
    ends = {cell.bound for cell in shown if key == INDEX_KEY or cell.statement.startswith(key)}
    return ends.pop() if len(ends) == 1 else 0
