"""/administration/organisation — what the organisation is, what others may see of it, and its groups."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from dash import ALL, Input, Output, State, no_update
from dash.development.base_component import Component

from db.commands import consents as commands
from db.commands import groups
from db.queries import consents, memberships, organisation_facts
from dimios_dash import access
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, notice, page_head
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.comparing import fixed_dates
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.days import written
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import html
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.web import Context, action, page
from pages.administration import sharing_cards
from pages.administration.sharing_cards import leave_id, switch_id

SHARING = Permission.SHARING
Content = list[Component]


class Id(Ids, owner="organisation"):
    content: str


@dataclass(frozen=True, slots=True)
class GroupId:
    """Which group's button it was."""

    component: str
    group: UUID


_CONTENT = Output(Id.content, "children", allow_duplicate=True)


@page(
    "/administration/organisation",
    title="Vår organisation",
    needs=SHARING,
    scope=access.sharing,
    menu="Vår organisation",
)
def layout(ctx: Context, scope: DeskScope) -> Component:
    following = written(fixed_dates.following(today_in_stockholm(ctx.now)))
    return html.Div(
        [
            page_head(
                "Vår organisation",
                "Bestäm vilka ni jämförs med och vad andra får se av er. Ingenting visas förrän ni säger ja. "
                f"Det ni slår på räknas från den {following}; det ni slår av försvinner genast.",
            ),
            html.Div(_content(ctx, scope), id=Id.content),
        ]
    )


# A button that is drawn anew reports itself with no clicks: that is nobody's wish.


@action(
    _CONTENT,
    Input(sharing_cards.Id.describe, "n_clicks"),
    State(sharing_cards.Id.county, "value"),
    State(sharing_cards.Id.employees, "value"),
    needs=SHARING,
)
def describe(ctx: Context, clicks: int | None, county: str | None, employees: str | None) -> Content | object:
    if not clicks:
        return no_update
    scope = access.sharing(ctx)
    commands.describe(ctx.session, scope, _county(county), _number(employees))
    return [notice(Tone.SUCCESS, "Uppgifterna är sparade"), *_content(ctx, scope)]


@action(_CONTENT, Input(sharing_cards.Id.keep, "n_clicks"), State(switch_id(ALL), "value"), needs=SHARING)
def agree(ctx: Context, clicks: int | None, chosen: list[list[Consent]]) -> Content | object:
    if not clicks:
        return no_update
    if len(chosen) != len(Consent):
        raise NotFound("Sidan visar inte alla val. Ladda om den.")
    scope = access.sharing(ctx)
    commands.change(ctx.session, scope, frozenset(consent for each in chosen for consent in each))
    return [notice(Tone.SUCCESS, "Era val är sparade"), *_content(ctx, scope)]


@action(
    _CONTENT, Input(sharing_cards.Id.propose, "n_clicks"), State(sharing_cards.Id.group_name, "value"), needs=SHARING
)
def propose(ctx: Context, clicks: int | None, name: str | None) -> Content | object:
    if not clicks:
        return no_update
    scope = access.sharing(ctx)
    groups.propose(ctx.session, scope, name or "")
    return [notice(Tone.SUCCESS, "Gruppen finns", "Ge koden till dem som ska vara med."), *_content(ctx, scope)]


@action(_CONTENT, Input(sharing_cards.Id.join, "n_clicks"), State(sharing_cards.Id.code, "value"), needs=SHARING)
def join(ctx: Context, clicks: int | None, code: str | None) -> Content | object:
    if not clicks:
        return no_update
    scope = access.sharing(ctx)
    groups.join(ctx.session, scope, code or "")
    return [notice(Tone.SUCCESS, "Ni är med i gruppen"), *_content(ctx, scope)]


@action(_CONTENT, Input(leave_id(ALL), "n_clicks"), State(leave_id(ALL), "id"), needs=SHARING)
def leave(ctx: Context, clicks: list[int | None], buttons: list[GroupId]) -> Content | object:
    if len(clicks) != len(buttons):
        raise NotFound("Gruppen finns inte i listan. Ladda om sidan.")
    chosen = [button.group for click, button in zip(clicks, buttons, strict=True) if click]
    if not chosen:
        return no_update
    scope = access.sharing(ctx)
    groups.leave(ctx.session, scope, chosen[0])
    return [notice(Tone.SUCCESS, "Ni har lämnat gruppen", "Era resultat syns inte längre där."), *_content(ctx, scope)]


def _content(ctx: Context, scope: DeskScope) -> Content:
    facts = organisation_facts.own(ctx.session, scope)
    return [
        sharing_cards.facts_card(facts),
        sharing_cards.consents_card(consents.own(ctx.session, scope), facts.name),
        sharing_cards.groups_card(memberships.own(ctx.session, scope)),
    ]


def _county(code: str | None) -> County | None:
    if not code:
        return None
    try:
        return County(code)
    except ValueError:
        raise Invalid("Välj ett län i listan.") from None


def _number(typed: str | None) -> int | None:
    """An empty field says that nobody knows."""
    text = (typed or "").replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(commands.MOST_EMPLOYEES)):
        raise Invalid("Skriv antalet anställda med siffror, utan decimaler.")
    return int(text)
