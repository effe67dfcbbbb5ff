"""What an analysis is: one question, answered as a sentence, a picture and a table from the same cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.table import Table
from dimios_dash.figures.drawing import Drawing

Cells = TypeVar("Cells")


@dataclass(frozen=True, slots=True)
class Analysis(Generic[Cells]):
    """One question. The same cells serve the page, the slide, the spreadsheet and the picture."""

    slug: str
    title: str  # its name in lists and on sheets
    question: str
    read: Callable[[Basis], Cells]
    headline: Callable[[Cells], str]  # the answer, short enough for a heading
    reading: Callable[[Cells], str]  # one sentence saying what one sees, or why there is nothing to see
    draw: Callable[[Cells], Drawing | None]  # None: nothing to draw
    table: Callable[[Cells], Table]
    notes: Callable[[Cells], tuple[str, ...]]  # what one must know to read it right, one sentence or two each
    of_whole: bool = False  # about the whole organisation, whatever unit one looks at
