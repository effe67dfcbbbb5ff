"""What the first page says of measurements whose year is over and that are not done."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from db.queries.measurements import MeasurementSummary
from dimios_dash.components.layout import Tone, notice
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.elements import dcc


def unfinished(year: int, years: Sequence[MeasurementSummary]) -> list[Component]:
    """Those before `year` that are open, or closed without a release; and last year's where it was never started."""
    drawn = {
        MeasurementState.OPEN: _open,
        MeasurementState.CLOSED: _closed,
    }
    notices = [drawn[found.state](found) for found in years if found.year < year and found.state in drawn]
    begun = any(found.year == year for found in years)
    never = [found for found in years if found.year == year - 1 and found.state is MeasurementState.DRAFT]
    return notices + [_never_started(found) for found in never if not begun]


def _open(found: MeasurementSummary) -> Component:
    return notice(
        Tone.WARNING,
        f"Mätningen för {found.year} är inte avslutad",
        f"År {found.year} är slut, så den tar inte emot fler svar och kan inte förlängas. Inga mejl skickas. "
        "Avsluta den, och publicera sedan resultatet.",
        dcc.Link(f"Avsluta och publicera mätningen för {found.year}", href=f"/matning/avsluta?ar={found.year}"),
    )


def _closed(found: MeasurementSummary) -> Component:
    return notice(
        Tone.WARNING,
        f"Mätningen för {found.year} är inte publicerad",
        f"Den är avslutad och kan inte öppnas igen, eftersom år {found.year} är slut. Publicera resultatet.",
        dcc.Link(f"Publicera resultatet för {found.year}", href=f"/matning/avsluta?ar={found.year}"),
    )


def _never_started(found: MeasurementSummary) -> Component:
    return notice(
        Tone.INFO,
        f"Mätningen för {found.year} startades aldrig",
        f"Året är slut, så den kan inte startas längre. Gör en mätning för {found.year + 1} i stället: trädet finns "
        "kvar, och respondenterna läser du in igen.",
    )
