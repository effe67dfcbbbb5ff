"""/sa-skyddas-svaren: what protects those who answer, in plain words, and what no rule can prevent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template

from dimios_dash.figures.numbers import number
from dimios_dash.language import speak
from dimios_dash.public.page_language import choices, of_page
from dimios_dash.translations import N_
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
    ExampleUnit(N_("Kommunen"), 0, 11, N_("Alla elva, också de två från Fritids")),
    ExampleUnit(N_("Skolan"), 1, 7, N_("De fem från Förskolan. De två från Fritids är lyfta till Kommunen")),
    ExampleUnit(N_("Förskolan"), 2, 5, N_("Alla fem")),
    ExampleUnit(N_("Fritids"), 2, 2, N_("Ingenting: färre än tre svar")),
)
MIXES: Final = (
    ExampleMix(N_("Enhet A"), (4, 3, 6), N_("Varje typ för sig")),
    ExampleMix(N_("Enhet B"), (1, 4, 6), N_("Typ 1 och 2 tillsammans, och typ 3")),
    ExampleMix(N_("Enhet C"), (1, 1, 8), N_("Bara alla tillsammans")),
)
BLUNTED: Final = 86.7  # what three answers of 6 are shown as


@blueprint.get("/sa-skyddas-svaren")
def promise() -> str:
    """The same for everybody who reads the same language; nothing is looked up."""
    language = of_page()
    speak(language)
    settings = surroundings().settings
    return render_template(
        "promise.html",
        language=language,
        languages=choices(language),
        units=UNITS,
        mixes=MIXES,
        blunted=number(BLUNTED),
        hosting=settings.hosting,
        support=settings.support_address,
    )
