"""Doing the same to many respondents: choose, look at what it would mean, say yes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from dash import Input, Output, State, clientside_callback
from dash.development.base_component import Component
from pydantic import BaseModel, Field

from db.commands import respondent_edits as commands
from db.queries import respondents
from dimios_dash import access
from dimios_dash.components.fields import select_field
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, notice
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.respondents.respondent_edit import Chosen, Deed, Order, OrderPlan
from dimios_dash.domain.respondents.respondent_filter import Progress
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.language import Language
from dimios_dash.web import Context, action
from pages.measurement import respondent_list
from pages.measurement.plan_text import people
from pages.measurement.respondent_fields import (
    RoleTypeText,
    UnitText,
    language_field,
    role_type_field,
    role_type_said,
    unit_field,
    unit_named,
)
from pages.measurement.respondent_list import SEEN, Asked, TypedPage, chosen_of
from pages.measurement.this_year import begun

Which = Literal["ticked", "all"]
_WHICH: Final = {"ticked": "De markerade", "all": "Alla som listan visar, på alla sidor"}
_DEEDS: Final = {
    Deed.MOVE: "Flytta till en annan enhet",
    Deed.RETYPE: "Byt respondenttyp",
    Deed.TRANSLATE: "Byt språk",
    Deed.REMOVE: "Ta bort",
    Deed.RESTORE: "Ta med igen",
}
_WOULD: Final = {
    Deed.MOVE: "flyttas",
    Deed.RETYPE: "får den nya respondenttypen",
    Deed.TRANSLATE: "får det nya språket",
    Deed.REMOVE: "tas bort och får inga fler mejl; svar som de har lämnat är kvar",
    Deed.RESTORE: "tas med igen; den som redan har fått en inbjudan får ingen ny",
}


class Id(Ids, owner="respondent-many"):
    which: str
    deed: str
    unit: str
    role_type: str
    language: str
    look: str
    ticked: str
    told: str
    asked: str
    answer: str
    yes: str
    no: str


class Ticked(BaseModel):
    """What is ticked when the button is pressed, for the how-manieth time."""

    rows: list[str]
    clicks: int


class Looked(BaseModel):
    """What has been looked at and waits for a yes: ids and choices, no addresses. `rows` None: all that is shown."""

    deed: Deed
    unit_id: str | None
    role_type: Annotated[int, Field(ge=1, le=3)] | None
    language: Language | None
    rows: list[str] | None
    digest: str

    @property
    def order(self) -> Order:
        """What is to be done."""
        unit_id = None if self.unit_id is None else UnitId(self.unit_id)
        return Order(self.deed, unit_id, self.role_type, self.language)


@action(
    Output(Id.told, "children"),
    Output(Id.asked, "data"),
    Output(Id.answer, "hidden"),
    Input(Id.ticked, "data"),
    State(Id.which, "value"),
    State(Id.deed, "value"),
    State(Id.unit, "value"),
    State(Id.role_type, "value"),
    State(Id.language, "value"),
    *SEEN,
    needs=Permission.RESPONDENTS_EDIT,
)
def look(  # noqa: PLR0917, one argument for each field
    ctx: Context,
    ticked: Ticked,
    which: Which,
    deed: Deed,
    unit: UnitText,
    role_type: RoleTypeText,
    language: Language,
    text: str | None,
    shown_unit: UnitText,
    shown_type: RoleTypeText,
    progress: Progress,
    _page: TypedPage,
) -> tuple[Component, dict[str, object], bool]:
    """What would happen; nothing is written."""
    scope = access.respondents(ctx)
    asked = respondent_list.asked(ctx, scope, text, shown_unit, shown_type, progress)
    rows = ticked.rows if which == "ticked" else None
    chosen = _chosen(ctx, scope, rows, asked)
    order = _order(deed, unit_named(ctx, scope, unit) if deed is Deed.MOVE else None, role_type, language)
    plan = commands.plan_order(ctx.session, scope, begun(ctx, scope), order, chosen)
    looked = Looked(**_fields(order), rows=rows, digest=_digest(chosen))
    told = notice(Tone.INFO, "Det här händer", *_sentences(order, plan))
    return told, looked.model_dump(mode="json"), not plan.changed


@action(
    Output(Id.told, "children", allow_duplicate=True),
    Output(Id.answer, "hidden", allow_duplicate=True),
    Output(respondent_list.Id.heading, "children", allow_duplicate=True),
    Output(respondent_list.Id.rows, "children", allow_duplicate=True),
    Input(Id.yes, "n_clicks"),
    State(Id.asked, "data"),
    *SEEN,
    needs=Permission.RESPONDENTS_EDIT,
)
def carry_out(  # noqa: PLR0917, one argument for each field
    ctx: Context,
    _clicks: int,
    looked: Looked,
    text: str | None,
    unit: UnitText,
    role_type: RoleTypeText,
    progress: Progress,
    page: TypedPage,
) -> tuple[Component, bool, str, list[Component]]:
    scope, measurement_id = access.respondents(ctx), begun(ctx, access.respondents(ctx))
    asked = respondent_list.asked(ctx, scope, text, unit, role_type, progress)
    chosen = _chosen(ctx, scope, looked.rows, asked)
    if _digest(chosen) != looked.digest:
        raise Invalid("Listan är inte längre den som du granskade, så ingenting har ändrats. Granska en gång till.")
    plan = commands.carry_out(ctx.session, scope, measurement_id, looked.order, chosen)
    found = respondent_list.read(ctx, scope, measurement_id, asked.of_page(page or 1))
    done = notice(Tone.SUCCESS, "Klart", *_sentences(looked.order, plan))
    heading = respondent_list.heading(respondents.count_per_unit(ctx.session, scope, measurement_id))
    return done, True, heading, respondent_list.rows(ctx, scope, found)


def many(*, hidden: bool) -> Component:
    """The fields below the list; hidden where there is nobody to do anything with."""
    return html.Details(
        [
            html.Summary("Ändra flera på en gång"),
            html.Div(
                _fields_of_orders(),
                className="filters",
            ),
            html.Button("Granska ändringen", id=Id.look, type="button", className="button button--secondary"),
            html.Div(id=Id.told, role="status", className="many__told"),
            html.Div(
                [
                    html.Button("Gör ändringen", id=Id.yes, type="button", className="button"),
                    html.Button("Avbryt", id=Id.no, type="button", className="button button--secondary"),
                ],
                id=Id.answer,
                className="actions",
                hidden=True,
            ),
            dcc.Store(id=Id.ticked),
            dcc.Store(id=Id.asked),
        ],
        className="disclosure many",
        hidden=hidden,
    )


def _fields_of_orders() -> list[Component]:
    return [
        select_field(Id.which, "Gäller", list(_WHICH.items()), "ticked"),
        select_field(Id.deed, "Vad ska göras", [(each.value, words) for each, words in _DEEDS.items()], Deed.MOVE),
        html.Div(unit_field(Id.unit, "Till enhet"), id=field_of(Deed.MOVE)),
        html.Div(role_type_field(Id.role_type, label="Ny respondenttyp"), id=field_of(Deed.RETYPE), hidden=True),
        html.Div(language_field(Id.language), id=field_of(Deed.TRANSLATE), hidden=True),
    ]


def field_of(deed: Deed) -> str:
    """Id of what is shown for a deed only."""
    return f"respondent-many-for-{deed}"


def _chosen(ctx: Context, scope: DeskScope, rows: Sequence[str] | None, asked: Asked) -> tuple[Chosen, ...]:
    """Raises Invalid where nobody is."""
    if rows is None:
        return respondent_list.choose_all(ctx, scope, begun(ctx, scope), asked)
    if not rows:
        raise Invalid("Markera först dem det gäller i listan, eller välj alla som listan visar.")
    return tuple(map(chosen_of, rows))


def _order(deed: Deed, unit_id: UnitId | None, role_type: RoleTypeText, language: Language) -> Order:
    """With what the deed needs, and no more."""
    return Order(
        deed,
        unit_id,
        role_type_said(role_type) if deed is Deed.RETYPE else None,
        language if deed is Deed.TRANSLATE else None,
    )


def _fields(order: Order) -> dict[str, Any]:
    return {name: getattr(order, name) for name in ("deed", "unit_id", "role_type", "language")}


def _digest(chosen: Sequence[Chosen]) -> str:
    """Differs as soon as one comes, goes or is changed."""
    told = "".join(sorted(f"{one.id}:{one.version};" for one in chosen))
    return hashlib.sha256(told.encode()).hexdigest()


def _sentences(order: Order, plan: OrderPlan) -> list[str]:
    counted = [
        (len(plan.changed), _WOULD[order.deed]),
        (plan.answered, "har svarat och stannar som de är medan mätningen pågår: svaret är förseglat för deras enhet"),
        (plan.overtaken, "har ändrats av någon annan sedan listan visades och rörs inte"),
        (plan.already, "är redan så"),
    ]
    return [f"{people(number)} {what}." for number, what in counted if number] or ["Ingen respondent passar."]


# In the browser: boxes that Dash looked for one by one would make each change of the list slow.
clientside_callback(
    """
    function(clicks, list) {
        var boxes = document.querySelectorAll("#" + list + " input:checked");
        return {rows: Array.from(boxes, function(box) { return box.name; }), clicks: clicks};
    }
    """,
    Output(Id.ticked, "data"),
    Input(Id.look, "n_clicks"),
    State(respondent_list.Id.rows, "id"),
    prevent_initial_call=True,
)
clientside_callback(
    "function(clicks) { return [[], true]; }",
    Output(Id.told, "children", allow_duplicate=True),
    Output(Id.answer, "hidden", allow_duplicate=True),
    Input(Id.no, "n_clicks"),
    prevent_initial_call=True,
)

# In the browser: which fields a deed needs is no business of the server's.
clientside_callback(
    """
    function(deed) { return ["move", "retype", "translate"].map(each => each !== deed); }
    """,
    *(Output(field_of(deed), "hidden") for deed in (Deed.MOVE, Deed.RETYPE, Deed.TRANSLATE)),
    Input(Id.deed, "value"),
    prevent_initial_call=True,
)
