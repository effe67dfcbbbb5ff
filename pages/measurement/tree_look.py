"""How somebody looks at the tree: which branches are unfolded, which unit is being changed, what is searched for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from dimios_dash.components.ids import Ids
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.ids import UnitId

MOST_UNFOLDED: Final = 30


class Id(Ids, owner="tree-look"):
    section: str  # the tree, drawn anew after each look and each deed
    search: str
    wish: str  # the look that assets/tree.js asks for
    view: str  # the look that is shown; lies within the section
    drop: str  # a unit that has been dragged, or sent up or down
    reopen: str  # a closed unit that is to open again


class Panel(StrEnum):
    """What the open panel of a unit is for."""

    EDIT = "edit"
    ADD = "add"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """The word on its button."""
        return _LABELS[self]


_LABELS = {
    Panel.EDIT: "Uppgifter",
    Panel.ADD: "Lägg till under",
    Panel.MOVE: "Flytta",
    Panel.MERGE: "Slå ihop",
    Panel.SPLIT: "Dela",
    Panel.CLOSE: "Stäng",
}


@dataclass(frozen=True, slots=True)
class Look:
    """As a browser sends it: nothing in it is trusted, and units that are no longer there are passed over."""

    opened: tuple[UnitId, ...]
    unit: UnitId | None
    panel: Panel
    search: str

    @classmethod
    def at(cls, tree: TreeToday, unit_id: UnitId | None) -> Self:
        """The look that shows one unit (None: none in particular). Small trees are unfolded, large ones at the top."""
        shown = [unit.unit_id for unit in tree.subtree(tree.branch)]
        unfolded = shown if len(shown) <= MOST_UNFOLDED else shown[:1]
        return cls((*unfolded, *(tree.path(unit_id)[1:] if unit_id else ())), unit_id, Panel.EDIT, "")

    def within(self, tree: TreeToday) -> Self:
        """Without units that are not in the scope, or no longer."""
        opened = tuple(unit_id for unit_id in self.opened if unit_id in tree.reachable)
        return replace(self, opened=opened, unit=self.unit if self.unit in tree.reachable else None)

    def beside(self, tree: TreeToday, unit_id: UnitId | None) -> Self:
        """The same look at another unit, with the branches above it unfolded."""
        above = tree.path(unit_id)[1:] if unit_id else ()
        return replace(self, opened=tuple(dict.fromkeys([*self.opened, *above])), unit=unit_id, panel=Panel.EDIT)

    @property
    def data(self) -> dict[str, object]:
        """For a dcc.Store."""
        return {"opened": list(self.opened), "unit": self.unit, "panel": self.panel.value, "search": self.search}
