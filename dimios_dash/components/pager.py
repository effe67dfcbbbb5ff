"""The way through a long list: which page it is, and links to those before and after."""

from __future__ import annotations

from math import ceil

from dash.development.base_component import Component

from dimios_dash.components.aria import aria
from dimios_dash.components.view import View
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count
from dimios_dash.translations import _


def page_of(wanted: int, total: int, size: int) -> tuple[int, int, int]:
    """The page that is shown (from 1; the last where there are fewer), its first place and the one after its last."""
    page = max(1, min(wanted, ceil(total / size)))
    return page, (page - 1) * size, min(page * size, total)


def pager(page: int, total: int, size: int, view: View) -> list[Component]:
    """Nothing where all of it is seen."""
    pages = ceil(total / size)
    if pages <= 1:
        return []
    steps = ((_("Föregående"), page - 1), (_("Nästa"), page + 1))
    links = [
        dcc.Link(words, href=view.choosing(sida=to).address, className="button button--secondary")
        for words, to in steps
        if 1 <= to <= pages
    ]
    where = html.Span(_("Sida %(page)s av %(pages)s", page=count(page), pages=count(pages)))
    return [html.Nav([where, *links], className="pager", **aria(label=_("Sidor")))]
