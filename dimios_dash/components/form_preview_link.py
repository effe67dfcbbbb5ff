"""The way for a key user to see the form as respondents will."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from dash.development.base_component import Component

from dimios_dash.elements import html
from dimios_dash.language import DEFAULT_LANGUAGE, Language

ADDRESS: Final = "/svara/prov"


def form_preview_link(language: Language = DEFAULT_LANGUAGE) -> Component:
    """Plain, and in a tab of its own: Dash does not draw the form, and what is half done here stays."""
    return html.A(
        ["Se formuläret som respondenterna ser det", html.Span(" (öppnas i en ny flik)", className="visually-hidden")],
        href=f"{ADDRESS}?{urlencode({'sprak': language.value})}",
        target="_blank",
        rel="noopener",
    )
