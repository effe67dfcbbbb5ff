"""The tree as nested lists of buttons: only what is unfolded, or found, is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dash.development.base_component import Component

from dimios_dash.components.aria import aria, data
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.elements import html
from dimios_dash.figures import numbers
from dimios_dash.ids import UnitId
from pages.measurement.tree_look import Look

MOST_BELOW: Final = 200  # units drawn directly below one
MOST_FOUND: Final = 100


@dataclass(frozen=True, slots=True)
class Drawing:
    """What rows are drawn from. `panel` draws what stands below the unit that is being changed."""

    tree: TreeToday
    look: Look
    respondents: Mapping[UnitId, int]
    below: Mapping[UnitId, int]  # units anywhere below each
    panel: Callable[[Unit], Component]


def below(tree: TreeToday) -> Counter[UnitId]:
    """How many open units lie anywhere below each."""
    found: Counter[UnitId] = Counter()
    for unit_id in reversed(tree.order):
        parent = tree.units[unit_id].parent_id
        if parent is not None:
            found[parent] += found[unit_id] + 1
    return found


def branches(drawing: Drawing) -> Component:
    """From the highest unit in the scope down."""
    tree = drawing.tree
    tops = [tree.units[tree.branch]] if tree.branch else tree.children(None)
    return html.Ul([_item(drawing, unit) for unit in tops], className="tree")


def found(drawing: Drawing) -> list[Component]:
    """Units whose name or id holds what is searched for, in the order of the tree, each with what lies above it."""
    hits = [*_hits(drawing.tree, drawing.look.search)]
    if not hits:
        return [html.P(f"Ingen enhet heter något med ”{drawing.look.search.strip()}”.", className="muted")]
    rest = f" Här visas de första {MOST_FOUND}: skriv mer av namnet." if len(hits) > MOST_FOUND else ""
    items = [_item(drawing, unit, place=where(drawing.tree, unit)) for unit in hits[:MOST_FOUND]]
    return [
        html.P(f"Enheter som hittades: {numbers.count(len(hits))}.{rest}", className="muted"),
        html.Ul(items, className="tree"),
    ]


def where(tree: TreeToday, unit: Unit) -> str:
    """What lies above a unit within the scope: "Ekhamns kommun › Skola"; empty at the top."""
    above = [tree.units[each].name for each in tree.path(unit.unit_id)[1:] if each in tree.reachable]
    return " › ".join(reversed(above))


def _hits(tree: TreeToday, search: str) -> Iterator[Unit]:
    wanted = search.strip().casefold()
    for unit in tree.subtree(tree.branch):
        if wanted in unit.name.casefold() or wanted == unit.unit_id.casefold():
            yield unit


def _item(drawing: Drawing, unit: Unit, place: str | None = None) -> Component:
    chosen = drawing.look.unit == unit.unit_id
    panel = [drawing.panel(unit)] if chosen else []
    lower = [] if place is not None else _lower(drawing, unit)
    return html.Li([_row(drawing, unit, place, chosen=chosen), *panel, *lower], className="tree__item")


def _lower(drawing: Drawing, unit: Unit) -> list[Component]:
    children = drawing.tree.children(unit.unit_id)
    if unit.unit_id not in drawing.look.opened or not children:
        return []
    items: list[Component] = [_item(drawing, each) for each in children[:MOST_BELOW]]
    if len(children) > MOST_BELOW:
        rest = numbers.count(len(children) - MOST_BELOW)
        items.append(html.Li(f"… och {rest} enheter till. Sök på namn för att nå dem.", className="tree__rest"))
    return [html.Ul(items, className="tree__branch")]


def _row(drawing: Drawing, unit: Unit, place: str | None, *, chosen: bool) -> Component:
    name = html.Button(
        unit.name,
        type="button",
        className="tree__name",
        **aria(expanded=str(chosen).lower()),
        **data(tree="choose", unit=unit.unit_id),
    )
    above = [html.Span(place, className="tree__place")] if place else []
    return html.Div(
        [_toggle(drawing, unit, place), html.Div([name, *above], className="tree__title"), _facts(drawing, unit)],
        className="tree__row is-chosen" if chosen else "tree__row",
        draggable="false" if drawing.tree.is_top(unit.unit_id) else "true",
        **data(row=unit.unit_id, version=str(unit.version), parent=unit.parent_id or ""),
    )


def _toggle(drawing: Drawing, unit: Unit, place: str | None) -> Component:
    if place is not None or not drawing.tree.children(unit.unit_id):
        return html.Span(className="tree__toggle")
    return html.Button(
        html.Span(className="tree__arrow"),
        type="button",
        className="tree__toggle",
        **aria(expanded=str(unit.unit_id in drawing.look.opened).lower(), label=f"Enheter under {unit.name}"),
        **data(tree="toggle", unit=unit.unit_id),
    )


def _facts(drawing: Drawing, unit: Unit) -> Component:
    counted = (
        (unit.employees, "anställd", "anställda"),
        (drawing.below[unit.unit_id] or None, "enhet under", "enheter under"),
        (drawing.respondents.get(unit.unit_id), "respondent", "respondenter"),
    )
    people = [f"{numbers.count(n)} {one if n == 1 else more}" for n, one, more in counted if n is not None]
    return html.Span(_joined([unit.unit_id, unit.activity.label, *people]), className="tree__facts")


def _joined(facts: Sequence[str]) -> str:
    return " · ".join(facts)
