"""The figures of /matning/folj for the unit that is looked at, and what has gone wrong with its mails."""

from __future__ import annotations

from urllib.parse import urlencode

from dash.development.base_component import Component

from db.queries.follow_up import Response, UnitResponse
from dimios_dash.components.layout import Tone, card, key_figure, key_figures, notice
from dimios_dash.domain.open_links import LinkAnswers
from dimios_dash.domain.respondents.respondent_filter import Progress
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count, percent
from dimios_dash.ids import UnitId
from pages.measurement.follow_units import response_bar


def whole(here: UnitResponse, links: LinkAnswers | None) -> Component:
    """How many of how many; beside it what has come through open links, where there are any."""
    response = here.response
    return card(
        here.name,
        html.Div(
            [
                html.Div(
                    [
                        html.Span(percent(response.rate), className="response__rate"),
                        html.Span(
                            f"{count(response.answered)} av {count(response.invited)} har svarat",
                            className="response__count",
                        ),
                    ],
                    className="response__head",
                ),
                response_bar(response, f"Svarsfrekvens för {here.name}", "response__bar"),
            ],
            className="response",
        ),
        *([] if links is None else [html.P(_by_links(links))]),
        html.P(
            "Ingen kan se vad någon har svarat, varken nu eller senare. "
            "Resultatet visas först när mätningen är avslutad och publicerad.",
            className="card__reading",
        ),
        html.P(dcc.Link("Se vilka som inte har svarat", href=_silent(here.unit_id))),
    )


def _silent(unit_id: UnitId) -> str:
    """The list of those who have got their invitation and have not answered; it can be taken out as a file there."""
    return f"/matning/respondenter?{urlencode({'enhet': unit_id, 'status': Progress.SENT})}"


def _by_links(links: LinkAnswers) -> str:
    said = f"Dessutom {count(links.answers)} svar genom öppna länkar"
    if links.rate is None:
        return f"{said}."
    return f"{said}: {count(links.of_expected)} av {count(links.expected)} väntade, {percent(links.rate)}."


def mails(response: Response) -> Component:
    """How far the invitations have come."""
    return card(
        "Inbjudningar via e-post",
        key_figures(
            key_figure("Inbjudna", count(response.invited)),
            key_figure("Skickade", count(response.sent)),
            key_figure("Väntar på att skickas", count(response.waiting)),
            key_figure("Har studsat", count(response.bounced)),
            key_figure("Osäkra", count(response.uncertain)),
        ),
    )


def problems(response: Response) -> list[Component]:
    """Mails that came back, or may have been lost, and where to go."""
    found: list[Component] = []
    where = dcc.Link("Rätta till det under Utskick", href="/matning/utskick")
    if response.bounced:
        found.append(
            notice(
                Tone.WARNING,
                f"Inbjudningar som har studsat: {count(response.bounced)}",
                "Mottagarens server tog inte emot dem. Kontrollera att adresserna är rätt.",
                where,
            )
        )
    if response.uncertain:
        found.append(
            notice(
                Tone.WARNING,
                f"Inbjudningar som är osäkra: {count(response.uncertain)}",
                "Utskicket avbröts, så de kan ha kommit fram eller inte. De skickas inte om av sig själva.",
                where,
            )
        )
    return found
