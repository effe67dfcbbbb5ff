"""The part of /matning/start that rehearses the measurement: what will be seen if so many answer."""

from __future__ import annotations

from collections.abc import Collection

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries import measurements
from db.queries import sample as samples
from dimios_dash.components.checklist import Check, Standing, checklist
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.components.visibility_outlook import FIRST_ROWS, Rows, headline, visibility_outlook
from dimios_dash.domain.calendar import K_CHOICES
from dimios_dash.domain.sample.outlook import Outlook, ResponseRate, outlook
from dimios_dash.domain.sample.taking_part import plan
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import html
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.web import Context

Told = tuple[str, list[Component], list[Component]]
_SEEN = "Det som kan visas"


class Id(Ids, owner="outlook"):
    rate: str
    rows: str
    headline: str
    details: str
    check: str


def outlook_card(units: int) -> Component:
    """Empty until it has been reckoned: large organisations take a second or two."""
    return card(
        "Det här kommer att kunna visas",
        html.P("Välj hur många du tror svarar, och se vilka enheter som troligen döljs."),
        html.Div(
            [
                _field(Id.rate, "Så många svarar", {str(rate.value): f"{rate.value} %" for rate in ResponseRate}, "65"),
                html.Div(
                    _field(Id.rows, "Visa i tabellen", {rows.value: rows.label for rows in Rows}, Rows.FIRST.value),
                    hidden=units <= FIRST_ROWS,
                ),
            ],
            className="view-choice",
        ),
        html.P("Räknar …", id=Id.headline, role="status", className="outlook__headline"),
        html.Div(id=Id.details),
    )


def told(
    ctx: Context, scope: DeskScope, year: int, chosen: Collection[UnitId], *, k: int, rate: ResponseRate, rows: Rows
) -> Told:
    """Headline and details, and the item of the checklist. Raises Invalid for a k that is no choice."""
    if k not in K_CHOICES:
        raise Invalid(f"Minsta antal svar kan vara {', '.join(map(str, K_CHOICES))}. Välj ett av dem i listan.")
    draft = measurements.of_year(ctx.session, scope, year).id
    sample = samples.read(ctx.session, scope, draft)
    taking_part = plan(sample.tree, sample.by_unit, chosen).units if sample.units else frozenset()
    if not taking_part:
        return "Ingen enhet är vald. Välj de enheter som ska ingå.", [], []
    tree = sample.tree
    found = outlook(tree, samples.by_role(ctx.session, scope, draft), taking_part, k, rate)
    details = visibility_outlook(found, tree, sample.names, rate, rows)
    return headline(found), details, [checklist([_check(found, rate)])]


def _check(found: Outlook, rate: ResponseRate) -> Check:
    """Whether the start is worth while for every unit."""
    ready = found.certain == len(found.units)
    said = f"Om {rate.value} % svarar: {headline(found)}"
    more = ("Bjud in fler", "/matning/respondenter")
    return Check(Standing.READY, _SEEN, (said,)) if ready else Check(Standing.LOOK, _SEEN, (said,), more)


def _field(field_id: str, label: str, options: dict[str, str], value: str) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=field_id, className="field__label"),
            dbc.Select(
                id=field_id,
                options=[{"value": each, "label": words} for each, words in options.items()],
                value=value,
            ),
        ],
    )
