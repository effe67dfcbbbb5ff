"""Why something finer than a mean is not shown. The choice was made by counts alone, and so says nothing of answers."""

from __future__ import annotations

from enum import StrEnum

from dimios_dash.translations import N_, _


class FinerHidden(StrEnum):
    """Of a split by role type, a distribution, or a share of Vet ej."""

    HIDDEN_MEAN = "hidden_mean"
    SMALL_ROLE_GROUPS = "small_role_groups"
    SMALL_DISTRIBUTION = "small_distribution"
    NO_RESPONDENTS = "no_respondents"
    FEW_RESPONDENTS = "few_respondents"

    @property
    def explanation(self) -> str:
        """One sentence for the page."""
        return _(_EXPLANATIONS[self])


_EXPLANATIONS = {
    FinerHidden.HIDDEN_MEAN: N_("Visas inte, eftersom medelvärdet inte heller kan visas."),
    FinerHidden.SMALL_ROLE_GROUPS: N_(
        "Visas inte per respondenttyp, eftersom det då skulle gå att räkna fram vad några få har svarat."
    ),
    FinerHidden.SMALL_DISTRIBUTION: N_(
        "Visas inte, eftersom fördelningen behöver minst tio svar i varje grupp som går att räkna fram."
    ),
    FinerHidden.NO_RESPONDENTS: N_("Visas inte, eftersom ingen har svarat."),
    FinerHidden.FEW_RESPONDENTS: N_(
        "Visas inte, eftersom andelen Vet ej behöver minst tio svarande i varje grupp som går att räkna fram."
    ),
}
PROTECTED_PICTURE = N_(
    "Fördelningen är lätt omblandad för att skydda enskilda svar. Antalet svar i den stämmer, och deras medelvärde så "
    "som det får visas. En del av enhetens svar kan finnas bara i en fördelning högre upp; då skiljer sig medelvärdet "
    "i fördelningen från enhetens."
)
"""Stands beside every distribution. A picture's pieces are larger than a mean's, so it may hold fewer answers."""
