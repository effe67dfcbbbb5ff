"""The state of the pages on which texts are reviewed, all of it in the address bar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Final, Self
from urllib.parse import urlencode

from pydantic import Field

from dimios_dash.domain.moderation.review import ReviewState
from dimios_dash.ids import SuggestionId

QUEUE: Final = "/resultat/forslag/granska"
ONE: Final = "/resultat/forslag/granska/text"
PageNumber = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Which texts of a year are listed. The fields are the parameters of the address."""

    ar: int
    visa: ReviewState = ReviewState.WAITING
    sida: int = 1

    @property
    def address(self) -> str:
        """The list, without what is as usual."""
        usual = ReviewView(self.ar)
        parts = {name: getattr(self, name) for name in ("visa", "sida")}
        told = {name: value for name, value in parts.items() if value != getattr(usual, name)}
        return f"{QUEUE}?{urlencode({'ar': self.ar} | told)}"

    def of_text(self, suggestion_id: SuggestionId) -> str:
        """The address of one text."""
        return f"{ONE}?{urlencode({'ar': self.ar, 'id': suggestion_id})}"

    def turned_to(self, page: int) -> Self:
        """The same list at another page."""
        return replace(self, sida=page)
