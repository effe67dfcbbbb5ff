"""The list of respondents: filters, a search, a page of rows. It changes in place; the address follows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final
from uuid import UUID

import dash
import dash_bootstrap_components as dbc
from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import BeforeValidator, Field

from db.queries import respondent_list
from db.queries.respondent_list import RespondentPage
from db.respondent_rows import Respondent
from dimios_dash import access
from dimios_dash.components.aria import aria
from dimios_dash.components.fields import labelled, select_field
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import empty
from dimios_dash.components.respondent_view import RespondentView
from dimios_dash.components.table import Cell, Column, table
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.respondents.respondent_edit import Chosen
from dimios_dash.domain.respondents.respondent_filter import Progress, progress_of
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid
from dimios_dash.figures import numbers
from dimios_dash.ids import InvitationId, MeasurementId, UnitId
from dimios_dash.intake.known_units import written
from dimios_dash.web import Context, action
from pages.measurement import files
from pages.measurement.respondent_domains import odd_domains
from pages.measurement.respondent_fields import ROLE_TYPES, RoleTypeText, UnitText, unit_field, unit_named
from pages.measurement.this_year import begun, is_past, this_year

PERSON: Final = "/matning/respondent"
TYPED: Final = 400  # milliseconds of rest after a key
_COLUMNS: Final = (Column("E-post"), Column("Enhet"), Column("Respondenttyp"), Column("Språk"), Column("Inbjudan"))
TypedPage = Annotated[  # an emptied field sends ""
    Annotated[int, Field(ge=1, strict=True)] | None, BeforeValidator(lambda sent: None if sent == "" else sent)
]


class Id(Ids, owner="respondent-list"):
    search: str
    unit: str
    role_type: str
    progress: str
    page: str
    previous: str
    next: str
    heading: str
    rows: str
    turning: str
    goes_to: str
    xlsx: str
    csv: str


SEEN: Final = tuple(State(id_, "value") for id_ in (Id.search, Id.unit, Id.role_type, Id.progress, Id.page))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the fields say: `text` is searched for, `view` is the rest."""

    text: str
    view: RespondentView

    def of_page(self, number: int) -> Asked:
        """The same, at another page."""
        return replace(self, view=replace(self.view, sida=number))


@action(
    Output(Id.rows, "children"),
    Output(Id.page, "value"),
    Output(Id.goes_to, "search"),
    Output(Id.xlsx, "href"),
    Output(Id.csv, "href"),
    Output(Id.turning, "hidden"),
    *(Input(each.component_id, "value") for each in SEEN),
    Input(Id.previous, "n_clicks"),
    Input(Id.next, "n_clicks"),
    needs=Permission.RESPONDENTS_EDIT,
)
def show(  # noqa: PLR0917, one argument for each field
    ctx: Context,
    text: str | None,
    unit: UnitText,
    role_type: RoleTypeText,
    progress: Progress,
    page: TypedPage,
    _back: int | None,
    _on: int | None,
) -> tuple[list[Component], int, str, str, str, bool]:
    """Another filter or search begins at the first page."""
    scope, turned = access.respondents(ctx), {Id.page: 0, Id.previous: -1, Id.next: 1}
    step = turned.get(str(dash.ctx.triggered_id))
    number = 1 if step is None else max(1, (page or 1) + step)
    wanted = asked(ctx, scope, text, unit, role_type, progress).of_page(number)
    found = read(ctx, scope, begun(ctx, scope), wanted)
    search = replace(wanted.view, sida=found.number).search
    sheets = [f"/hamta/respondenter.{kind}{replace(wanted.view, sida=1).search}" for kind in ("xlsx", "csv")]
    return rows(ctx, scope, found), found.number, search, *sheets, found.pages == 1  # type: ignore[return-value]


def asked(  # noqa: PLR0917, one argument for each field
    ctx: Context, scope: DeskScope, text: str | None, unit: UnitText, role_type: RoleTypeText, progress: Progress
) -> Asked:
    """What the fields say. Raises Invalid for a unit that there is not."""
    unit_id = unit_named(ctx, scope, unit) if unit and unit.strip() else None
    return Asked(
        (text or "").strip(), RespondentView(unit_id, None if role_type == "any" else int(role_type), progress)
    )


def read(ctx: Context, scope: DeskScope, measurement_id: MeasurementId, wanted: Asked) -> RespondentPage:
    """The page that is asked for, or the last where there are fewer."""
    found = (ctx.session, scope, files.vault(ctx), measurement_id, wanted.view.chosen)
    if wanted.text:
        return respondent_list.search(*found, text=wanted.text, number=wanted.view.sida)
    return respondent_list.page(*found, number=wanted.view.sida)


def choose_all(ctx: Context, scope: DeskScope, measurement_id: MeasurementId, wanted: Asked) -> tuple[Chosen, ...]:
    """Everybody on all pages of what is asked for."""
    if not wanted.text:
        return respondent_list.choose_all(ctx.session, scope, measurement_id, wanted.view.chosen)
    found = (ctx.session, scope, files.vault(ctx), measurement_id, wanted.view.chosen)
    everybody = respondent_list.find(*found, text=wanted.text)
    return tuple(Chosen(each.id, each.version) for each in everybody)


def chosen_of(row: str) -> Chosen:
    """The row of a box: its id and version. Raises Invalid for what is none."""
    found, _, version = row.partition(":")
    try:
        return Chosen(InvitationId(UUID(found)), int(version))
    except ValueError:
        raise Invalid("Det går inte att läsa vad som är markerat. Ladda om sidan och markera på nytt.") from None


def listed(
    ctx: Context, scope: DeskScope, view: RespondentView, found: Sequence[Unit], counts: Mapping[UnitId, int]
) -> list[Component]:
    """Filters, rows and the way to the next ones; what to do first where nobody has been added.

    All of it is there from the beginning, hidden: who adds the first one sees the list grow in its place.
    """
    total, names = sum(counts.values()), {unit.unit_id: unit.name for unit in found}
    page = RespondentPage((), 0, 1) if not total else read(ctx, scope, begun(ctx, scope), Asked("", view))
    drawn = rows(ctx, scope, page) if total else [_nobody()]
    return [
        html.Section(
            [
                html.H2(heading(counts), id=Id.heading),
                *(_odd(ctx, scope) if total else []),
                dcc.Location(id=Id.goes_to, refresh=False),
                _filters(view, names, hidden=not total),
                html.Div(drawn, id=Id.rows, className="stack"),
                _turning(page, hidden=page.pages == 1),
                _files(view, hidden=not total),
            ],
            className="section stack",
        )
    ]


def heading(counts: Mapping[UnitId, int]) -> str:
    """How many there are, whatever the filters say."""
    return f"Respondenter i år: {numbers.count(sum(counts.values()))}"


def rows(ctx: Context, scope: DeskScope, found: RespondentPage) -> list[Component]:
    """The table of a page, with its caption; what to do where nobody is found."""
    if not found.total:
        everybody = dcc.Link("Visa alla respondenter", href=RespondentView().address)
        return [empty("Ingen respondent passar", "Ändra filtren eller det du söker efter.", everybody)]
    first = (found.number - 1) * respondent_list.PAGE + 1
    last = first + len(found.rows) - 1
    caption = f"Respondenter {numbers.count(first)}–{numbers.count(last)} av {numbers.count(found.total)}"
    if is_past(this_year(ctx, scope)):
        return [table(caption, _COLUMNS, [(each.address, *_facts(each)) for each in found.rows])]
    return [table(caption, _COLUMNS, [_row(each) for each in found.rows])]


def _row(found: Respondent) -> tuple[Cell, ...]:
    """The box has an id for its label only; which are ticked is read in the browser, by name, see `chosen_of`."""
    row, words = f"{found.id}:{found.version}", f"Markera {found.address}"
    box = dbc.Checkbox(id=row, name=row, label=words, label_class_name="visually-hidden", value=False)
    link = dcc.Link(found.address, href=f"{PERSON}?id={found.id}", className="table__link")
    return [box, link], *_facts(found)


def _facts(found: Respondent) -> tuple[str, str, str, str]:
    role_type = "" if found.role_type is None else ROLE_TYPES[found.role_type]
    how_far = progress_of(found.mail, answered=found.answered, removed=found.removed).label
    return found.unit_name, role_type, found.language.label, how_far


def _nobody() -> Component:
    return empty(
        "Här finns inga respondenter än",
        "Hämta mallen, fyll i en rad per person och välj filen här ovanför, eller klistra in en lista. Du får se vad "
        "som händer innan något sparas, och inga mejl skickas förrän mätningen startar.",
    )


def _odd(ctx: Context, scope: DeskScope) -> list[Component]:
    measurement_id = begun(ctx, scope)
    return odd_domains(respondent_list.odd_domains(ctx.session, scope, files.vault(ctx), measurement_id))


def _filters(view: RespondentView, names: Mapping[UnitId, str], *, hidden: bool) -> Component:
    unit = "" if view.enhet is None else written(UnitId(view.enhet), names[UnitId(view.enhet)])
    role_types = [("any", "Alla"), *((str(number), name) for number, name in ROLE_TYPES.items()), ("0", "Saknas")]
    search = dbc.Input(id=Id.search, type="search", value="", debounce=TYPED, autocomplete="off")
    return html.Div(
        [
            labelled(Id.search, "Sök e-postadress, hel eller del", search),
            unit_field(Id.unit, "Enhet, med dem under", unit, debounce=TYPED),
            select_field(Id.role_type, "Respondenttyp", role_types, "any" if view.typ is None else str(view.typ)),
            select_field(Id.progress, "Inbjudan", [(each.value, each.label) for each in Progress], view.status.value),
        ],
        className="filters",
        role="search",
        hidden=hidden,
        **aria(label="Sök och filtrera respondenter"),
    )


def _files(view: RespondentView, *, hidden: bool) -> Component:
    """The list as it is filtered when the page is opened."""
    return html.P(
        [
            "Hämta listan: ",
            html.A("Excel", id=Id.xlsx, href=f"/hamta/respondenter.xlsx{view.search}", download=""),
            " eller ",
            html.A("CSV", id=Id.csv, href=f"/hamta/respondenter.csv{view.search}", download=""),
        ],
        hidden=hidden,
    )


def _turning(found: RespondentPage, *, hidden: bool) -> Component:
    """Stays where it is while the rows change, so that one can go on turning."""
    page = dbc.Input(id=Id.page, type="number", min=1, step=1, value=found.number, debounce=True)
    return html.Nav(
        [
            html.Button("Föregående sida", id=Id.previous, type="button", className="button button--secondary"),
            html.Div([html.Label("Sida", htmlFor=Id.page), page], className="turning__page"),
            html.Button("Nästa sida", id=Id.next, type="button", className="button button--secondary"),
        ],
        id=Id.turning,
        className="turning",
        hidden=hidden,
        **aria(label="Sidor i listan"),
    )
