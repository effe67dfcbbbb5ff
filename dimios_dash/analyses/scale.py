"""How much of the scale the pictures of a page show."""

from __future__ import annotations

from enum import StrEnum

from dimios_dash.figures.numbers import number
from dimios_dash.translations import _


class Scale(StrEnum):
    """The values are those of the address."""

    WHOLE = "hela"
    NEAR = "nara"

    @property
    def label(self) -> str:
        """In the switch."""
        return {Scale.WHOLE: _("Hela skalan, 0–100"), Scale.NEAR: _("Inzoomad")}[self]


def said(*ends: tuple[float, float]) -> str:
    """That a picture shows a part of the scale, and which: along first, then upwards where that is another part."""
    (low, high), *others = ends
    across = {"low": number(low, 0), "high": number(high, 0)}
    if not others:
        return _("Inzoomad: bilden visar %(low)s till %(high)s av 0–100, så skillnader ser större ut.", **across)
    ((bottom, top),) = others
    return _(
        "Inzoomad: bilden visar digitalt arv %(low)s till %(high)s och digital förmåga %(bottom)s till %(top)s av"
        " 0–100, så skillnader ser större ut.",
        bottom=number(bottom, 0),
        top=number(top, 0),
        **across,
    )
