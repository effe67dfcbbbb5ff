"""/matning/texter?sprak= — mails and form in the organisation's own words, as they will look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from dash import ALL, Input, Output, State, no_update
from dash.development.base_component import Component

from db.commands import wordings as commands
from db.queries import accounts, measurements, wordings
from dimios_dash import access
from dimios_dash.components import form_preview_link
from dimios_dash.components.aria import aria
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, notice, page_head
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.addresses import deliverable_address
from dimios_dash.domain.calendar import K_CHOICES, today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.usual_wording import USUAL
from dimios_dash.domain.wording import TextKind, checked
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.language import DEFAULT_LANGUAGE, Language
from dimios_dash.mail.delivery import Delivery
from dimios_dash.mail.messages import Letter, Sender
from dimios_dash.mail.signing import signing_postman
from dimios_dash.web import Context, action, page
from pages.measurement import text_fields
from pages.measurement.text_fields import KINDS, field_id, removal_id

RUN = Permission.MEASUREMENT_RUN


class Id(Ids, owner="texter"):
    content: str
    language: str
    versions: str


@dataclass(frozen=True, slots=True)
class WordId:
    """Which button of the glossary it was."""

    component: str
    word: UUID


_LANGUAGE = State(Id.language, "data")
_FIELDS = State(field_id(ALL), "value")


@page("/matning/texter", title="Texter", needs=RUN, scope=access.measurement, menu="Texter")
def layout(ctx: Context, scope: DeskScope, sprak: Language = DEFAULT_LANGUAGE) -> Component:
    return html.Div(
        [
            page_head(
                "Texter", "Skriv inbjudan, påminnelse och formulärets inledning med egna ord, eller låt dem vara."
            ),
            html.P(form_preview_link.form_preview_link(sprak)),
            html.P(dcc.Link("Det här behöver er it-avdelning veta", href="/matning/it")),
            text_fields.languages(sprak),
            html.Div(_content(ctx, scope, sprak), id=Id.content),
        ]
    )


# A button that is drawn anew reports itself with no clicks: that is nobody's wish.


@action(
    Output(Id.content, "children"),
    Input(text_fields.Id.save, "n_clicks"),
    _LANGUAGE,
    _FIELDS,
    State(Id.versions, "data"),
    needs=RUN,
)
def save(
    ctx: Context, clicks: int | None, language: Language, typed: list[str | None], versions: dict[TextKind, int]
) -> list[Component] | object:
    if not clicks:
        return no_update
    scope = access.measurement(ctx)
    changed = commands.change(ctx.session, scope, language, _by_kind(typed), versions)
    names = ", ".join(kind.rules.label for kind in changed)
    said = notice(Tone.SUCCESS, "Texterna är sparade", names) if changed else notice(Tone.INFO, "Ingenting var ändrat")
    return [said, *_content(ctx, scope, language)]


@action(Output(text_fields.Id.shown, "children"), Input(text_fields.Id.show, "n_clicks"), _LANGUAGE, _FIELDS, needs=RUN)
def show(ctx: Context, _clicks: int, language: Language, typed: list[str | None]) -> list[Component]:
    letter = _letter(ctx, access.measurement(ctx), language, _by_kind(typed), "namn@er-adress.se")
    return text_fields.preview(letter, _sender(ctx), ctx.now)


@action(
    Output(text_fields.Id.shown, "children", allow_duplicate=True),
    Input(text_fields.Id.try_out, "n_clicks"),
    _LANGUAGE,
    _FIELDS,
    needs=RUN,
)
def try_out(ctx: Context, _clicks: int, language: Language, typed: list[str | None]) -> Component:
    vault = AddressVault.open(ctx.keys, ctx.user.organisation_id)
    scope = access.measurement(ctx)
    address = deliverable_address(accounts.own_address(ctx.session, scope, vault))
    letter = _letter(ctx, scope, language, _by_kind(typed), address)
    with signing_postman(ctx.settings, ctx.keys) as postman:
        for _name, message in text_fields.mails(letter, _sender(ctx), ctx.now):
            if postman.deliver(message).delivery is not Delivery.SENT:
                raise Invalid("Provet gick inte att skicka just nu. Försök igen om en stund, eller fråga supporten.")
    return notice(Tone.SUCCESS, "Provet är skickat", "Inbjudan och påminnelse kommer till din egen adress strax.")


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(text_fields.Id.add, "n_clicks"),
    _LANGUAGE,
    State(text_fields.Id.term, "value"),
    State(text_fields.Id.explanation, "value"),
    needs=RUN,
)
def add_word(
    ctx: Context, clicks: int | None, language: Language, term: str | None, explanation: str | None
) -> list[Component] | object:
    if not clicks:
        return no_update
    scope = access.measurement(ctx)
    commands.add_word(ctx.session, scope, language, term or "", explanation or "")
    return _content(ctx, scope, language)


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(removal_id(ALL), "n_clicks"),
    State(removal_id(ALL), "id"),
    _LANGUAGE,
    needs=RUN,
)
def remove_word(
    ctx: Context, clicks: list[int | None], words: list[WordId], language: Language
) -> list[Component] | object:
    if len(clicks) != len(words):
        raise NotFound("Ordet finns inte i listan. Ladda om sidan.")
    chosen = [word.word for click, word in zip(clicks, words, strict=True) if click]
    if not chosen:
        return no_update
    scope = access.measurement(ctx)
    commands.remove_word(ctx.session, scope, chosen[0])
    return _content(ctx, scope, language)


def _content(ctx: Context, scope: DeskScope, language: Language) -> list[Component]:
    said = wordings.of_language(ctx.session, scope, language)
    return [
        text_fields.fields(said, language),
        html.Div(id=text_fields.Id.shown, className="stack section", **aria(live="polite")),
        text_fields.glossary(wordings.glossary(ctx.session, scope, language)),
        dcc.Store(id=Id.language, data=language.value),
        dcc.Store(id=Id.versions, data={kind.value: each.version for kind, each in said.items()}),
    ]


def _by_kind(typed: list[str | None]) -> dict[TextKind, str]:
    """Texts by what they are for, from fields in their order."""
    if len(typed) != len(KINDS):
        raise Invalid("Sidan visar inte alla texter. Ladda om den.")
    return {kind: text or "" for kind, text in zip(KINDS, typed, strict=True)}


def _letter(ctx: Context, scope: DeskScope, language: Language, typed: dict[TextKind, str], address: str) -> Letter:
    """A letter with what has been typed, saved or not. Raises Invalid for a text that could not be saved."""
    texts = {kind: checked(kind, text) if text.strip() else USUAL[language][kind] for kind, text in typed.items()}
    today = today_in_stockholm(ctx.now)
    found = measurements.current(ctx.session, scope, today.year)
    period = None if found is None else found.period
    return Letter(
        outbox_id=uuid4(),
        organisation=ctx.user.organisation_name,
        closes=date(today.year, 12, 31) if period is None else period.closes,
        k=K_CHOICES[0] if found is None else found.k,
        address=address,
        link=f"{ctx.settings.address}{form_preview_link.ADDRESS}?sprak={language}",
        language=language,
        texts=texts,
    )


def _sender(ctx: Context) -> Sender:
    return Sender(ctx.settings.mail_from, ctx.settings.support_address)
