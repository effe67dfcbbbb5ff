"""/matning/respondent?id= — one respondent, to be changed or removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import dash_bootstrap_components as dbc
from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import BaseModel

from db.commands import respondent_edits as commands
from db.commands.respondent_edits import Overtaken
from db.queries import respondents, units
from db.respondent_rows import Respondent
from dimios_dash import access
from dimios_dash.components.fields import labelled
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, link_button, notice, page_head
from dimios_dash.components.respondent_view import LIST
from dimios_dash.domain.addresses import bare_address
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.respondents.respondent_edit import Chosen, Deed, Edit, Order
from dimios_dash.domain.respondents.respondent_filter import progress_of
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.ids import InvitationId
from dimios_dash.intake.known_units import written
from dimios_dash.language import Language
from dimios_dash.web import Context, action, page
from pages.measurement import files
from pages.measurement.respondent_fields import (
    NO_ROLE_TYPE,
    ROLE_TYPES,
    RoleTypeText,
    UnitText,
    language_field,
    role_type_field,
    role_type_said,
    unit_field,
    unit_list,
    unit_named,
)
from pages.measurement.this_year import begun, is_past, this_year, year

_SEALED: Final = (
    "Svaret är förseglat för enheten. Adress, enhet och respondenttyp kan därför inte ändras medan mätningen pågår, "
    "men personen kan tas bort. Svaret finns kvar."
)


class Id(Ids, owner="respondent"):
    content: str
    seen: str
    address: str
    unit: str
    role_type: str
    language: str
    save: str
    remove: str


class Seen(BaseModel):
    """Which respondent the fields show, and what they showed: ids and choices."""

    id: UUID
    version: int
    unit_id: str
    role_type: int | None
    language: Language


@page("/matning/respondent", title="Respondent", needs=Permission.RESPONDENTS_EDIT, scope=access.respondents)
def layout(ctx: Context, scope: DeskScope, id: UUID | None = None) -> Component:  # noqa: A002, the address's own word
    found = _read(ctx, scope, InvitationId(id or UUID(int=0)))
    return html.Div(
        [unit_list(units.tree(ctx.session, scope)), html.Div(_content(ctx, scope, found), id=Id.content)],
    )


@action(
    Output(Id.content, "children"),
    Input(Id.save, "n_clicks"),
    State(Id.seen, "data"),
    State(Id.address, "value"),
    State(Id.unit, "value"),
    State(Id.role_type, "value"),
    State(Id.language, "value"),
    needs=Permission.RESPONDENTS_EDIT,
)
def save(  # noqa: PLR0917, one argument for each field
    ctx: Context,
    _clicks: int,
    seen: Seen,
    address: str | None,
    unit: UnitText,
    role_type: RoleTypeText,
    language: Language,
) -> list[Component]:
    scope, chosen = access.respondents(ctx), Chosen(InvitationId(seen.id), seen.version)
    measurement_id = begun(ctx, scope)
    wanted = Edit(
        chosen, bare_address(address or ""), unit_named(ctx, scope, unit), role_type_said(role_type), language
    )
    done = commands.edit(ctx.session, scope, files.vault(ctx), measurement_id, wanted)
    if isinstance(done, Overtaken):
        return _content(ctx, scope, done.now, _overtaken(done.now, seen))
    told = [notice(Tone.SUCCESS, "Ändringen är sparad")]
    if done != chosen.id:
        told = [notice(Tone.SUCCESS, "Adressen är ändrad", "Den gamla adressen får inga fler mejl. Den nya bjuds in.")]
    return _content(ctx, scope, _read(ctx, scope, done), told)


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(Id.remove, "n_clicks"),
    State(Id.seen, "data"),
    needs=Permission.RESPONDENTS_EDIT,
)
def remove(ctx: Context, _clicks: int, seen: Seen) -> list[Component]:
    """Or take back in who is removed."""
    scope, chosen = access.respondents(ctx), Chosen(InvitationId(seen.id), seen.version)
    before = _read(ctx, scope, chosen.id)
    order = Order(Deed.RESTORE if before.removed else Deed.REMOVE)
    plan = commands.carry_out(ctx.session, scope, begun(ctx, scope), order, [chosen])
    now = _read(ctx, scope, chosen.id)
    if not plan.changed:
        return _content(ctx, scope, now, _overtaken(now, seen))
    done = "Personen är borttagen" if now.removed else "Personen är med igen"
    return _content(ctx, scope, now, [notice(Tone.SUCCESS, done)])


def _read(ctx: Context, scope: DeskScope, respondent_id: InvitationId) -> Respondent:
    return respondents.one(ctx.session, scope, files.vault(ctx), begun(ctx, scope), respondent_id)


def _content(ctx: Context, scope: DeskScope, found: Respondent, above: Sequence[Component] = ()) -> list[Component]:
    how_far = progress_of(found.mail, answered=found.answered, removed=found.removed).label
    lead = f"{found.unit_name}. Inbjudan: {how_far.lower()}."
    changes = [] if is_past(this_year(ctx, scope)) else _changes(found)
    return [
        page_head(found.address, lead, f"Respondent · {year(ctx)}"),
        *above,
        *changes,
        html.Div(link_button("Till respondenterna", LIST, primary=False), className="actions"),
    ]


def _changes(found: Respondent) -> list[Component]:
    seen = Seen(
        id=found.id, version=found.version, unit_id=found.unit_id, role_type=found.role_type, language=found.language
    )
    label = "Ta med igen" if found.removed else "Ta bort personen"
    return [
        dcc.Store(id=Id.seen, data=seen.model_dump(mode="json")),
        *([notice(Tone.INFO, "Personen har svarat", _SEALED)] if found.answered else []),
        html.Div([] if found.removed else _fields(found), className="section person"),
        html.P(_AFTER_REMOVAL if found.removed else _REMOVAL, className="field__hint"),
        html.Button(label, id=Id.remove, type="button", className="button button--secondary"),
    ]


def _fields(found: Respondent) -> list[Component]:
    address = dbc.Input(id=Id.address, type="text", inputmode="email", autocomplete="off", value=found.address)
    return [
        labelled(Id.address, "E-postadress", address),
        unit_field(Id.unit, "Enhet", written(found.unit_id, found.unit_name)),
        role_type_field(Id.role_type, found.role_type),
        language_field(Id.language, found.language),
        html.Button("Spara", id=Id.save, type="button", className="button"),
    ]


def _overtaken(now: Respondent, seen: Seen) -> list[Component]:
    """What somebody else has changed since the fields were filled."""
    was = (seen.unit_id, seen.role_type, seen.language)
    told = [
        *([f"enheten är nu {now.unit_name}"] if now.unit_id != was[0] else []),
        *([f"respondenttypen är nu {_role_type(now)}"] if now.role_type != was[1] else []),
        *([f"språket är nu {now.language.label.lower()}"] if now.language != was[2] else []),
        *(["personen är borttagen"] if now.removed else []),
    ]
    what = f"Det som är ändrat: {', '.join(told)}." if told else "Uppgifterna är desamma som förut igen."
    return [
        notice(
            Tone.WARNING,
            "Någon annan hann före",
            f"{what} Dina ändringar är inte sparade. Fälten visar hur det ser ut nu; ändra och spara igen om du vill.",
        )
    ]


def _role_type(found: Respondent) -> str:
    return NO_ROLE_TYPE.lower() if found.role_type is None else ROLE_TYPES[found.role_type]


_REMOVAL: Final = "Den som tas bort får inga fler mejl och länken slutar gälla. Ett svar som redan har lämnats är kvar."
_AFTER_REMOVAL: Final = (
    "Personen är borttagen och får inga mejl. Den som tas med igen får ingen ny inbjudan, om den första har skickats; "
    "den personliga länken gäller igen."
)
