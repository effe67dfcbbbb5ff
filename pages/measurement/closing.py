"""What /matning/avsluta shows in each state of the measurement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dash.development.base_component import Component

from db.queries.jobs import JobProgress
from db.queries.measurements import MeasurementSummary
from db.queries.unit_periods import UnitPeriod
from dimios_dash.components.aria import aria
from dimios_dash.components.date_field import date_field
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, card, empty, link_button, notice
from dimios_dash.domain.calendar import MeasurementState, late_in_year_warning
from dimios_dash.domain.destruction import Countdown
from dimios_dash.domain.incident import reference
from dimios_dash.domain.work import JobState
from dimios_dash.elements import html
from dimios_dash.figures.numbers import count
from pages.measurement.ended import cancel_card, cancelled, destroyed, kept_until
from pages.measurement.period_text import period_sentence
from pages.measurement.unit_days import extension_card

USUAL_EXTENSION = timedelta(days=7)


class Id(Ids, owner="closing"):
    cancel: str
    typed: str
    later: str
    extend: str
    close: str
    again_until: str
    reopen: str
    release: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What the page knows beside the measurement itself. `countdown` is that of a closed one."""

    job: JobProgress | None  # the latest request to release it
    countdown: Countdown | None
    answered: int  # by those who were invited by e-mail
    skipped: int  # ballots that the release could not count
    own_days: tuple[UnitPeriod, ...] = ()  # units that have days of their own


def content(measurement: MeasurementSummary, ending: Ending, today: date) -> Component:
    """All of the page below its head."""
    if measurement.state is MeasurementState.RELEASED:
        return _released(measurement, ending.skipped)
    if measurement.state in _OVER:
        return _OVER[measurement.state](measurement)
    if is_publishing(measurement, ending.job):
        return _publishing(measurement, ending.job)
    return html.Div(
        [
            html.P([html.Strong(f"{measurement.year}: "), period_sentence(measurement, today)]),
            *_warnings(measurement, ending, today),
            html.Div(_cards(measurement, ending, today), className="columns columns--top"),
        ]
    )


def _cards(measurement: MeasurementSummary, ending: Ending, today: date) -> list[Component]:
    if measurement.state is MeasurementState.CLOSED:
        return _closed(measurement, today)
    if measurement.state is MeasurementState.DRAFT:
        return [nothing_to_close(), cancel_card(measurement, ending.answered, Id.typed, Id.cancel)]
    return [*_open(measurement, ending.own_days, today), cancel_card(measurement, ending.answered, Id.typed, Id.cancel)]


def is_ending(measurement: MeasurementSummary, job: JobProgress | None) -> bool:
    """Whether the worker has been asked for something and has not come to an end."""
    being_destroyed = measurement.state is MeasurementState.CANCELLED and not measurement.box_destroyed
    return being_destroyed or is_publishing(measurement, job)


def is_publishing(measurement: MeasurementSummary, job: JobProgress | None) -> bool:
    """Whether the worker has been asked for the results and has not come to an end."""
    return measurement.state is MeasurementState.CLOSED and job is not None and job.under_way


def nothing_to_close() -> Component:
    """Where no measurement has been started."""
    return empty(
        "Det finns ingen mätning att avsluta",
        "Starta mätningen först. När den har pågått klart avslutar och publicerar du den här.",
        link_button("Starta mätningen", "/matning/start"),
    )


def _warnings(measurement: MeasurementSummary, ending: Ending, today: date) -> list[Component]:
    job, countdown = ending.job, ending.countdown
    late = late_in_year_warning(today) if measurement.year == today.year else None
    failed = job is not None and job.state is JobState.FAILED and measurement.state is MeasurementState.CLOSED
    return [
        *([notice(Tone.WARNING, late)] if late else []),
        *([_year_is_over(measurement)] if measurement.year < today.year else []),
        *([_failed(job)] if failed and job is not None else []),
        *([kept_until(measurement.year, countdown, linked=False)] if countdown is not None else []),
    ]


def _year_is_over(measurement: MeasurementSummary) -> Component:
    """In place of the ways to give more time, which are gone."""
    first = "Avsluta den, och publicera sedan" if measurement.state is MeasurementState.OPEN else "Publicera"
    return notice(
        Tone.INFO,
        f"År {measurement.year} är slut",
        f"Mätningen för {measurement.year} tar inte emot fler svar, och den kan varken förlängas eller öppnas igen. "
        f"{first} resultatet.",
    )


def _failed(job: JobProgress) -> Component:
    return notice(
        Tone.ERROR,
        "Resultatet gick inte att beräkna",
        job.message or "Beräkningen avbröts av ett fel hos oss.",
        "Inget har publicerats och inga svar har gått förlorade. Försök igen. Kontakta supporten om det inte hjälper.",
    )


def _open(measurement: MeasurementSummary, own_days: Sequence[UnitPeriod], today: date) -> list[Component]:
    close_card = card(
        "Avsluta mätningen",
        html.P("Efter det kan ingen svara. Resultatet syns först när du har publicerat det."),
        html.Details(
            [
                html.Summary("Avsluta mätningen …"),
                html.P(
                    "Länkarna slutar ta emot svar genast, och inga fler inbjudningar skickas. "
                    "Så länge kalenderåret varar och inget är publicerat kan du öppna mätningen igen."
                ),
                _button(Id.close, "Ja, avsluta mätningen nu", "button--danger"),
            ],
            className="disclosure",
        ),
    )
    if measurement.year != today.year or measurement.period is None:
        return [close_card]
    return [_extend(measurement, today), close_card, *extension_card(own_days, measurement.period, today)]


def _extend(measurement: MeasurementSummary, today: date) -> Component:
    ends = max(today, measurement.period.closes if measurement.period else today)
    last = date(measurement.year, 12, 31)
    if measurement.period and measurement.period.closes >= last:
        return card("Förläng mätningen", html.P("Mätningen pågår redan året ut och kan inte förlängas mer."))
    return card(
        "Förläng mätningen",
        html.P("Ge fler tid att svara. Mätningen kan pågå till och med den 31 december."),
        date_field(Id.later, "Ny sista dag", min(ends + USUAL_EXTENSION, last), today, last),
        _button(Id.extend, "Förläng", "button--secondary"),
    )


def _closed(measurement: MeasurementSummary, today: date) -> list[Component]:
    publish = card(
        "Beräkna och publicera resultatet",
        html.P(
            "Svaren öppnas, blandas och räknas. Det som kan visas utan att någon går att känna igen "
            f"(minst {measurement.k} svar) publiceras i er organisation. Sedan kan mätningen inte ändras mer."
        ),
        _button(Id.release, "Beräkna och publicera resultat", ""),
    )
    return [publish, _reopen(measurement, today)] if measurement.year == today.year else [publish]


def _reopen(measurement: MeasurementSummary, today: date) -> Component:
    last = date(measurement.year, 12, 31)
    return card(
        "Öppna mätningen igen",
        html.P("Om fler ska hinna svara. Det går bara under kalenderåret och innan resultatet är publicerat."),
        date_field(Id.again_until, "Ny sista dag", min(today + USUAL_EXTENSION, last), today, last),
        _button(Id.reopen, "Öppna igen", "button--secondary"),
    )


def _publishing(measurement: MeasurementSummary, job: JobProgress | None) -> Component:
    return card(
        f"Resultatet för {measurement.year} beräknas",
        _progress(job),
        html.P(_how_far(job), role="status"),
        html.P("Du kan lämna sidan. Beräkningen fortsätter, och du hittar den här igen."),
    )


def _progress(job: JobProgress | None) -> Component:
    """A bar that is filled as far as is known; without a value it says only that something goes on."""
    if job is None or job.total is None:
        return html.Progress(**aria(label="Beräkningen"))
    return html.Progress(
        value=str(job.done), max=str(job.total), className="response__bar", **aria(label="Beräkningen")
    )


def _how_far(job: JobProgress | None) -> str:
    if job is None or job.state is JobState.WAITING:
        return "Beräkningen står i kö och börjar strax."
    if job.total is None:
        return "Beräkningen har börjat."
    return f"{count(job.done)} av {count(job.total)} är klart."


def _released(measurement: MeasurementSummary, skipped: int) -> Component:
    return html.Div(
        [
            notice(
                Tone.SUCCESS,
                f"Resultatet för {measurement.year} är publicerat",
                "Ni som får se resultat kan utforska det nu. En publicerad mätning ändras inte mer.",
            ),
            *([_skipped(measurement, skipped)] if skipped else []),
            html.Div(link_button("Se resultatet", f"/resultat/oversikt?ar={measurement.year}"), className="actions"),
        ]
    )


def _skipped(measurement: MeasurementSummary, skipped: int) -> Component:
    ballots = "1 svarssedel" if skipped == 1 else f"{count(skipped)} svarssedlar"
    return notice(
        Tone.INFO,
        f"{ballots} gick inte att läsa och är inte med",
        "Resultatet bygger på alla de andra, och ni behöver inte göra något. Vi har fått veta det. "
        f"Uppge referensen {reference(measurement.id)} om ni hör av er till supporten.",
    )


_OVER: Final = {
    MeasurementState.DESTROYED: destroyed,
    MeasurementState.CANCELLED: cancelled,
}


def _button(button_id: str, label: str, look: str) -> Component:
    button = html.Button(label, id=button_id, type="button", className=f"button {look}".strip())
    return html.Div(button, className="actions")
