"""/matning/oppna-lankar — anonymous ways in that the organisation spreads itself, and codes for one answer each."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from dash import ALL, Input, Output, State, no_update
from dash.development.base_component import Component
from pydantic import BaseModel, BeforeValidator, Field

from db.commands import measurements as drafts
from db.commands import open_links as commands
from db.queries import open_links, units
from db.queries.measurements import MeasurementSummary
from dimios_dash import access
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, empty, link_button, notice, page_head
from dimios_dash.crypto.link_secrets import ensure_link_secret
from dimios_dash.domain.open_links import check_codes
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import html
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, OpenLinkId
from dimios_dash.intake.known_units import KnownUnits
from dimios_dash.intake.link_units import read_link_units
from dimios_dash.web import Context, action, page
from pages.measurement.open_link_forms import Id as Forms
from pages.measurement.open_link_forms import ways_to_make
from pages.measurement.open_link_list import closing_id, listed, made, reopening_id
from pages.measurement.open_link_words import when_it_works, words_of_warning
from pages.measurement.respondent_fields import UnitText, unit_list, unit_named
from pages.measurement.this_year import is_past, this_year, year

EDIT = Permission.RESPONDENTS_EDIT
Number = Annotated[  # an emptied field sends ""
    Annotated[int, Field(strict=True)] | None, BeforeValidator(lambda sent: None if sent == "" else sent)
]
_CLOSED = notice(Tone.SUCCESS, "Länken är stängd", "Inga fler svar tas emot genom den. Svar som har kommit in räknas.")
_OPEN_AGAIN = notice(Tone.SUCCESS, "Länken är öppen igen")
Lines = Annotated[str, Field(max_length=100_000)] | None


class Id(Ids, owner="open-links"):
    content: str


class Pressed(BaseModel):
    """The id of a button in the list."""

    component: str
    link: UUID


@page("/matning/oppna-lankar", title="Öppna länkar", needs=EDIT, scope=access.respondents, menu="Öppna länkar")
def layout(ctx: Context, scope: DeskScope) -> Component:
    return html.Div(_content(ctx, scope), id=Id.content)


@action(
    Output(Id.content, "children"),
    Input(Forms.make, "n_clicks"),
    State(Forms.unit, "value"),
    State(Forms.expected, "value"),
    needs=EDIT,
)
def make(ctx: Context, _clicks: int, unit: UnitText, expected: Number) -> list[Component]:
    scope = access.respondents(ctx)
    units_of = {unit_named(ctx, scope, unit): expected}
    measurement_id, secret = _begun(ctx, scope)
    return _told(ctx, scope, commands.make(ctx.session, scope, measurement_id, secret, units_of))


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(Forms.make_choice, "n_clicks"),
    State(Forms.lines, "value"),
    needs=EDIT,
)
def make_choice(ctx: Context, _clicks: int, lines: Lines) -> list[Component]:
    scope = access.respondents(ctx)
    names = {unit.unit_id: unit.name for unit in units.tree(ctx.session, scope)}
    units_of = read_link_units(lines or "", KnownUnits.of(names, names))
    measurement_id, secret = _begun(ctx, scope)
    return _told(ctx, scope, commands.make(ctx.session, scope, measurement_id, secret, units_of))


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(Forms.make_codes, "n_clicks"),
    State(Forms.codes_unit, "value"),
    State(Forms.number, "value"),
    needs=EDIT,
)
def make_codes(ctx: Context, _clicks: int, unit: UnitText, number: Number) -> list[Component]:
    scope = access.respondents(ctx)
    unit_id, wanted = unit_named(ctx, scope, unit), check_codes(number)
    measurement_id, secret = _begun(ctx, scope)
    made_of = commands.make_codes(ctx.session, scope, measurement_id, secret, unit_id, number=wanted)
    return _told(ctx, scope, made_of)


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(closing_id(ALL), "n_clicks"),
    State(closing_id(ALL), "id"),
    needs=EDIT,
)
def close(ctx: Context, clicks: list[int | None], buttons: list[Pressed]) -> list[Component] | object:
    return _switch(ctx, clicks, buttons, closed=True)


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(reopening_id(ALL), "n_clicks"),
    State(reopening_id(ALL), "id"),
    needs=EDIT,
)
def reopen(ctx: Context, clicks: list[int | None], buttons: list[Pressed]) -> list[Component] | object:
    return _switch(ctx, clicks, buttons, closed=False)


def _switch(
    ctx: Context, clicks: list[int | None], buttons: list[Pressed], *, closed: bool
) -> list[Component] | object:
    """Nothing for buttons that have only been drawn: nobody has pressed one yet. Raises NotFound."""
    if len(clicks) != len(buttons):
        raise NotFound("Länken finns inte i listan. Ladda om sidan.")
    pressed = [button.link for click, button in zip(clicks, buttons, strict=True) if click]
    if not pressed:
        return no_update
    scope = access.respondents(ctx)
    commands.set_closed(ctx.session, scope, OpenLinkId(pressed[0]), closed=closed)
    return _content(ctx, scope, _CLOSED if closed else _OPEN_AGAIN)


def _begun(ctx: Context, scope: DeskScope) -> tuple[MeasurementId, bytes]:
    """This year's measurement, begun where nobody has, and the secret its links are made from. Raises Invalid."""
    measurement_id = drafts.ensure_draft(ctx.session, scope, year(ctx))
    return measurement_id, ensure_link_secret(ctx.keys, measurement_id)


def _told(ctx: Context, scope: DeskScope, link_id: OpenLinkId) -> list[Component]:
    return _content(ctx, scope, made(open_links.require(ctx.session, scope, link_id)))


def _content(ctx: Context, scope: DeskScope, *said: Component) -> list[Component]:
    found, measurement = units.tree(ctx.session, scope), this_year(ctx, scope)
    if not found:
        return [_head(ctx), _no_units()]
    past = is_past(measurement)
    return [
        _head(ctx),
        html.Div(list(said), role="status"),
        *when_it_works(measurement, ctx.now),
        *_links(ctx, scope, measurement),
        *([] if past else [unit_list(found), ways_to_make(found), words_of_warning(measurement)]),
    ]


def _links(ctx: Context, scope: DeskScope, measurement: MeasurementSummary | None) -> list[Component]:
    links = () if measurement is None else open_links.of_measurement(ctx.session, scope, measurement.id)
    return listed(ctx, links)


def _head(ctx: Context) -> Component:
    return page_head(
        "Öppna länkar",
        "För dem som inte nås med e-post. Ni sprider länken eller koderna själva, och den som svarar är anonym.",
        f"Steg 2 · Öppna länkar · {year(ctx)}",
    )


def _no_units() -> Component:
    return empty(
        "Först behövs ett organisationsträd",
        "En öppen länk leder till en eller flera enheter. Läs in enheterna och kom sedan tillbaka hit.",
        link_button("Läs in organisationsträdet", "/matning/trad"),
    )
