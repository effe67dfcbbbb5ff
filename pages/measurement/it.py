"""/matning/it — what an IT department needs to know so that invitations arrive; a letter to print or copy."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from dash import Input, Output
from dash.development.base_component import Component

from db.queries import wordings
from dimios_dash import access
from dimios_dash.components.aria import aria
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card, page_head
from dimios_dash.components.table import Column, table
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.wording import Placeholder, TextKind, filled
from dimios_dash.elements import html
from dimios_dash.language import DEFAULT_LANGUAGE
from dimios_dash.mail import sender_records
from dimios_dash.mail.messages import Sender
from dimios_dash.mail.sender_records import Record, RecordState
from dimios_dash.mail.signing import dns_name
from dimios_dash.settings import Settings
from dimios_dash.web import Context, action, page

_COLUMNS = (Column("Uppgift"), Column("Namn i DNS"), Column("Läge"))
_STATES = {
    RecordState.FOUND: "Finns",
    RecordState.WEAK: "Finns, men ställer inga krav",
    RecordState.MISSING: "Saknas",
    RecordState.UNKNOWN: "DNS svarade inte. Försök igen om en stund.",
    RecordState.UNUSED: "Vi signerar inte mejlen; mejlservern kan göra det",
}


class Id(Ids, owner="it"):
    check: str
    found: str


@page("/matning/it", title="Till it-avdelningen", needs=Permission.MEASUREMENT_RUN, scope=access.measurement)
def layout(ctx: Context, scope: DeskScope) -> Component:
    said = wordings.of_language(ctx.session, scope, DEFAULT_LANGUAGE)
    subjects = [said[kind].text for kind in (TextKind.INVITATION_SUBJECT, TextKind.REMINDER_SUBJECT)]
    sender = Sender(ctx.settings.mail_from, ctx.settings.support_address)
    return html.Div(
        [
            page_head(
                "Till it-avdelningen",
                "Skicka det här till dem som sköter er e-post innan mätningen startar, så fastnar inga inbjudningar.",
            ),
            card("Brevet", *_letter(ctx, sender, subjects)),
            card(
                "Avsändarens domän i DNS",
                html.P(
                    "Mottagare litar på mejl från en domän som säger vem som får skicka för den. "
                    "Saknas något, hör av er till supporten."
                ),
                html.Div(
                    html.Button("Kontrollera nu", id=Id.check, type="button", className="button button--secondary"),
                    className="actions",
                ),
                html.Div(id=Id.found, **aria(live="polite")),
            ),
        ],
        className="stack",
    )


@action(Output(Id.found, "children"), Input(Id.check, "n_clicks"), needs=Permission.MEASUREMENT_RUN)
def check(ctx: Context, _clicks: int) -> Component:
    access.measurement(ctx)
    settings = ctx.settings
    key = None if settings.dkim_selector is None else dns_name(settings)
    found = sender_records.look_up(settings.mail_domain, key)
    return table(f"Avsändarens domän {settings.mail_domain}", _COLUMNS, map(_row, found))


def _row(record: Record) -> tuple[str, str, str]:
    return record.kind, record.name, _STATES[record.state]


def _letter(ctx: Context, sender: Sender, subjects: Sequence[str]) -> list[Component]:
    organisation, settings = ctx.user.organisation_name, ctx.settings
    return [
        html.P("Hej!"),
        html.P(
            f"{organisation} mäter sin digitala mognad. De som ska svara får en inbjudan och några påminnelser "
            "via e-post. Varje mejl har en personlig länk. Se till att de kommer fram:"
        ),
        html.Dl(
            [
                part
                for term, said in _facts(settings, sender, [_filled(each, organisation) for each in subjects])
                for part in (html.Dt(term), html.Dd(said))
            ],
            className="facts",
        ),
        html.Ul(
            [
                html.Li("Släpp igenom avsändaren och länken, och undanta dem från karantän och massutskicksfilter."),
                html.Li(
                    "Länkarna får gärna kontrolleras automatiskt: att öppna dem ändrar ingenting. Men skriv inte om "
                    "dem till tillfälliga adresser som slutar gälla, och spara inte länkarna i loggar."
                ),
                html.Li("Mejlen har varken bilagor, bilder från andra platser eller spårning."),
                html.Li(
                    "Inbjudningarna går ut på en gång till alla. Har ni en gräns för antal mejl i minuten från en "
                    "avsändare, berätta vilken, så håller vi den."
                ),
            ]
        ),
        html.P(f"Frågor: {sender.support}. Vänliga hälsningar, {ctx.user.name}, {organisation}"),
    ]


def _filled(subject: str, organisation: str) -> str:
    return filled(subject, {Placeholder.ORGANISATION: organisation, Placeholder.LAST_DAY: "…", Placeholder.K: "…"})


def _facts(settings: Settings, sender: Sender, subjects: Sequence[str]) -> tuple[tuple[str, str], ...]:
    signed = f"Ja, med väljaren {settings.dkim_selector}" if settings.dkim_selector else "Nej, inte av oss"
    return (
        ("Avsändare", sender.mailbox),
        ("Mejlserver", settings.smtp_host),
        ("Ämnen", " · ".join(subjects)),
        ("Länkar går till", urlsplit(settings.address).netloc),
        ("Signeras med DKIM", signed),
        ("Svar på mejlen går till", sender.support),
    )
