"""What has been asked of the sample planner, as it stands in the address of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from dimios_dash.domain.sample.sample_proposal import LEAST_TO_SEE, TENTH, Wishes
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId

USUAL_RATE: Final = 65  # per cent who answer
MOST_BY_HAND: Final = 500  # an address has an end


@dataclass(frozen=True, slots=True)
class Asked:
    """The staff list, how large the sample is to be, and which page of units is looked at.

    Raises Invalid for what cannot be meant.
    """

    upload: UUID
    percent: int = TENTH
    least: int = LEAST_TO_SEE
    rate: int = USUAL_RATE  # per cent
    by_hand: Mapping[UnitId, int] = field(default_factory=dict)
    page: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.rate <= 100 or self.page < 1:  # noqa: PLR2004, per cent
            raise Invalid("Svarsfrekvensen är ett tal mellan 1 och 100 procent.")
        Wishes(self.percent, self.least, self.by_hand)

    @property
    def wishes(self) -> Wishes:
        """As the domain reads them."""
        return Wishes(self.percent, self.least, self.by_hand)

    @property
    def address(self) -> str:
        """What is as usual is left out."""
        said = {
            "fil": self.upload,
            "andel": self.percent,
            "minst": self.least,
            "svar": self.rate,
            "antal": urlencode(list(self.by_hand.items())),
            "sida": self.page,
        }
        usual = Asked(self.upload)
        left_out = {"andel": usual.percent, "minst": usual.least, "svar": usual.rate, "antal": "", "sida": usual.page}
        return "/matning/urval?" + urlencode({key: value for key, value in said.items() if value != left_out.get(key)})

    def turned_to(self, page: int) -> Asked:
        """The same proposal, another page of it."""
        return replace(self, page=page)


def read_numbers(text: str) -> dict[UnitId, int]:
    """Numbers set by hand, from the address; what is no number there is passed over."""
    return {UnitId(unit): int(number) for unit, number in parse_qsl(text) if number.isascii() and number.isdigit()}
