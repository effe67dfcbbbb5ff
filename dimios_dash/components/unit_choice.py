"""Choosing which units take part: a list of boxes for each branch below the whole, all ticked from the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import ALL, MATCH, Input, Output, State, clientside_callback
from dash.development.base_component import Component

from db.queries.sample import Sample
from dimios_dash.domain.sample.taking_part import Choice, choices
from dimios_dash.elements import html
from dimios_dash.figures.numbers import count
from dimios_dash.ids import UnitId


@dataclass(frozen=True, slots=True)
class _Branch:
    """What is chosen together on the screen; the first one holds the whole and the units without any below."""

    title: str
    choices: tuple[Choice, ...]


def unit_choice(sample: Sample) -> Component:
    """Boxes for the units of the sample, which must not be empty."""
    names, respondents = sample.names, sample.by_unit
    branches = _branches(choices(sample.tree), names)
    return html.Div([_draw(branch, names, respondents) for branch in branches], className="unit-choice")


def chosen_units_id() -> dict[str, object]:
    """Id of the values of all lists together, as an Input or State: list[list[UnitId]]."""
    return _id("boxes", ALL)


def _id(part: str, branch: object) -> dict[str, object]:
    return {"component": f"unit-choice-{part}", "branch": branch}


def _branches(found: Sequence[Choice], names: Mapping[UnitId, str]) -> list[_Branch]:
    branches: list[list[Choice]] = []
    for choice in found:
        if choice.level <= 1:
            branches.append([])
        branches[-1].append(choice)
    alone = tuple(branch[0] for branch in branches if len(branch) == 1)
    title = names[found[0].unit_id] if len(alone) == 1 else f"{names[found[0].unit_id]} och enheter utan undernivå"
    return [_Branch(title, alone), *(_Branch(names[b[0].unit_id], tuple(b)) for b in branches if len(b) > 1)]


def _draw(branch: _Branch, names: Mapping[UnitId, str], respondents: Mapping[UnitId, int]) -> Component:
    own = branch.choices[0].unit_id
    units = [unit for choice in branch.choices for unit in choice.units]
    return html.Details(
        [
            html.Summary(
                html.Span([f"{branch.title} – ", html.Span(_chosen(len(branch.choices)), id=_id("count", own))])
            ),
            html.P(_size(units, respondents), className="field__hint"),
            _button("all", own, "Välj hela grenen"),
            _button("none", own, "Välj bort hela grenen"),
            html.Fieldset(
                [
                    html.Legend(f"Enheter i {branch.title}", className="visually-hidden"),
                    dbc.Checklist(
                        id=_id("boxes", own),
                        options=[
                            {"value": choice.unit_id, "label": _label(choice, names, respondents)}
                            for choice in branch.choices
                        ],
                        value=[choice.unit_id for choice in branch.choices],
                    ),
                ],
                className="fieldset",
            ),
        ],
        className="disclosure",
    )


def _label(choice: Choice, names: Mapping[UnitId, str], respondents: Mapping[UnitId, int]) -> str:
    what = ", hela grenen" if len(choice.units) > 1 else ""
    return f"{names[choice.unit_id]}{what} ({_size(choice.units, respondents)})"


def _size(units: Sequence[UnitId], respondents: Mapping[UnitId, int]) -> str:
    people = _people(respondents[unit] for unit in units)
    return people if len(units) == 1 else f"{count(len(units))} enheter, {people}"


def _people(numbers: Iterable[int]) -> str:
    total = sum(numbers)
    return f"{count(total)} {'respondent' if total == 1 else 'respondenter'}"


def _button(part: str, branch: UnitId, label: str) -> Component:
    return html.Button(label, id=_id(part, branch), type="button", className="button button--quiet")


def _chosen(total: int) -> str:
    return f"{total} av {total} valda"


# In the browser: ticking boxes is no business of the server's.
clientside_callback(
    """
    function(all, none, options) {
        const asked = dash_clientside.callback_context.triggered_id;
        if (!asked || !(all || none)) { return dash_clientside.no_update; }
        return asked.component.endsWith("-all") ? options.map(option => option.value) : [];
    }
    """,
    Output(_id("boxes", MATCH), "value"),
    Input(_id("all", MATCH), "n_clicks"),
    Input(_id("none", MATCH), "n_clicks"),
    State(_id("boxes", MATCH), "options"),
    prevent_initial_call=True,
)
clientside_callback(
    "function(chosen, options) { return chosen.length + ' av ' + options.length + ' valda'; }",
    Output(_id("count", MATCH), "children"),
    Input(_id("boxes", MATCH), "value"),
    State(_id("boxes", MATCH), "options"),
    prevent_initial_call=True,
)
