"""The way to "Så skyddas svaren" from wherever something is hidden, lifted or blunted."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.elements import html
from dimios_dash.translations import _

ADDRESS = "/sa-skyddas-svaren"


def promise_link(*, new_tab: bool = False) -> Component:
    """A plain link: the page is for everybody, so Dash does not draw it. `new_tab` where a form is half filled in."""
    if new_tab:
        return html.A(
            [_("Så skyddas svaren"), html.Span(_(" (öppnas i en ny flik)"), className="visually-hidden")],
            href=ADDRESS,
            target="_blank",
            rel="noopener",
        )
    return html.A(_("Så skyddas svaren"), href=ADDRESS)
