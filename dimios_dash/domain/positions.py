"""The four positions (lägen) of capability and heritage, and how sure we are of one.

Both axes are cut at 50. Around each cut lies a grey band of ± the margin of error; inside it a position
cannot be told from its neighbour, so both are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from dimios_dash.domain.texts import Texts

CUT = 50.0
ASSUMED_SPREAD = 20.0
"""Standard deviation between respondents, in points of the 0-100 scale.

An assumption, for releases of so few that they hold no measured spread.
"""
CONFIDENCE = 0.95
FEWEST = 3


class Position(StrEnum):
    A = "A"  # low capability, limiting heritage
    B = "B"  # high capability, limiting heritage
    C = "C"  # low capability, enabling heritage
    D = "D"  # high capability, enabling heritage

    @property
    def texts(self) -> PositionTexts:
        """What the product says about this position."""
        return _TEXTS[self]


@dataclass(frozen=True, slots=True)
class PositionTexts:
    name: Texts
    description: Texts
    advice: tuple[Texts, ...]  # one whole sentence each


def position(capability: float, heritage: float) -> Position:
    """Where a pair of released dimension means (0-100) stands; 50 itself belongs to the upper side."""
    return _AT[capability >= CUT, heritage >= CUT]


def positions_within(capability: float, heritage: float, margin: float) -> tuple[Position, ...]:
    """Every position that `margin` (points, 0 or more) allows: one, two in one band, four where they cross.

    The position of the point itself comes first, its neighbours after it from A to D. A value exactly at
    the edge of the band is outside it.
    """
    own = position(capability, heritage)
    possible = {_AT[up, right] for up in _sides(capability, margin) for right in _sides(heritage, margin)}
    return own, *sorted(possible - {own})


def _sides(value: float, margin: float) -> set[bool]:
    """Sides of the cut the value may be on; True is the upper."""
    return {False, True} if abs(value - CUT) < margin else {value >= CUT}


def margin_of_error(n: int, spread: float = ASSUMED_SPREAD) -> float | None:
    """Half the width, in points, of the 95 % interval around a mean; None below three respondents.

    `n` is the number of respondents who answered in the unit, `spread` the standard deviation between
    respondents. The quantile is that of the normal distribution (1.96), right for a spread that is assumed
    or pooled and not estimated from these few answers; a spread estimated from a small group itself would
    need the wider t. No correction is made for having asked a large share of a small unit, which errs on
    the safe side. For fewer than ten respondents the margin exceeds 13 points: read it as "not known".
    """
    if n < FEWEST:
        return None
    return NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * spread / sqrt(n)


_AT = {  # capability at least 50, heritage at least 50
    (False, False): Position.A,
    (True, False): Position.B,
    (False, True): Position.C,
    (True, True): Position.D,
}

_TEXTS = {
    Position.A: PositionTexts(
        name=Texts("Inbromsad", "Held back"),
        description=Texts(
            "Både arbetssättet och det ni bygger på håller er tillbaka. Initiativ stannar vid idéer.",
            "Both the way of working and what you build on hold you back. Initiatives stall as ideas.",
        ),
        advice=(
            Texts("Gör färdigt några få saker.", "Finish a few things."),
            Texts(
                "Lista de värsta hindren och avveckla dem ett efter ett.",
                "List the worst obstacles and retire them one by one.",
            ),
            Texts(
                "Håll en gemensam prioriteringslista i ledningen.",
                "Keep one shared priority list in management.",
            ),
            Texts("Utbilda där svaret Vet ej är vanligast.", "Train where the answer Don't know is most common."),
        ),
    ),
    Position.B: PositionTexts(
        name=Texts("Driven men bunden", "Driven but bound"),
        description=Texts(
            "Ni kan och vill förändra, men äldre system, regler eller roller gör varje steg dyrt.",
            "You can and want to change, but old systems, rules or roles make each step costly.",
        ),
        advice=(
            Texts(
                "Avsätt en fast andel av budgeten till modernisering.",
                "Set aside a fixed share of the budget for modernisation.",
            ),
            Texts(
                "Bygg gemensamma byggstenar före fler enskilda lösningar.",
                "Build shared building blocks before more single solutions.",
            ),
            Texts(
                "Ta med kostnaden för det digitala arvet i varje beslut.",
                "Put the cost of heritage into each decision.",
            ),
            Texts("Förenkla era egna regler.", "Simplify your own rules."),
        ),
    ),
    Position.C: PositionTexts(
        name=Texts("Rustad men avvaktande", "Equipped but waiting"),
        description=Texts(
            "Ni har en god grund som inte används fullt ut.", "You have a good base that is not fully used."
        ),
        advice=(
            Texts(
                "Ge någon ett tydligt ansvar för att pröva nytt.",
                "Give somebody a clear responsibility for trying new things.",
            ),
            Texts("Avsätt tid och en mindre summa pengar för försök.", "Set aside time and small money for trials."),
            Texts("Ta med användarna tidigt.", "Involve users early."),
            Texts("Följ upp nyttan och sprid det som fungerar.", "Follow up benefits and spread what works."),
        ),
    ),
    Position.D: PositionTexts(
        name=Texts("Handlingskraftig", "Ready to act"),
        description=Texts(
            "Ni har både förmågan och grunden att bygga på.",
            "You have both the ability and the base to build on.",
        ),
        advice=(
            Texts(
                "Behåll balansen mellan att förbättra och att förnya.",
                "Keep the balance between improving and renewing.",
            ),
            Texts("Underhåll löpande.", "Maintain continuously."),
            Texts("Jämna ut skillnader mellan enheter.", "Even out differences between units."),
            Texts("Dela med er och återanvänd.", "Share and reuse."),
        ),
    ),
}
