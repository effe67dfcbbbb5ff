"""Reminders on /matning/utskick: the days they are planned for, and one that is sent at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries.mailings import Mailing, UnitToRemind
from db.queries.measurements import MeasurementSummary
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, card, notice
from dimios_dash.components.table import Column, table
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.days import written
from dimios_dash.domain.reminders import FEWEST_DAYS, MOST_ROUNDS, proposed, too_near
from dimios_dash.domain.wording import TextKind
from dimios_dash.elements import html
from dimios_dash.figures.numbers import count
from dimios_dash.mail import messages
from dimios_dash.mail.messages import Letter, Sample, Sender

_PER_UNIT = (Column("Enhet"), Column("Får en påminnelse", number=True))


class Id(Ids, owner="mailing-reminders"):
    save: str
    now: str


def day_id(number: object) -> dict[str, object]:
    """Id of the field with a planned day; ALL for all of them."""
    return {"component": "reminder-day", "number": number}


def sample_of(
    organisation: str, measurement: MeasurementSummary, texts: Mapping[TextKind, str], sender: Sender, now: datetime
) -> Sample:
    """The reminder as somebody would get it now; without a link that opens anything."""
    assert measurement.period is not None  # noqa: S101, says to mypy that a measurement under way has days
    letter = Letter(
        outbox_id=UUID(int=0),
        organisation=organisation,
        closes=measurement.period.closes,
        k=measurement.k,
        address="namn@organisationen.example",
        link="(här står mottagarens personliga länk)",
        texts=texts,
    )
    return messages.sample(messages.reminder(letter, sender, now))


def drawn(
    measurement: MeasurementSummary,
    mailing: Mailing,
    to_remind: Sequence[UnitToRemind],
    sample: Sample,
    today: date,
) -> list[Component]:
    """Both cards, for a measurement that is open."""
    if measurement.period is None:
        return []
    return [
        html.Div(
            [_planned(mailing, measurement.period, _people(to_remind), today), _now(mailing, to_remind, sample, today)],
            className="columns columns--top section",
        )
    ]


def _people(to_remind: Sequence[UnitToRemind]) -> int:
    return sum(unit.count for unit in to_remind)


def _planned(mailing: Mailing, period: Period, people: int, today: date) -> Component:
    sent = [found.day for found in mailing.rounds if found.number is not None]
    saved = [found.day for found in mailing.rounds if found.number is None and found.day > today]
    shown = saved or ([] if mailing.rounds else list(proposed(period, today)))
    room = MOST_ROUNDS - len(sent)
    return card(
        "Planerade påminnelser",
        html.P(
            "De skickas klockan 7 på morgonen, till dem som då har fått sin inbjudan men inte svarat. "
            f"En mätning har högst {MOST_ROUNDS} omgångar."
        ),
        *_said_of_the_plan(saved, shown, people),
        *_nearness([*sent, *shown]),
        _fields(shown, room, today, period.closes),
        html.Div(html.Button("Spara dagarna", id=Id.save, type="button", className="button"), className="actions"),
    )


def _said_of_the_plan(saved: Sequence[date], shown: Sequence[date], people: int) -> list[Component]:
    if saved:
        next_one = f"{written(min(saved))} klockan 7. Svarar ingen fler innan dess går den till {_persons(people)}."
        return [html.P([html.Strong("Nästa: "), next_one])]
    if shown:
        return [notice(Tone.INFO, "Det här är ett förslag", "Inget är planerat förrän du sparar dagarna.")]
    return [html.P("Ingen påminnelse är planerad.")]


def _nearness(days: Sequence[date]) -> list[Component]:
    return [
        notice(
            Tone.WARNING,
            f"Bara {(later - earlier).days} dagar mellan {written(earlier)} och {written(later)}",
            f"Låt det gå minst {FEWEST_DAYS} dagar mellan två omgångar, annars hinner få svara emellan.",
        )
        for earlier, later in too_near(days)
    ]


def _fields(shown: Sequence[date], room: int, today: date, last: date) -> Component:
    """As many as there may be rounds."""
    values = [*shown, *[None] * MOST_ROUNDS][:room]
    return html.Div(
        [_field(number, value, today + timedelta(days=1), last) for number, value in enumerate(values, start=1)],
        className="fields",
    )


def _field(number: int, value: date | None, first: date, last: date) -> Component:
    chosen = dbc.Input(
        id=day_id(number),
        type="date",
        value="" if value is None else value.isoformat(),
        min=first.isoformat(),
        max=max(first, last).isoformat(),
        className="input--short",
    )
    return html.Div(
        html.Label([html.Span(f"Dag {number}", className="field__label"), chosen]),
        className="field",
    )


def _now(mailing: Mailing, to_remind: Sequence[UnitToRemind], sample: Sample, today: date) -> Component:
    people = _people(to_remind)
    sent = [found.day for found in mailing.rounds if found.number is not None]
    return card(
        "Påminn nu",
        html.P(_who(people)),
        *_since(sent, today),
        *([_units(to_remind)] if people else []),
        _text(sample),
        _sure(people, shown=bool(people) and not mailing.paused and _may_go(sent, today)),
    )


def _may_go(sent: Sequence[date], today: date) -> bool:
    """As the command decides: one round a day, and not too many in all."""
    return today not in sent and len(sent) < MOST_ROUNDS


def _who(people: int) -> str:
    if not people:
        return "Ingen att påminna just nu: alla som har fått sin inbjudan har svarat, eller så är den inte skickad än."
    return (
        f"{_persons(people)} har fått sin inbjudan men inte svarat. De får en påminnelse med samma länk. "
        "Den som svarar innan mejlet går får inget."
    )


def _since(sent: Sequence[date], today: date) -> list[Component]:
    if len(sent) >= MOST_ROUNDS:
        return [notice(Tone.INFO, f"Mätningen har haft sina {MOST_ROUNDS} omgångar", "Fler påminnelser skickas inte.")]
    if not sent or (today - max(sent)).days >= FEWEST_DAYS:
        return []
    title = "En påminnelse har gått i dag" if today in sent else f"Den senaste påminnelsen gick {written(max(sent))}"
    again = written(max(sent) + timedelta(days=FEWEST_DAYS))
    return [notice(Tone.WARNING, title, f"Vänta gärna med nästa till {again}, så hinner fler svara emellan.")]


def _persons(number: int) -> str:
    return f"{count(number)} {'person' if number == 1 else 'personer'}"


def _units(to_remind: Sequence[UnitToRemind]) -> Component:
    rows = [(unit.name, count(unit.count)) for unit in to_remind]
    return html.Details(
        [html.Summary("Vilka enheter det gäller"), table("Personer som påminns, per enhet", _PER_UNIT, rows)],
        className="disclosure",
    )


def _text(sample: Sample) -> Component:
    paragraphs = [html.P(part) for part in sample.paragraphs]
    return html.Details(
        [
            html.Summary("Så lyder mejlet"),
            html.P([html.Strong("Från: "), sample.sender]),
            html.P([html.Strong("Ämne: "), sample.subject]),
            *paragraphs,
        ],
        className="disclosure",
    )


def _sure(people: int, *, shown: bool) -> Component:
    return html.Details(
        [
            html.Summary(f"Påminn {_persons(people)} …"),
            html.P("Mejlen börjar gå genast. Du kan pausa dem här ovanför."),
            html.Div(
                html.Button(f"Ja, påminn {_persons(people)}", id=Id.now, type="button", className="button"),
                className="actions",
            ),
        ],
        className="disclosure",
        hidden=not shown,
    )
