"""What is said of answers that will be destroyed, are being destroyed, or are no more; and the way to cancel."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries.measurements import MeasurementSummary
from dimios_dash.components.layout import Tone, card, empty, link_button, notice
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.days import written
from dimios_dash.domain.destruction import KEPT, Countdown
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count


def kept_until(year: int, countdown: Countdown, *, linked: bool = True) -> Component:
    """Until when the answers of a closed measurement are kept: calm at first, a warning from the first one sent."""
    last_day = written(countdown.destroyed_on)
    why = f"Svar som ingen publicerar sparas i {KEPT.days} dagar efter att mätningen avslutades."
    way = [dcc.Link("Publicera resultatet före dess", href=f"/matning/avsluta?ar={year}")] if linked else []
    if not countdown.warned_on:
        return notice(Tone.INFO, f"Publicera resultatet före den {last_day}", why)
    return notice(Tone.WARNING, f"Svaren i mätningen för {year} förstörs den {last_day}", why, *way)


def destroyed(measurement: MeasurementSummary) -> Component:
    """A measurement that was closed and not released in time."""
    return notice(
        Tone.WARNING,
        f"Svaren i mätningen för {measurement.year} är förstörda",
        f"Resultatet publicerades inte inom {KEPT.days} dagar efter att mätningen avslutades, och er nyckelanvändare "
        "har varnats tre gånger. Därför är svaren och nyckeln till dem förstörda, som de svarande har lovats.",
        f"Mätningen kan varken publiceras eller öppnas igen. Nästa mätning görs {measurement.year + 1}.",
    )


def cancelled(measurement: MeasurementSummary) -> Component:
    """A measurement that the key user has cancelled, with its answers still there or gone."""
    if not measurement.box_destroyed:
        waiting = html.P("Det tar oftast bara några sekunder. Du kan lämna sidan.")
        return card(f"Svaren i mätningen för {measurement.year} förstörs just nu", _going_on(), waiting)
    return empty(
        f"Mätningen för {measurement.year} är avbruten",
        "Alla svar i den är förstörda, och inga mejl skickas. Du kan förbereda en ny mätning för samma år. "
        "De som redan har bjudits in i år kan inte bjudas in en gång till.",
        link_button("Förbered en ny mätning", "/matning/respondenter"),
    )


def cancel_card(measurement: MeasurementSummary, answered: int, typed_id: str, button_id: str) -> Component:
    """Ends a draft or an open measurement for good, once its year has been typed."""
    return card(
        "Avbryt mätningen",
        html.P("Om något har blivit fel från början. Mätningen försvinner utan resultat, och du kan göra en ny."),
        html.Details(
            [
                html.Summary("Avbryt mätningen …"),
                html.P(_what_is_lost(measurement, answered)),
                html.Label(f"Skriv {measurement.year} för att bekräfta", htmlFor=typed_id, className="field__label"),
                dbc.Input(id=typed_id, type="text", inputmode="numeric", autocomplete="off", className="input--short"),
                html.Div(
                    html.Button(
                        "Avbryt mätningen för alltid", id=button_id, type="button", className="button button--danger"
                    ),
                    className="actions",
                ),
            ],
            className="disclosure",
        ),
    )


def _what_is_lost(measurement: MeasurementSummary, answered: int) -> str:
    if measurement.state is MeasurementState.DRAFT:
        return "Listan över dem som skulle ha svarat tas bort. Ingen har fått något mejl."
    answers = "1 svar förstörs" if answered == 1 else f"{count(answered)} svar förstörs"
    return (
        f"{answers} genast och går inte att få tillbaka. Länkarna slutar fungera och inga fler mejl skickas. "
        "De som redan har bjudits in kan inte bjudas in en gång till i år."
    )


def _going_on() -> Component:
    return html.P("Nyckeln och svarssedlarna tas bort från alla ställen där de finns.", role="status")
