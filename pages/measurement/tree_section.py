"""The present tree on its page: found or unfolded, with the unit that is being changed, and those that are closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, Output, clientside_callback
from dash.development.base_component import Component

from db.queries import measurements, respondents, unit_history, units
from dimios_dash.components.aria import aria, data
from dimios_dash.components.layout import Tone, notice
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.elements import dcc, html
from dimios_dash.figures import numbers
from dimios_dash.ids import UnitId
from dimios_dash.web import Context
from pages.measurement.tree_look import Id, Look
from pages.measurement.tree_panels import first_unit, panel
from pages.measurement.tree_rows import Drawing, below, branches, found

MOST_CLOSED: Final = 100


def tree_section(ctx: Context, scope: DeskScope, unit_id: UnitId | None) -> Component:
    """The tree with its search field. Raises NotFound for a unit that is not in the scope."""
    tree = read_tree(ctx, scope)
    look = Look.at(tree, None if unit_id is None else tree.any_unit(unit_id).unit_id)
    search = [
        html.Label("Sök enhet på namn eller id", htmlFor=Id.search, className="field__label"),
        dbc.Input(id=Id.search, type="search", debounce=300, value="", autoComplete="off"),
    ]
    return html.Section(
        [
            html.H2("Trädet i dag"),
            html.Div(_links(), className="tree-links", hidden=not tree.children(None)),
            html.Div(search, className="field", hidden=not tree.children(None)),
            html.Div(drawn(ctx, scope, look), id=Id.section),
            *(dcc.Store(id=store) for store in (Id.wish, Id.drop, Id.reopen)),
        ],
        className="section",
    )


def _links() -> list[Component]:
    return [
        html.A("Hämta trädet (Excel)", href="/hamta/trad.xlsx", download=""),
        html.A("Hämta trädet (CSV)", href="/hamta/trad.csv", download=""),
        dcc.Link("Jämför två år", href="/matning/trad/jamfor"),
    ]


def read_tree(ctx: Context, scope: DeskScope) -> TreeToday:
    """The units as they are now."""
    return TreeToday.of(units.every(ctx.session, scope), scope.branch)


def drawn(ctx: Context, scope: DeskScope, look: Look, above: Sequence[Component] = ()) -> list[Component]:
    """The tree under what has just been done to it."""
    tree = read_tree(ctx, scope)
    if not tree.children(None) and scope.branch is None:
        return [*above, first_unit(ctx.user.organisation_name)]
    if scope.branch is not None and tree.units[scope.branch].closed:
        return [*above, notice(Tone.WARNING, "Din del av organisationen är stängd", _ASK)]
    look = look.within(tree)
    drawing = Drawing(tree, look, _respondents(ctx, scope), below(tree), lambda unit: _panel(ctx, scope, look, unit))
    rows = found(drawing) if look.search.strip() else [_size(drawing), branches(drawing)]
    return [*above, dcc.Store(id=Id.view, data=look.data), *rows, *_closed(tree)]


_ASK = "Be er nyckelanvändare att öppna den igen, eller er kontoadministratör om en annan del."


def _panel(ctx: Context, scope: DeskScope, look: Look, unit: Unit) -> Component:
    history = unit_history.of_unit(ctx.session, scope, unit.unit_id)
    return panel(TreeToday.of(units.every(ctx.session, scope), scope.branch), look, unit, history)


def _respondents(ctx: Context, scope: DeskScope) -> Mapping[UnitId, int]:
    """Of this year, in each unit itself."""
    year = today_in_stockholm(ctx.now).year
    this_year = next((each for each in measurements.all_years(ctx.session, scope) if each.year == year), None)
    return {} if this_year is None else respondents.count_per_unit(ctx.session, scope, this_year.id)


def _size(drawing: Drawing) -> Component:
    total = sum(1 for _ in drawing.tree.subtree(drawing.tree.branch))
    fold = html.Button("Fäll ihop allt", type="button", className="button button--quiet", **data(tree="collapse"))
    way = "Välj en enhet för att ändra den. Du kan också dra den till en annan plats."
    return html.Div([html.Span(f"Enheter: {numbers.count(total)}. {way}"), fold], className="tree__head")


def _closed(tree: TreeToday) -> list[Component]:
    """Closed units of the scope, folded away."""
    closed = sorted((tree.units[each] for each in tree.reachable if tree.units[each].closed), key=lambda u: u.name)
    if not closed:
        return []
    rest = [html.P(f"Här visas de första {MOST_CLOSED}.", className="muted")] if len(closed) > MOST_CLOSED else []
    rows = html.Ul([_closed_row(unit) for unit in closed[:MOST_CLOSED]], className="tree tree--closed")
    title = html.Summary(f"Stängda enheter ({numbers.count(len(closed))})")
    return [html.Details([title, *rest, rows], className="disclosure")]


def _closed_row(unit: Unit) -> Component:
    says = data(tree="reopen", unit=unit.unit_id, version=str(unit.version))
    again = html.Button(
        "Öppna igen", type="button", className="button button--quiet", **aria(label=f"Öppna {unit.name} igen"), **says
    )
    return html.Li([html.Span(f"{unit.name} · {unit.unit_id}"), again], className="tree__closed")


# The script knows the look that is shown, keeps the address in step with it, and asks for other ones.
clientside_callback(
    ClientsideFunction("dimiosTree", "shown"),
    Output(Id.view, "modified_timestamp"),
    Input(Id.view, "data"),
)
clientside_callback(
    ClientsideFunction("dimiosTree", "search"),
    Output(Id.wish, "data"),
    Input(Id.search, "value"),
    prevent_initial_call=True,
)
