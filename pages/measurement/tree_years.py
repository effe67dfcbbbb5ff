"""/matning/trad/jamfor?fran=&till= — how the organisation tree differs between two years, or from a year until now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries import frozen_trees, unit_history, units
from dimios_dash import access
from dimios_dash.components.layout import empty, key_figure, key_figures, link_button, page_head
from dimios_dash.components.table import Column, table
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.tree_comparison import Comparison, Difference, Found, compare
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.elements import html
from dimios_dash.figures import numbers
from dimios_dash.web import Context, page

Now = Literal["nu"]

_TITLES: Final = {
    Difference.NEW: "Nya enheter",
    Difference.GONE: "Stängda enheter",
    Difference.RENAMED: "Nytt namn",
    Difference.MOVED: "Flyttade",
    Difference.MERGED: "Ihopslagna",
    Difference.SPLIT: "Delade",
    Difference.DESCRIBED: "Andra uppgifter",
}
_COLUMNS: Final = (Column("Enhet"), Column("Id"), Column("Vad som har hänt"))


@page("/matning/trad/jamfor", title="Jämför träd", needs=Permission.TREE_EDIT, scope=access.tree)
def layout(ctx: Context, scope: DeskScope, fran: int | None = None, till: int | Now = "nu") -> Component:
    head = page_head(
        "Så har trädet ändrats",
        "Varje mätning behåller trädet som den startade med. Här ser du vad som har hänt däremellan.",
        "Organisationsträd",
    )
    years = frozen_trees.years(ctx.session, scope)
    if not years:
        return html.Div([head, _nothing_yet()])
    earlier = years[0] if fran is None else fran
    if till != "nu" and till < earlier:
        earlier, till = till, earlier
    found = _read(ctx, scope, earlier, till)
    return html.Div([head, _choice(years, earlier, till), *_drawn(found)])


def _read(ctx: Context, scope: DeskScope, earlier: int, later: int | Now) -> Comparison:
    """Raises NotFound for years without a tree."""
    before = frozen_trees.of_year(ctx.session, scope, earlier)
    until = None if later == "nu" else later
    after = units.every(ctx.session, scope) if until is None else frozen_trees.of_year(ctx.session, scope, until)
    changes = unit_history.between(ctx.session, scope, earlier, until)
    return compare(TreeToday.of(before, scope.branch), TreeToday.of(after, scope.branch), changes)


def _nothing_yet() -> Component:
    return empty(
        "Här finns inget att jämföra än",
        "När den första mätningen har startat sparas dess träd, och då går det att se vad som ändras efter det.",
        link_button("Till organisationsträdet", "/matning/trad"),
    )


def _choice(years: Sequence[int], earlier: int, later: int | Now) -> Component:
    """A form of the browser's own: the address holds the choice."""
    measured = [{"value": str(year), "label": f"Mätningen {year}"} for year in years]
    return html.Form(
        [
            _select("fran", "Från", measured, str(earlier)),
            _select("till", "Till", [{"value": "nu", "label": "Trädet i dag"}, *measured], str(later)),
            html.Button("Jämför", type="submit", className="button button--secondary"),
        ],
        action="/matning/trad/jamfor",
        method="get",
        className="tree-years",
    )


def _select(name: str, label: str, options: Sequence[dict[str, str]], value: str) -> Component:
    field = f"tree-years-{name}"
    return html.Div(
        [
            html.Label(label, htmlFor=field, className="field__label"),
            dbc.Select(id=field, name=name, options=list(options), value=value),
        ]
    )


def _drawn(found: Comparison) -> list[Component]:
    if not found.found:
        return [empty("Träden är lika", f"Alla {numbers.count(found.unchanged)} enheter är som förut.")]
    counts = [(_TITLES[each], found.counts[each]) for each in Difference if found.counts[each]]
    figures = [key_figure(label, numbers.count(count)) for label, count in [*counts, ("Oförändrade", found.unchanged)]]
    return [
        html.Section(key_figures(*figures), className="section"),
        *(_table(each, found.of(each)) for each in Difference if found.counts[each]),
        html.Div(link_button("Till organisationsträdet", "/matning/trad", primary=False), className="actions"),
    ]


def _table(difference: Difference, found: Sequence[Found]) -> Component:
    rows = [(each.name, each.unit_id, _told(each)) for each in found]
    caption = f"{_TITLES[difference]}: {numbers.count(len(found))}"
    return html.Section([html.H2(_TITLES[difference]), table(caption, _COLUMNS, rows)], className="section")


def _told(found: Found) -> str:
    split_from = f", delad ur {found.was}" if found.was else ""
    return {
        Difference.NEW: f"Ny under {found.became}{split_from}",
        Difference.GONE: f"Stängd; låg under {found.was}",
        Difference.RENAMED: f"Hette {found.was}",
        Difference.MOVED: f"Från {found.was} till {found.became}",
        Difference.MERGED: f"Ihopslagen med {found.became}",
        Difference.SPLIT: f"Delad i {found.became}",
        Difference.DESCRIBED: f"Från {found.was} till {found.became}",
    }[found.difference]
