"""How to read each table of a release file, in words for the people who open it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dimios_dash.domain.gate.finer_hidden import PROTECTED_PICTURE

EXPLANATIONS: Final[Mapping[str, str]] = {
    "means": "Medelvärden på skalan 0–100. Intervallet (95 %) räknas på enhetens egen spridning där fördelningen "
    "visas, annars på hela organisationens spridning och antalet svarande i enheten.",
    "splits": "Medelvärden per respondenttyp: 1 utformar styrningen, 2 styr, 3 verkar i den. 1+2 är de två första "
    "tillsammans. Det som saknas visas inte, eftersom det då skulle gå att räkna fram vad några få har svarat.",
    "distributions": f"Antal svar från 1 till 6. {PROTECTED_PICTURE} Det som saknas visas inte, eftersom fördelningen "
    "behöver minst tio svar i varje grupp som går att räkna fram.",
    "dont_know": "Andelen som svarade Vet ej, av alla som svarade på enkäten; 0,25 är 25 procent.",
    "pooled_spread": "Hur mycket svaren skiljer sig i hela organisationen: standardavvikelse i poäng, räknad på de "
    "omblandade fördelningarna. För nivåerna är den hellre för stor än för liten.",
    "reliability": "Om kategorins fem påståenden mäter samma sak: Cronbachs alfa med 95 % intervall, och omega. "
    "Från 0,7 är det användbart. Visas när minst 30 har svarat på alla fem.",
    "texts": "Texter i slumpad ordning. De står vid den minsta enhet där minst tio kan ha skrivit dem.",
    "at_bound": "Värdet står vid gränsen för vad som får visas, så att ingen avslöjas när alla har svarat lika.",
}
