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
        name=Texts("Inbromsad", "Held back", "Bremset", "Jarrutettu"),
        description=Texts(
            "Både arbetssättet och det ni bygger på håller er tillbaka. Initiativ stannar vid idéer.",
            "Both the way of working and what you build on hold you back. Initiatives stall as ideas.",
            "Både arbeidsmåten og det dere bygger på, holder dere tilbake. Initiativ stanser ved ideene.",
            "Sekä toimintatapa että se, minkä varaan rakennatte, pidättelevät teitä. Aloitteet jäävät ideoiksi.",
        ),
        advice=(
            Texts(
                "Gör färdigt några få saker.",
                "Finish a few things.",
                "Gjør noen få ting ferdig.",
                "Saattakaa muutama asia valmiiksi.",
            ),
            Texts(
                "Lista de värsta hindren och avveckla dem ett efter ett.",
                "List the worst obstacles and retire them one by one.",
                "List opp de verste hindrene og avvikle dem ett etter ett.",
                "Luetelkaa pahimmat esteet ja poistakaa ne yksi kerrallaan.",
            ),
            Texts(
                "Håll en gemensam prioriteringslista i ledningen.",
                "Keep one shared priority list in management.",
                "Ha én felles prioriteringsliste i ledelsen.",
                "Pitäkää johdossa yhtä yhteistä tärkeysjärjestystä.",
            ),
            Texts(
                "Utbilda där svaret Vet ej är vanligast.",
                "Train where the answer Don't know is most common.",
                "Gi opplæring der svaret Vet ikke er vanligst.",
                "Kouluttakaa siellä, missä vastaus En osaa sanoa on yleisin.",
            ),
        ),
    ),
    Position.B: PositionTexts(
        name=Texts("Driven men bunden", "Driven but bound", "Framoverlent, men bundet", "Innokas mutta sidottu"),
        description=Texts(
            "Ni kan och vill förändra, men äldre system, regler eller roller gör varje steg dyrt.",
            "You can and want to change, but old systems, rules or roles make each step costly.",
            "Dere kan og vil endre, men eldre systemer, regler eller roller gjør hvert skritt dyrt.",
            "Osaatte ja haluatte muuttua, mutta vanhat järjestelmät, säännöt tai roolit tekevät siitä kallista.",
        ),
        advice=(
            Texts(
                "Avsätt en fast andel av budgeten till modernisering.",
                "Set aside a fixed share of the budget for modernisation.",
                "Sett av en fast andel av budsjettet til modernisering.",
                "Varatkaa kiinteä osuus budjetista uudistamiseen.",
            ),
            Texts(
                "Bygg gemensamma byggstenar före fler enskilda lösningar.",
                "Build shared building blocks before more single solutions.",
                "Lag felles byggeklosser før flere enkeltløsninger.",
                "Rakentakaa yhteisiä rakennuspalikoita ennen uusia yksittäisratkaisuja.",
            ),
            Texts(
                "Ta med kostnaden för det digitala arvet i varje beslut.",
                "Put the cost of heritage into each decision.",
                "Ta med kostnaden for den digitale arven i hver beslutning.",
                "Ottakaa digitaalisen perinnön kustannus huomioon jokaisessa päätöksessä.",
            ),
            Texts(
                "Förenkla era egna regler.",
                "Simplify your own rules.",
                "Forenkle deres egne regler.",
                "Yksinkertaistakaa omia sääntöjänne.",
            ),
        ),
    ),
    Position.C: PositionTexts(
        name=Texts("Rustad men avvaktande", "Equipped but waiting", "Rustet, men avventende", "Valmis mutta odottava"),
        description=Texts(
            "Ni har en god grund som inte används fullt ut.",
            "You have a good base that is not fully used.",
            "Dere har et godt grunnlag som ikke brukes fullt ut.",
            "Teillä on hyvä perusta, jota ei käytetä täysin.",
        ),
        advice=(
            Texts(
                "Ge någon ett tydligt ansvar för att pröva nytt.",
                "Give somebody a clear responsibility for trying new things.",
                "Gi noen et tydelig ansvar for å prøve nytt.",
                "Antakaa jollekulle selkeä vastuu uuden kokeilemisesta.",
            ),
            Texts(
                "Avsätt tid och en mindre summa pengar för försök.",
                "Set aside time and small money for trials.",
                "Sett av tid og en mindre sum penger til forsøk.",
                "Varatkaa kokeiluihin aikaa ja pieni summa rahaa.",
            ),
            Texts(
                "Ta med användarna tidigt.",
                "Involve users early.",
                "Ta med brukerne tidlig.",
                "Ottakaa käyttäjät mukaan varhain.",
            ),
            Texts(
                "Följ upp nyttan och sprid det som fungerar.",
                "Follow up benefits and spread what works.",
                "Følg opp nytten og spre det som virker.",
                "Seuratkaa hyötyjä ja levittäkää sitä, mikä toimii.",
            ),
        ),
    ),
    Position.D: PositionTexts(
        name=Texts("Handlingskraftig", "Ready to act", "Handlekraftig", "Toimintakykyinen"),
        description=Texts(
            "Ni har både förmågan och grunden att bygga på.",
            "You have both the ability and the base to build on.",
            "Dere har både evnen og grunnlaget å bygge på.",
            "Teillä on sekä kyky että perusta, jolle rakentaa.",
        ),
        advice=(
            Texts(
                "Behåll balansen mellan att förbättra och att förnya.",
                "Keep the balance between improving and renewing.",
                "Hold balansen mellom å forbedre og å fornye.",
                "Säilyttäkää tasapaino parantamisen ja uudistamisen välillä.",
            ),
            Texts(
                "Underhåll löpande.", "Maintain continuously.", "Vedlikehold fortløpende.", "Ylläpitäkää jatkuvasti."
            ),
            Texts(
                "Jämna ut skillnader mellan enheter.",
                "Even out differences between units.",
                "Jevn ut forskjeller mellom enheter.",
                "Tasoittakaa yksiköiden välisiä eroja.",
            ),
            Texts(
                "Dela med er och återanvänd.",
                "Share and reuse.",
                "Del med andre, og gjenbruk.",
                "Jakakaa muille ja käyttäkää uudelleen.",
            ),
        ),
    ),
}
