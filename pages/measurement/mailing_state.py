"""How the mails of a measurement go: numbers, rounds, and the switch that pauses them."""

from __future__ import annotations

from datetime import date

from dash.development.base_component import Component

from db.queries.mailings import Mailing, Mails, Round
from dimios_dash.components.aria import aria
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, card, key_figure, key_figures, notice
from dimios_dash.components.table import Column, table
from dimios_dash.domain.days import written
from dimios_dash.domain.work import INVITATION, reminder
from dimios_dash.elements import html
from dimios_dash.figures.numbers import HIDDEN, count

_COLUMNS = (
    Column("Utskick"),
    Column("Dag"),
    Column("Skickade", number=True),
    Column("Väntar", number=True),
    Column("Studsade", number=True),
    Column("Osäkra", number=True),
    Column("Misslyckade", number=True),
    Column("Behövdes inte", number=True),
)


class Id(Ids, owner="mailing-state"):
    pause: str
    resume: str
    call_off: str


def drawn(mailing: Mailing, today: date, *, runs: bool) -> list[Component]:
    """`runs`: whether to offer the switch."""
    return [
        *([_paused(mailing)] if mailing.paused else []),
        html.Div([_invitations(mailing), *([_switch(mailing)] if runs else [])], className="columns section"),
        html.Div(_rounds(mailing, today), className="section"),
    ]


def _paused(mailing: Mailing) -> Component:
    return notice(
        Tone.WARNING,
        "Utskicken är pausade",
        f"Inget mejl lämnar oss förrän de återupptas. {count(mailing.waiting)} mejl väntar. "
        "En påminnelse som var planerad under tiden skickas bara om pausen slutar inom två dagar.",
    )


def _invitations(mailing: Mailing) -> Component:
    mails = mailing.of(INVITATION)
    numbers = key_figures(
        key_figure("Väntar", count(mails.waiting)),
        key_figure("Har studsat", count(mails.bounced)),
        key_figure("Osäkra", count(mails.uncertain)),
        key_figure("Misslyckade", count(mails.failed)),
    )
    return card("Inbjudningar", html.Div([_progress(mails), numbers], className="stack"))


def _progress(mails: Mails) -> Component:
    said = [
        html.Span(_share(mails), className="response__rate"),
        html.Span(f"{count(mails.sent)} av {count(mails.all)} skickade", className="response__count"),
    ]
    bar = html.Progress(
        value=str(mails.sent),
        max=str(max(mails.all, 1)),
        className="response__bar",
        **aria(label="Skickade inbjudningar"),
    )
    return html.Div([html.Div(said, className="response__head"), bar], className="response")


def _share(mails: Mails) -> str:
    """Whole per cent, rounded down: it says 100 only when all are sent."""
    return f"{100 * mails.sent // mails.all} %" if mails.all else HIDDEN


def _switch(mailing: Mailing) -> Component:
    """Both buttons are always there, so that whoever pressed one finds the other in its place."""
    reminders = sum(mails.waiting for mails in mailing.mails if mails.kind != INVITATION)
    sentence = (
        "Utskicken är pausade. När du återupptar dem skickas det som väntar, till dem som ännu inte har svarat."
        if mailing.paused
        else "Har något blivit fel? Pausa, så stannar alla mejl i mätningen genast, också de planerade."
    )
    return card(
        "Pausa och återuppta",
        html.P(sentence),
        html.Div(
            [
                _button(Id.pause, "Pausa utskicken", "button--secondary", shown=not mailing.paused),
                _button(Id.resume, "Återuppta utskicken", "", shown=mailing.paused),
                _button(
                    Id.call_off,
                    f"Ställ in {count(reminders)} påminnelser som väntar",
                    "button--danger",
                    shown=bool(reminders),
                ),
            ],
            className="actions",
        ),
    )


def _button(button_id: str, label: str, look: str, *, shown: bool) -> Component:
    return html.Button(label, id=button_id, type="button", className=f"button {look}".strip(), hidden=not shown)


def _rounds(mailing: Mailing, today: date) -> Component:
    by_day = {found.day: found for found in mailing.rounds}
    rows = [_row("Inbjudan", HIDDEN, mailing.of(INVITATION))]
    rows += [_round(mailing, by_day[day], today) for day in sorted(by_day)]
    return table("Alla utskick i mätningen", _COLUMNS, rows)


def _round(mailing: Mailing, found: Round, today: date) -> list[str]:
    if found.number is not None:
        name = f"Påminnelse {found.number}"
        return _row(name, written(found.day), mailing.of(reminder(found.number)))
    name = "Planerad påminnelse" if found.day >= today else "Påminnelse som inte skickades"
    return [name, written(found.day), *[HIDDEN] * 6]


def _row(name: str, day: str, mails: Mails) -> list[str]:
    numbers = (mails.sent, mails.waiting, mails.bounced, mails.uncertain, mails.failed, mails.dropped)
    return [name, day, *map(count, numbers)]
