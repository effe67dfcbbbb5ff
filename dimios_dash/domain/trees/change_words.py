"""What happened to a unit, in words."""

from __future__ import annotations

from dimios_dash.domain.trees.lineage import Change, ChangeKind

_WORDS = {
    ChangeKind.CREATED: "lade till enheten",
    ChangeKind.REOPENED: "öppnade enheten igen",
    ChangeKind.RENAMED: "bytte namn från {was} till {became}",
    ChangeKind.MOVED: "flyttade enheten från {was} till {became}",
    ChangeKind.DESCRIBED: "ändrade uppgifterna från {was} till {became}",
    ChangeKind.MERGED: "slog ihop enheten med {became}",
    ChangeKind.SPLIT: "delade enheten i {became}",
    ChangeKind.CLOSED: "stängde enheten",
}


def sentence(change: Change) -> str:
    """What somebody did, to follow their name: "bytte namn från Skola till Utbildning"."""
    return _WORDS[change.kind].format(was=change.was or "toppen", became=change.became or "toppen")
