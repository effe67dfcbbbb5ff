"""What /matning/oppna-lankar says of open links: when they work, and what to think of before one is spread."""

from __future__ import annotations

from datetime import datetime

from dash.development.base_component import Component

from db.queries.measurements import MeasurementSummary
from dimios_dash.components.layout import Tone, notice
from dimios_dash.domain.calendar import K_CHOICES, MeasurementState, today_in_stockholm
from dimios_dash.domain.days import written
from dimios_dash.elements import html


def when_it_works(measurement: MeasurementSummary | None, now: datetime) -> list[Component]:
    """From which day to which the links of this year let answers in."""
    if measurement is None or measurement.state is MeasurementState.DRAFT or measurement.period is None:
        return [
            notice(
                Tone.INFO,
                "Länkarna börjar fungera när mätningen startar",
                "Du kan göra dem och skriva ut dem redan nu. Den som öppnar en länk före starten får veta att det är "
                "för tidigt.",
            )
        ]
    opens, closes = written(measurement.period.opens), written(measurement.period.closes)
    if measurement.state is not MeasurementState.OPEN:
        return [notice(Tone.INFO, "Årets mätning är stängd", "Inga svar tas emot genom länkarna.")]
    if today_in_stockholm(now) < measurement.period.opens:
        return [notice(Tone.INFO, f"Länkarna fungerar från och med {opens}", f"Sista dagen är {closes}.")]
    return [notice(Tone.INFO, f"Länkarna fungerar till och med {closes}")]


def words_of_warning(measurement: MeasurementSummary | None) -> Component:
    """What open links cannot do, and what whoever spreads one could."""
    k = K_CHOICES[0] if measurement is None else measurement.k
    return html.Section(
        [
            html.H2("Tänk på"),
            html.Ul(
                [
                    html.Li(
                        "Svar genom öppna länkar hjälper aldrig svar via e-post över en gräns. Har någon i en enhet "
                        f"svarat med personlig länk visas enheten först när de svaren är minst {k} för sig."
                    ),
                    html.Li(
                        "Den som sprider en öppen länk kan också svara flera gånger, eller i andras namn. Ge den till "
                        "någon ni litar på, eller använd engångskoder: varje kod gäller för ett svar."
                    ),
                    html.Li(
                        "Ingen får veta vem som har svarat, så den som inte svarar kan inte påminnas. "
                        "Berätta om länken flera gånger i stället."
                    ),
                    html.Li("Den som har fått en personlig länk i ett mejl ska använda den, och inte svara här också."),
                ]
            ),
        ],
        className="section think-of",
    )
