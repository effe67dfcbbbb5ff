"""A field for a day, and how what the browser sends from it is read."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import dash_bootstrap_components as dbc
from dash.development.base_component import Component
from pydantic import BeforeValidator

from dimios_dash.elements import html

Day = Annotated[date | None, BeforeValidator(lambda sent: sent or None)]  # an emptied field sends ""


def date_field(field_id: str, label: str, value: date | None, first: date, last: date, *, hint: str = "") -> Component:
    """A labelled day between `first` and `last`; the browser's own calendar helps to choose it."""
    hint_id = f"{field_id}-hint"
    return html.Div(
        [
            html.Label(label, htmlFor=field_id, className="field__label"),
            *([html.P(hint, id=hint_id, className="field__hint")] if hint else []),
            dbc.Input(
                id=field_id,
                type="date",
                value=None if value is None else value.isoformat(),
                min=first.isoformat(),
                max=last.isoformat(),
                className="input--short",
            ),
        ],
        className="field",
    )
