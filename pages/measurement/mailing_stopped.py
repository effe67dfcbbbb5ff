"""Mails that have not arrived, on /matning/utskick: what is wrong, and what can be done for each."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries.mailings import Stopped
from dimios_dash.components.ids import Ids
from dimios_dash.components.table import Column, table
from dimios_dash.domain.work import INVITATION
from dimios_dash.elements import html
from dimios_dash.figures.numbers import count

_COLUMNS = (Column("E-post"), Column("Enhet"), Column("Mejl"), Column("Vad som hände"))


class Id(Ids, owner="mailing-stopped"):
    who: str
    address: str
    correct: str
    again: str
    all_again: str
    remove: str
    unsure: str
    unsure_again: str
    arrived: str


def drawn(stopped: Sequence[Stopped]) -> list[Component]:
    """First those that have come back or failed, then those of which nobody knows. Nothing where there are none."""
    lost, uncertain = ([mail for mail in stopped if mail.uncertain is is_] for is_ in (False, True))
    return [*([_lost(lost)] if lost else []), *([_uncertain(uncertain)] if uncertain else [])]


def _lost(mails: Sequence[Stopped]) -> Component:
    return html.Section(
        [
            html.H2(f"Kom inte fram: {count(len(mails))}"),
            html.P(
                "De här mejlen har kommit tillbaka eller gick inte att skicka. De skickas inte om av sig själva. "
                "Har många studsat på en gång spärrar oftast er mejlserver: be IT-avdelningen släppa fram oss. "
                "Sedan kan du skicka igen till alla."
            ),
            table("Mejl som inte kom fram", _COLUMNS, map(_row, mails)),
            _mend(mails),
        ],
        className="section stack",
    )


def _mend(mails: Sequence[Stopped]) -> Component:
    return html.Div(
        [
            _field(
                "Person",
                Id.who,
                dbc.Select(id=Id.who, options=list(map(_option, mails)), value=str(mails[0].outbox_id)),
            ),
            _field(
                "Rätt adress",
                Id.address,
                dbc.Input(id=Id.address, type="text", value="", maxLength=64, autoComplete="off"),
                "Bara om den var fel. Personen får en ny inbjudan, och den gamla länken slutar fungera.",
            ),
            _buttons(
                _button(Id.correct, "Rätta adressen och bjud in", ""),
                _button(Id.again, "Skicka igen till samma adress", "button--secondary"),
                _button(Id.remove, "Ta bort personen", "button--danger"),
            ),
            _buttons(_button(Id.all_again, "Skicka igen till alla i listan", "button--secondary")),
        ]
    )


def _uncertain(mails: Sequence[Stopped]) -> Component:
    return html.Section(
        [
            html.H2(f"Osäkert om de kom fram: {count(len(mails))}"),
            html.P(
                "Något avbröts medan de här mejlen lämnades över. Den som har fått sitt får två om du skickar igen. "
                "Den som är kvar här får nästa påminnelse i alla fall, med samma länk."
            ),
            table("Mejl som är osäkra", _COLUMNS, map(_row, mails)),
            html.Fieldset(
                [
                    html.Legend("Vilka gäller det?", className="fieldset__legend"),
                    dbc.Checklist(
                        id=Id.unsure,
                        options=list(map(_option, mails)),
                        value=[str(mail.outbox_id) for mail in mails],
                    ),
                ],
                className="fieldset",
            ),
            _buttons(
                _button(Id.unsure_again, "Skicka de valda igen", "button--secondary"),
                _button(Id.arrived, "De valda har kommit fram", "button--secondary"),
            ),
        ],
        className="section stack",
    )


def _row(mail: Stopped) -> tuple[str, str, str, str]:
    return mail.address, mail.unit, _name(mail.kind), mail.why or "Utskicket avbröts."


def _name(kind: str) -> str:
    return "Inbjudan" if kind == INVITATION else f"Påminnelse {kind.removeprefix('reminder')}"


def _option(mail: Stopped) -> dict[str, str]:
    return {"value": str(mail.outbox_id), "label": f"{mail.address} ({_name(mail.kind).lower()})"}


def _field(label: str, field_id: str, field: Component, hint: str = "") -> Component:
    said = [html.P(hint, className="field__hint")] if hint else []
    return html.Div([html.Label(label, htmlFor=field_id, className="field__label"), *said, field], className="field")


def _buttons(*buttons: Component) -> Component:
    return html.Div(list(buttons), className="actions")


def _button(button_id: str, label: str, look: str) -> Component:
    return html.Button(label, id=button_id, type="button", className=f"button {look}".strip())
