"""The three steps of the method for a key user: where each stands, in words and numbers, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dash.development.base_component import Component

from db.queries.follow_up import Response
from db.queries.measurements import MeasurementSummary
from dimios_dash.components.layout import link_button
from dimios_dash.domain.calendar import MeasurementState, days_left
from dimios_dash.domain.permissions import Permission
from dimios_dash.elements import html
from dimios_dash.figures.numbers import count, percent
from dimios_dash.users import User
from pages.measurement.period_text import period_sentence
from pages.measurement.plan_text import people, units


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when the first page is opened. `response` is None before the start."""

    today: date
    measurement: MeasurementSummary | None  # this year's
    units: int
    respondents: int
    response: Response | None
    newest_release: int | None

    @property
    def year(self) -> int:
        return self.today.year

    @property
    def state(self) -> MeasurementState | None:
        """None where this year's measurement has not been begun."""
        return None if self.measurement is None else self.measurement.state

    @property
    def started(self) -> bool:
        return self.state not in {None, MeasurementState.DRAFT}

    @property
    def ready(self) -> bool:
        """Whether there is somebody to ask."""
        return self.units > 0 and self.respondents > 0

    @property
    def over(self) -> bool:
        """Whether an open measurement has come to the end of its period."""
        period = None if self.measurement is None else self.measurement.period
        return period is not None and days_left(period, self.today) == 0


class Progress(StrEnum):
    """How a step stands to the others; the class of its css too."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


_WORDS = {Progress.DONE: "Klart", Progress.NOW: "Här är du nu", Progress.LATER: "Kommer sedan"}


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three."""

    title: str
    progress: Progress
    text: str


def lead(situation: Situation) -> str:
    """One sentence on top of the page."""
    if situation.measurement is None:
        return f"Mätningen för {situation.year} är inte påbörjad."
    if situation.state is MeasurementState.DRAFT:
        return f"Mätningen för {situation.year} förbereds."
    return period_sentence(situation.measurement, situation.today)


def of(situation: Situation) -> tuple[Step, ...]:
    """Respondenter, Mätning, Analys."""
    return (_respondents(situation), _measurement(situation), _analysis(situation))


def draw(situation: Situation, user: User) -> Component:
    """The list of steps. The thing to do next stands in the step one has come to."""
    found = of(situation)
    here = next((step for step in found if step.progress is Progress.NOW), found[-1])
    label, address = next_deed(situation, user)
    button = html.Div(link_button(label, address), className="actions")
    return html.Ol([_card(step, [button] if step is here else []) for step in found], className="steps")


def _card(step: Step, buttons: list[Component]) -> Component:
    return html.Li(
        [
            html.Div(
                [
                    html.H2(step.title, className="step__title"),
                    html.Span(_WORDS[step.progress], className="step__state"),
                ],
                className="step__head",
            ),
            html.P(step.text, className="step__text"),
            *buttons,
        ],
        className=f"step step--{step.progress}",
    )


def next_deed(situation: Situation, user: User) -> tuple[str, str]:
    """Label and address of the one thing to do next, among what this user may do."""
    if not situation.started:
        return _preparation(situation, user)
    if not user.may(Permission.MEASUREMENT_RUN):
        return "Följ svaren", "/matning/folj"
    if situation.state is MeasurementState.RELEASED:
        return "Se resultatet", f"/resultat/oversikt?ar={situation.year}"
    if situation.state is MeasurementState.CLOSED:
        return "Publicera resultatet", "/matning/avsluta"
    if situation.state is MeasurementState.DESTROYED:
        return "Läs vad som har hänt", "/matning/avsluta"
    return ("Avsluta mätningen", "/matning/avsluta") if situation.over else ("Följ svaren", "/matning/folj")


def _preparation(situation: Situation, user: User) -> tuple[str, str]:
    if not situation.units:
        return "Bygg organisationsträdet", "/matning/trad"
    if not situation.respondents:
        return "Lägg till respondenter", "/matning/respondenter"
    if user.may(Permission.MEASUREMENT_RUN):
        return "Starta mätningen", "/matning/start"
    return "Se respondenterna", "/matning/respondenter"


def _respondents(situation: Situation) -> Step:
    progress = Progress.DONE if situation.started or situation.ready else Progress.NOW
    if not situation.units:
        return Step("Respondenter", progress, "Läs in era enheter, och sedan dem som ska svara.")
    sizes = f"{units(situation.units)} och {people(situation.respondents)}."
    advice = "" if situation.ready else " Lägg till dem som ska svara i år, ungefär var tionde medarbetare."
    return Step("Respondenter", progress, sizes + advice)


def _measurement(situation: Situation) -> Step:
    if situation.response is not None:
        response = situation.response
        text = (
            f"{count(response.answered)} av {count(response.invited)} har svarat ({percent(response.rate)})."
            f"{_left(situation)}"
        )
        return Step("Mätning", Progress.NOW if situation.state is MeasurementState.OPEN else Progress.DONE, text)
    if situation.started:
        return Step("Mätning", Progress.DONE, "Din del av organisationen ingår inte i årets mätning.")
    if situation.ready:
        return Step("Mätning", Progress.NOW, "Allt är redo. Välj period och starta.")
    return Step("Mätning", Progress.LATER, "Inbjudningar skickas, och du följer hur många som svarar.")


def _left(situation: Situation) -> str:
    """Days left of an open measurement; nothing otherwise."""
    period = None if situation.measurement is None else situation.measurement.period
    if period is None or situation.state is not MeasurementState.OPEN:
        return ""
    left = days_left(period, situation.today)
    return f" {count(left)} {'dag' if left == 1 else 'dagar'} kvar." if left else " Tiden är slut."


def _analysis(situation: Situation) -> Step:
    if situation.state is MeasurementState.RELEASED:
        return Step("Analys", Progress.DONE, f"Resultatet för {situation.year} är publicerat.")
    if situation.state is MeasurementState.CLOSED:
        return Step("Analys", Progress.NOW, "Mätningen är avslutad. Låt resultatet beräknas och publicera det.")
    if situation.state is MeasurementState.DESTROYED:
        return Step("Analys", Progress.NOW, "Resultatet publicerades inte i tid, så det finns inget att visa.")
    earlier = (
        "" if situation.newest_release is None else f" Resultatet för {situation.newest_release} finns under Analys."
    )
    return Step("Analys", Progress.LATER, f"När mätningen är publicerad visas resultatet.{earlier}")
