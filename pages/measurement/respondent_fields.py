"""The fields of a respondent: unit, role type, language; the same when one is added, changed or many are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, Literal

import dash_bootstrap_components as dbc
from dash import Input, Output, State, clientside_callback
from dash.development.base_component import Component
from pydantic import Field

from db.queries import units
from dimios_dash.components.fields import labelled, select_field
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.intake.known_units import KnownUnits, written
from dimios_dash.intake.texts import clean
from dimios_dash.language import DEFAULT_LANGUAGE, Language
from dimios_dash.web import Context

RoleTypeText = Literal["any", "0", "1", "2", "3"]  # 0: none; any: in a filter, whichever
UnitText = Annotated[str, Field(max_length=300)] | None
UNITS: Final = "respondent-units"  # id of the list that every field for a unit offers
_KNOWN: Final = "respondent-units-known"
ROLE_TYPES: Final = {1: "1 Utformar", 2: "2 Styr", 3: "3 Verkar inom"}
NO_ROLE_TYPE: Final = "Anges i formuläret"


def unit_list(found: Iterable[Unit]) -> Component:
    """What the fields for a unit offer while one types; once on a page.

    The browser makes the options: 3,000 of Dash's components would slow down every change of the page.
    """
    known = [written(unit.unit_id, unit.name) for unit in found]
    return html.Div([html.Datalist(id=UNITS), dcc.Store(id=_KNOWN, data=known)])


def unit_field(id_: str, label: str, value: str = "", *, debounce: int | bool = False, name: str = "") -> Component:
    """A unit by its name or id."""
    named = {"name": name} if name else {}
    field = dbc.Input(id=id_, value=value, list=UNITS, autocomplete="off", debounce=debounce, **named)
    return labelled(id_, label, field)


def role_type_field(id_: str, value: int | None = None, label: str = "Respondenttyp") -> Component:
    """1, 2, 3, or 0 for somebody who says so in the form."""
    options = [("0", NO_ROLE_TYPE), *((str(number), name) for number, name in ROLE_TYPES.items())]
    return select_field(id_, label, options, str(value or 0))


def language_field(id_: str, value: Language = DEFAULT_LANGUAGE) -> Component:
    """The language of mails and form."""
    return select_field(id_, "Språk", [(each.value, each.label) for each in Language], value.value)


def unit_named(ctx: Context, scope: DeskScope, text: str | None) -> UnitId:
    """The unit of the scope's branch with this name or id. Raises Invalid for none, or more than one."""
    names = {unit.unit_id: unit.name for unit in units.tree(ctx.session, scope)}
    known, wanted = KnownUnits.of(names, names), clean(text or "")
    if not wanted:
        raise Invalid("Välj en enhet. Börja skriva dess namn eller id.")
    found = known.named(wanted)
    if len(found) != 1:
        raise Invalid(known.problem(wanted))
    return found[0]


def role_type_said(text: RoleTypeText) -> int | None:
    """None where the choice is that the respondent says it."""
    return None if text in {"any", "0"} else int(text)


clientside_callback(
    """
    function(known, id) {
        document.getElementById(id).replaceChildren(...known.map(function(unit) {
            var option = document.createElement("option");
            option.value = unit;
            return option;
        }));
        return dash_clientside.no_update;
    }
    """,
    Output(UNITS, "className"),
    Input(_KNOWN, "data"),
    State(UNITS, "id"),
)
