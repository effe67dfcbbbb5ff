"""Shares of Vet ej in bands and in words: what a share means for a group, without saying how many people it is."""

from __future__ import annotations

from typing import Final

from dimios_dash.translations import N_, _

BAND_FROM: Final = (0.10, 0.25, 0.50)  # shares from which the second, third and fourth band begin
WORTH_TRAINING = BAND_FROM[0]
MANY = BAND_FROM[1]

_PARTS: Final = (
    (0.05, N_("nästan ingen")),
    (0.15, N_("omkring en av tio")),
    (0.225, N_("omkring en av fem")),
    (0.29, N_("omkring en av fyra")),
    (0.42, N_("omkring en av tre")),
    (0.58, N_("omkring hälften")),
    (0.71, N_("omkring två av tre")),
    (0.85, N_("omkring tre av fyra")),
    (1.01, N_("nästan alla")),
)


def band(share: float) -> int:
    """0-3: below 10 %, below 25 %, below 50 %, the rest. Raises ValueError for what is no share."""
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share")
    return sum(share >= limit for limit in BAND_FROM)


def in_words(share: float) -> str:
    """ "omkring en av tre": the number of people stays unsaid, because some of them may be counted higher up."""
    return next(_(words) for below, words in _PARTS if share < below)
