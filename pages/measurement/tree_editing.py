"""What is done to the tree on its page: one callback for each deed, all of which draw the tree anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dash import Input, Output, State
from dash.development.base_component import Component

from db.commands import tree_edit
from db.commands.tree_edit import Named, Stale
from dimios_dash import access
from dimios_dash.components.layout import Tone, notice
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.tree_deeds import Edit
from dimios_dash.domain.trees.unit_description import Described
from dimios_dash.elements import html
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.web import Context, action
from pages.measurement import tree_panels
from pages.measurement.tree_look import Id, Look, Panel
from pages.measurement.tree_panels import Id as Unit
from pages.measurement.tree_section import drawn, read_tree

SECTION = Output(Id.section, "children", allow_duplicate=True)
NEEDS = Permission.TREE_EDIT


@dataclass(frozen=True, slots=True)
class Dropped:
    """A unit, as it was seen, in its new place: below a parent, before a sibling (None: last)."""

    unit_id: UnitId
    version: int
    parent_id: UnitId
    before: UnitId | None


@action(Output(Id.section, "children"), Input(Id.wish, "data"), needs=NEEDS)
def look(ctx: Context, wish: Look) -> list[Component]:
    return drawn(ctx, access.tree(ctx), wish)


@action(
    SECTION,
    Input(Unit.save, "n_clicks"),
    State(Unit.named, "data"),
    State(Unit.name, "value"),
    State(Unit.activity, "value"),
    State(Unit.employees, "value"),
    State(Id.view, "data"),
    needs=NEEDS,
)
def save(  # noqa: PLR0917, a callback's arguments are its form's fields
    ctx: Context, _clicks: int, named: Named, name: str | None, activity: Activity, employees: str | None, view: Look
) -> list[Component]:
    described = Described(name or "", activity, employees or "")
    return _done(ctx, view, lambda scope: tree_edit.describe(ctx.session, scope, named, described))


@action(
    SECTION,
    Input(Unit.add, "n_clicks"),
    State(Unit.named, "data"),
    State(Unit.new_id, "value"),
    State(Unit.new_name, "value"),
    State(Unit.new_activity, "value"),
    State(Unit.new_employees, "value"),
    State(Id.view, "data"),
    needs=NEEDS,
)
def add(  # noqa: PLR0917, the same
    ctx: Context,
    _clicks: int,
    named: Named | None,
    new_id: str | None,
    name: str | None,
    activity: Activity,
    employees: str | None,
    view: Look | None,
) -> list[Component]:
    described = Described(name or "", activity, employees or "")
    return _done(
        ctx,
        view or Look((), None, Panel.EDIT, ""),
        lambda scope: tree_edit.add(ctx.session, scope, named, new_id or "", described),
    )


@action(
    SECTION,
    Input(Unit.move, "n_clicks"),
    State(Unit.named, "data"),
    State(Unit.target, "value"),
    State(Id.view, "data"),
    needs=NEEDS,
)
def move(ctx: Context, _clicks: int, named: Named, target: UnitId | None, view: Look) -> list[Component]:
    return _done(ctx, view, lambda scope: tree_edit.move(ctx.session, scope, named, _chosen(target)))


@action(SECTION, Input(Id.drop, "data"), State(Id.view, "data"), needs=NEEDS)
def drop(ctx: Context, dropped: Dropped, view: Look) -> list[Component]:
    """What has been dragged, or sent up or down by a button."""
    named = Named(dropped.unit_id, dropped.version)
    place = (dropped.parent_id, dropped.before)
    return _done(ctx, view, lambda scope: tree_edit.move(ctx.session, scope, named, *place), stay=True)


@action(
    SECTION,
    Input(Unit.merge, "n_clicks"),
    State(Unit.named, "data"),
    State(Unit.target, "value"),
    State(Id.view, "data"),
    needs=NEEDS,
)
def merge(ctx: Context, _clicks: int, named: Named, target: UnitId | None, view: Look) -> list[Component]:
    return _done(ctx, view, lambda scope: tree_edit.merge(ctx.session, scope, named, _chosen(target)))


@action(
    SECTION,
    Input(Unit.split, "n_clicks"),
    State(Unit.named, "data"),
    State(Unit.parts, "value"),
    State(Id.view, "data"),
    needs=NEEDS,
)
def split(ctx: Context, _clicks: int, named: Named, parts: str | None, view: Look) -> list[Component]:
    return _done(ctx, view, lambda scope: tree_edit.split(ctx.session, scope, named, (parts or "").splitlines()))


@action(SECTION, Input(Unit.close, "n_clicks"), State(Unit.named, "data"), State(Id.view, "data"), needs=NEEDS)
def close(ctx: Context, _clicks: int, named: Named, view: Look) -> list[Component]:
    return _done(ctx, view, lambda scope: tree_edit.close(ctx.session, scope, named))


@action(SECTION, Input(Id.reopen, "data"), State(Id.view, "data"), needs=NEEDS)
def reopen(ctx: Context, named: Named, view: Look) -> list[Component]:
    return _done(ctx, view, lambda scope: tree_edit.reopen(ctx.session, scope, named))


@action(Output(Unit.target, "options"), Input(Unit.find, "value"), State(Unit.named, "data"), needs=NEEDS)
def find(ctx: Context, search: str | None, named: Named) -> list[dict[str, str]]:
    """Units to choose from, as somebody types."""
    tree = read_tree(ctx, access.tree(ctx))
    return tree_panels.targets(tree, tree.unit(named.unit_id), search or "")


def _done(ctx: Context, view: Look, deed: Callable[[DeskScope], Edit], *, stay: bool = False) -> list[Component]:
    """The tree after the deed, at the unit it was done to, or with `stay` at the same one as before.

    Where somebody else was first: the tree as it is now, and what they did.
    """
    scope = access.tree(ctx)
    try:
        edit = deed(scope)
    except Stale as problem:
        first = notice(Tone.WARNING, "Någon annan var före dig", str(problem))
        return drawn(ctx, scope, view, [html.Div(first, role="alert")])
    told = [html.Div(notice(Tone.SUCCESS, edit.told), role="status"), *map(_warning, edit.warnings)]
    looked_at = [view.unit] if stay else [*edit.touched, view.unit]
    at = next((each for each in looked_at if each and not edit.after.units[each].closed), None)
    return drawn(ctx, scope, replace(view.beside(edit.after, at), search=""), told)


def _warning(sentence: str) -> Component:
    return notice(Tone.WARNING, sentence)


def _chosen(target: UnitId | None) -> UnitId:
    if not target:
        raise Invalid("Välj en enhet i listan först.")
    return target
