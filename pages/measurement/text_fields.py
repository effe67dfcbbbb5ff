"""How /matning/texter draws the texts that can be edited, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage
from typing import Final

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries.wordings import Said, Word
from dimios_dash.components.aria import aria
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.components.table import Column, table
from dimios_dash.domain.usual_wording import USUAL
from dimios_dash.domain.wording import Placeholder, TextKind, paragraphs
from dimios_dash.elements import dcc, html
from dimios_dash.language import Language
from dimios_dash.mail import messages
from dimios_dash.mail.messages import Letter, Sender

KINDS: Final = tuple(TextKind)  # the order of the fields
_CARDS: Final = (
    ("Inbjudan", (TextKind.INVITATION_SUBJECT, TextKind.INVITATION)),
    ("Påminnelse", (TextKind.REMINDER_SUBJECT, TextKind.REMINDER)),
    ("Formuläret", (TextKind.INTRODUCTION, TextKind.THANKS)),
)
_WORDS: Final = (Column("Ord"), Column("Vad det betyder hos er"), Column("Ta bort"))


class Id(Ids, owner="texts"):
    save: str
    show: str
    try_out: str
    shown: str
    term: str
    explanation: str
    add: str


def field_id(kind: object) -> dict[str, object]:
    """Id of the field of a text; ALL for those of all KINDS."""
    return {"component": "text-field", "kind": kind}


def removal_id(word: object) -> dict[str, object]:
    """Id of the button that takes a word out of the glossary."""
    return {"component": "text-word", "word": word}


def languages(chosen: Language) -> Component:
    """Leads to the same page in each language."""
    links = [html.Li(_language(each, chosen)) for each in Language]
    return html.Nav(html.Ul(links, className="choice-links"), **aria(label="Språk"))


def _language(each: Language, chosen: Language) -> Component:
    if each is chosen:
        return html.Span(each.label, className="choice-link", **aria(current="page"))
    return dcc.Link(each.label, href=f"/matning/texter?sprak={each}", className="choice-link")


def fields(said: Mapping[TextKind, Said], language: Language) -> Component:
    """One card for each mail, and one for the form."""
    cards = [card(title, *(_field(kind, said[kind], language) for kind in kinds)) for title, kinds in _CARDS]
    buttons = [
        html.Button("Spara texterna", id=Id.save, type="button", className="button"),
        html.Button("Förhandsgranska", id=Id.show, type="button", className="button button--secondary"),
        html.Button("Skicka prov till mig", id=Id.try_out, type="button", className="button button--secondary"),
    ]
    return html.Div([_placeholders(), *cards, html.Div(buttons, className="actions")], className="stack section")


def _placeholders() -> Component:
    items = [html.Li([html.Code(f"{{{each}}}"), f" {each.meaning}"]) for each in Placeholder]
    return html.Details(
        [
            html.Summary("Det här fylls i av sig självt"),
            html.Ul(items),
            html.P(
                "Länken, sista dagen, löftet om anonymitet och var man får hjälp står alltid i mejlet. "
                "Töm en ruta och spara, så kommer den vanliga texten tillbaka. En tom rad börjar ett nytt stycke."
            ),
        ],
        className="disclosure",
    )


def _field(kind: TextKind, said: Said, language: Language) -> Component:
    rules = kind.rules
    common = {"id": field_id(kind.value), "value": said.text, "maxLength": rules.longest}
    box = dbc.Input(type="text", **common) if rules.one_line else dbc.Textarea(rows=5, **common)
    own = said.text != USUAL[language][kind]
    hint = "Er egen text." if own else "Den vanliga texten."
    label = rules.label.partition(": ")[2].capitalize()
    words = [html.Span(label, className="field__label"), html.Span(hint, className="field__hint")]
    return html.Label([*words, html.Span(box, lang=language.value)], className="field field--wide")


def mails(letter: Letter, sender: Sender, now: datetime) -> Sequence[tuple[str, EmailMessage]]:
    """Both mails by their names."""
    return (
        ("Inbjudan", messages.invitation(letter, sender, now)),
        ("Påminnelse", messages.reminder(letter, sender, now)),
    )


def preview(letter: Letter, sender: Sender, now: datetime) -> list[Component]:
    """Both mails as they arrive, wide, narrow and as plain text, and the form's own two texts."""
    return [
        html.H2("Så här blir det", tabIndex=-1),
        *(_mail(name, message) for name, message in mails(letter, sender, now)),
        card("Formuläret", *_said("Inledning", letter, TextKind.INTRODUCTION), *_said("Tack", letter, TextKind.THANKS)),
    ]


def _mail(name: str, message: EmailMessage) -> Component:
    wide, plain = message.get_body(("html",)), message.get_body(("plain",))
    picture = "" if wide is None else str(wide.get_content())
    text = "" if plain is None else str(plain.get_content())
    facts = [("Från", str(message["From"])), ("Svar går till", str(message["Reply-To"])), ("Ämne", message["Subject"])]
    return card(
        name,
        html.Dl([part for term, said in facts for part in (html.Dt(term), html.Dd(said))], className="facts"),
        html.Div(
            [_frame(picture, f"{name} på en bred skärm", "wide"), _frame(picture, f"{name} på en telefon", "narrow")],
            className="mail-preview",
        ),
        html.Details(
            [html.Summary("Som ren text"), html.Pre(text, className="mail-preview__text")], className="disclosure"
        ),
    )


def _frame(content: str, title: str, width: str) -> Component:
    """Sandboxed: nothing in it runs or leads anywhere."""
    frame = html.Iframe(srcDoc=content, title=title, sandbox="", className=f"mail-preview__frame--{width}")
    return html.Figure([html.Figcaption(title), frame])


def _said(name: str, letter: Letter, kind: TextKind) -> list[Component]:
    return [html.H3(name), *(html.P(" ".join(lines)) for lines in paragraphs(letter.text(kind)))]


def glossary(words: Sequence[Word]) -> Component:
    """The organisation's words, and a place for another."""
    rows = [(word.term, word.explanation, _removal(word)) for word in words]
    listed = table("Visas i formuläret", _WORDS, rows) if rows else html.P("Inga ord än.")
    return card(
        "Ordlista",
        html.P("Förklara ord som betyder något särskilt hos er, till exempel vad ni menar med it-avdelning."),
        listed,
        html.Label(
            [html.Span("Ord", className="field__label"), dbc.Input(id=Id.term, type="text", maxLength=80)],
            className="field",
        ),
        html.Label(
            [
                html.Span("Vad det betyder hos er", className="field__label"),
                dbc.Textarea(id=Id.explanation, rows=2, maxLength=500),
            ],
            className="field field--wide",
        ),
        html.Button("Lägg till i ordlistan", id=Id.add, type="button", className="button button--secondary"),
    )


def _removal(word: Word) -> Component:
    return html.Button(
        "Ta bort",
        id=removal_id(str(word.id)),
        type="button",
        className="button button--quiet",
        **aria(label=f"Ta bort {word.term}"),
    )
