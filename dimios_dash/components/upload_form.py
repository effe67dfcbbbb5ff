"""Handing in a file: the browser's own chooser in a plain form, for it works by keyboard and is read aloud."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash.development.base_component import Component
from flask_login import current_user

from dimios_dash.crypto.tokens import csrf_token
from dimios_dash.demo_files import DemoFile
from dimios_dash.elements import dcc, html
from dimios_dash.web import surroundings

FIELD = "fil"  # the form's name for the file


def upload_form(action: str, hint: str, template: str, demo_files: Sequence[DemoFile]) -> html.Form:
    """Posts the file to `action`; `template` is the address of an example with the right columns.

    `demo_files` are offered to somebody who tries the demo; elsewhere there is no demo to try.
    """
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
            *_to_try(demo_files),
        ],
        action=action,
        method="post",
        encType="multipart/form-data",
        className="upload",
    )


def _to_try(files: Sequence[DemoFile]) -> list[Component]:
    if not surroundings().settings.demo:
        return []
    links = [html.Li(html.A(file.label, href=file.address, download="")) for file in files]
    return [html.P("Prova med Granviks filer:", className="upload__try"), html.Ul(links)]
