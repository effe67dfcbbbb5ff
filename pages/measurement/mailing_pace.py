"""How fast an organisation's mails go out, on /matning/utskick."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from dimios_dash.components.ids import Ids
from dimios_dash.elements import html
from dimios_dash.errors import Invalid

CHOICES = (10, 30, 60, 120, 300, 600)
AS_FAST_AS_IT_GOES = 0


class Id(Ids, owner="mailing-pace"):
    per_minute: str
    save: str


def drawn(per_minute: int | None) -> Component:
    """Folded: few need it, and those have been told by their IT department."""
    options = [
        {"value": str(AS_FAST_AS_IT_GOES), "label": "Så snabbt det går"},
        *({"value": str(each), "label": f"Högst {each} mejl i minuten"} for each in _offered(per_minute)),
    ]
    return html.Details(
        [
            html.Summary("Hur snabbt mejlen skickas"),
            html.P(
                "Många mejl på kort tid kan fastna i er mejlserver. Fråga er IT-avdelning, och välj en lugnare takt "
                "om den säger det."
            ),
            html.Label("Takt", htmlFor=Id.per_minute, className="field__label"),
            dbc.Select(id=Id.per_minute, options=options, value=str(per_minute or AS_FAST_AS_IT_GOES)),
            html.Div(
                html.Button("Spara takten", id=Id.save, type="button", className="button button--secondary"),
                className="actions",
            ),
        ],
        className="disclosure section",
    )


def chosen(value: str) -> int | None:
    """What a choice means; None: as fast as it goes. Raises Invalid for what is none."""
    if not value.isdecimal():
        raise Invalid("Välj en takt i listan.")
    return int(value) or None


def _offered(per_minute: int | None) -> list[int]:
    return sorted({*CHOICES, *([per_minute] if per_minute else [])})
