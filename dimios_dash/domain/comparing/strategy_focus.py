"""What the organisation's strategy says of digitalisation, as its key user tells when the measurement is prepared."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from dimios_dash.translations import N_, _


class StrategyFocus(StrEnum):
    """The values are stored."""

    MAIN = "main"
    MENTIONED = "mentioned"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        """As an answer to the question."""
        return _(_LABELS[self])


QUESTION: Final = N_("Vad säger er strategi om digitalisering?")
_LABELS: Final = {
    StrategyFocus.MAIN: N_("Den är ett av huvudspåren"),
    StrategyFocus.MENTIONED: N_("Den nämns"),
    StrategyFocus.ABSENT: N_("Den nämns inte"),
}
