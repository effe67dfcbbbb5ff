"""Handing in a file: the browser's own chooser in a plain form, for it works by keyboard and is read aloud."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from flask_login import current_user

from dimios_dash.crypto.tokens import csrf_token

FIELD = "fil"  # the form's name for the file


def upload_form(action: str, hint: str, template: str) -> html.Form:
    """Posts the file to `action`; `template` is the address of an example with the right columns."""
    return html.Form(
        [
            dcc.Input(type="hidden", name="csrf", value=csrf_token(current_user.secret)),
            html.Label("Fil med kolumnrubriker (CSV eller Excel)", htmlFor=FIELD, className="field__label"),
            html.P(hint, className="field__hint"),
            html.P("Ingenting ändras förrän du har sett vad som händer och sagt ja.", className="field__hint"),
            # dbc.Input and not dcc.Upload: that one cannot be reached by keyboard and has no label
            dbc.Input(id=FIELD, name=FIELD, type="file", required=True),
            html.Div(
                [
                    html.Button("Granska filen", type="submit", className="button"),
                    html.A("Hämta en mall (CSV)", href=template, download=""),
                ],
                className="actions",
            ),
        ],
        action=action,
        method="post",
        encType="multipart/form-data",
        className="upload",
    )
