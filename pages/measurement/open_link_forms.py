"""Three ways in to be made on /matning/oppna-lankar: a link to a unit, one with a choice, codes for one answer."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from dimios_dash.components.fields import labelled
from dimios_dash.components.ids import Ids
from dimios_dash.domain.open_links import MOST_CODES, MOST_EXPECTED, MOST_UNITS
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.elements import html
from dimios_dash.intake.known_units import written
from pages.measurement.respondent_fields import unit_field

MOST_PREFILLED = 60  # units: a longer list is quicker written than weeded


class Id(Ids, owner="open-link"):
    unit: str
    expected: str
    make: str
    lines: str
    make_choice: str
    codes_unit: str
    number: str
    make_codes: str


def ways_to_make(units: Sequence[Unit]) -> Component:
    """Folded away but for the first."""
    return html.Section(
        [
            html.H2("Gör en ny"),
            html.Div(
                [
                    _way("Länk till en enhet", _to_one()),
                    _way("Länk med val mellan enheter", _to_several(units)),
                    _way("Engångskoder", _codes()),
                ],
                className="ways",
            ),
        ],
        className="section",
    )


def _way(title: str, content: Component) -> Component:
    return html.Details([html.Summary(title), content], className="disclosure")


def _to_one() -> Component:
    return html.Div(
        [
            html.P("En länk som alla i enheten kan använda."),
            unit_field(Id.unit, "Enhet"),
            _number(
                Id.expected,
                MOST_EXPECTED,
                "Väntat antal svar",
                "Frivilligt. Då syns hur stor andel som har svarat.",
            ),
            html.Button("Gör länken", id=Id.make, type="button", className="button"),
        ],
        className="upload",
    )


def _to_several(units: Sequence[Unit]) -> Component:
    listed = [f"{written(unit.unit_id, unit.name)};" for unit in units] if len(units) <= MOST_PREFILLED else []
    field = dbc.Textarea(id=Id.lines, value="\n".join(listed), rows=8)
    hint = (
        "En enhet per rad, och efter ett semikolon det väntade antalet svar om du vet det. "
        f"Ta bort de rader som inte ska vara med. Högst {MOST_UNITS} enheter."
    )
    return html.Div(
        [
            html.P("Samma länk för flera enheter. Den som svarar väljer först sin enhet."),
            labelled(Id.lines, "Enheter att välja mellan", field, hint),
            html.Button("Gör länken", id=Id.make_choice, type="button", className="button"),
        ],
        className="upload",
    )


def _codes() -> Component:
    return html.Div(
        [
            html.P("En kod per person, på lappar att klippa ut. Varje kod gäller för ett svar."),
            unit_field(Id.codes_unit, "Enhet"),
            _number(Id.number, MOST_CODES, "Antal koder", f"Högst {MOST_CODES} åt gången."),
            html.Button("Gör koderna", id=Id.make_codes, type="button", className="button"),
        ],
        className="upload",
    )


def _number(id_: str, most: int, label: str, hint: str) -> Component:
    field = dbc.Input(id=id_, type="number", min=1, max=most, step=1, className="input--short")
    return labelled(id_, label, field, hint)
