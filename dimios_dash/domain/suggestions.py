"""Free texts: where each is shown, apart from everything else of its writer.

A text stands at the unit whose own piece of the respondent family holds its writer: at least max(k, 10) may have
written it, by whichever channel it came (see `respondent_family`). Nothing says which texts one person wrote, or what
role type or answers they have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

LEARNING = "larande"
"""In a sheet, the key of "what worked that others can learn from"; the other texts have their category's key."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One text, at the unit where it is shown."""

    unit_id: UnitId
    category: str | None  # None: what worked that others can learn from
    text: str


def place(
    tree: Tree,
    home: NDArray[np.int32],
    written: Iterable[tuple[UnitId, Mapping[str, str]]],
    categories: Collection[str],
) -> tuple[PlacedText, ...]:
    """Texts by question of each writer in a unit, at home[N] (-1: nowhere, the text is not kept).

    They come in the order of the writers: whoever stores them shuffles them. Empty texts, and texts under a question
    that the instrument does not ask, are left out.
    """
    asked = {LEARNING, *categories}
    return tuple(
        PlacedText(tree.ids[home[at]], None if question == LEARNING else question, text.strip())
        for at, texts in ((tree.index(unit_id), texts) for unit_id, texts in written)
        if home[at] >= 0
        for question, text in texts.items()
        if question in asked and text.strip()
    )
