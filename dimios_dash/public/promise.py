"""/sa-skyddas-svaren: what protects those who answer, in plain words, and what no rule can prevent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template

from dimios_dash.web import surroundings

blueprint = Blueprint("promise", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class ExampleUnit:
    """A row of the picture of lifting: `level` is its depth in the tree, `shown` what its number consists of."""

    name: str
    level: int
    answered: int  # those below it included
    shown: str


@dataclass(frozen=True, slots=True)
class ExampleMix:
    """A row of the picture of role types."""

    name: str
    types: tuple[int, int, int]
    shown: str


# A test puts both through the gate: the pictures show what it really does.
UNITS: Final = (
    ExampleUnit("Kommunen", 0, 11, "Alla elva, också de två från Fritids"),
    ExampleUnit("Skolan", 1, 7, "De fem från Förskolan. De två från Fritids är lyfta till Kommunen"),
    ExampleUnit("Förskolan", 2, 5, "Alla fem"),
    ExampleUnit("Fritids", 2, 2, "Ingenting: färre än tre svar"),
)
MIXES: Final = (
    ExampleMix("Enhet A", (4, 3, 6), "Varje typ för sig"),
    ExampleMix("Enhet B", (1, 4, 6), "Typ 1 och 2 tillsammans, och typ 3"),
    ExampleMix("Enhet C", (1, 1, 8), "Bara alla tillsammans"),
)
BLUNTED: Final = "86,7"  # what three answers of 6 are shown as


@blueprint.get("/sa-skyddas-svaren")
def promise() -> str:
    """The same for everybody; nothing is looked up."""
    settings = surroundings().settings
    return render_template(
        "promise.html",
        units=UNITS,
        mixes=MIXES,
        blunted=BLUNTED,
        hosting=settings.hosting,
        support=settings.support_address,
    )
