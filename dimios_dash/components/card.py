"""One analysis on a page: question, answer in words, picture, source, and the same as a table and as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from dash.development.base_component import Component

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.components.aria import aria, data
from dimios_dash.components.data_table import data_table
from dimios_dash.components.graph import graph
from dimios_dash.components.promise_link import promise_link
from dimios_dash.components.view import View
from dimios_dash.elements import html
from dimios_dash.figures.drawing import Drawing
from dimios_dash.translations import N_, _

FILES: Final = {"csv": "CSV", "xlsx": "Excel"}
_PICTURES: Final = {"png": N_("Bild (PNG)"), "svg": N_("Bild (SVG)")}


def analysis_card(
    analysis: Analysis[Any],
    basis: Basis,
    view: View,
    *before: Component,
    folded: bool = True,
    wide: bool = False,
    body: Callable[[Any], Component] | None = None,
) -> Component:
    """Where the table is not `folded` into the card, the page shows it in full below (`analysis_table`).

    `before` stands above the picture: switches of what it shows. `wide`: over both columns. `body` draws the cells in
    the picture's place, which is folded away then.
    """
    cells, unit = basis.cells(analysis.read), basis.whole if analysis.of_whole else basis.unit
    figure = analysis.draw(cells)
    picture = [_picture(analysis, cells, figure)] if figure else []
    if body is not None:
        picture = [body(cells), *map(_picture_folded, picture)]
    notes = html.Div([html.P(note) for note in analysis.notes(cells)], className="card__notes")
    table = [_folded(data_table(analysis.table(cells), view))] if folded else []
    source = html.P([f"{basis.source(unit)} · ", promise_link()], className="card__source")
    share = _share(analysis, basis, view, figure)
    return html.Section(
        [*_words(analysis, cells), *before, *picture, notes, html.Div([*table, share, source], className="card__end")],
        className="card card--wide" if wide else "card",
        id=analysis.slug,
        **data(title=analysis.headline(cells), about=f"{unit.name} · {basis.source(unit)}"),
    )


def analysis_table(analysis: Analysis[Any], basis: Basis, view: View) -> Component:
    """The table twin by itself."""
    return data_table(analysis.table(basis.cells(analysis.read)), view)


def _words(analysis: Analysis[Any], cells: object) -> list[Component]:
    return [
        html.P(_(analysis.question), className="eyebrow"),
        html.H2(analysis.headline(cells), className="card__title"),
        html.P(analysis.reading(cells), className="card__reading"),
    ]


def _picture(analysis: Analysis[Any], cells: object, figure: Drawing) -> Component:
    return graph(figure, analysis.slug, f"{analysis.headline(cells)}. {analysis.reading(cells)}")


def _picture_folded(picture: Component) -> Component:
    return html.Details([html.Summary(_("Visa som bild")), picture], className="disclosure")


def _folded(table: Component) -> Component:
    return html.Details([html.Summary(_("Visa som tabell")), table], className="disclosure")


def _share(analysis: Analysis[Any], basis: Basis, view: View, figure: Drawing | None) -> Component:
    """Files are links; the address and pictures are the browser's own work (assets/card.js)."""
    files = [html.A(name, href=_file(analysis, view, kind), download="") for kind, name in FILES.items()]
    pictures = _PICTURES if figure else {}
    return html.Details(
        [
            html.Summary(
                _("Dela och ladda ner"), **aria(label=_("Dela och ladda ner: %(what)s", what=_(analysis.title)))
            ),
            html.Div(
                [
                    _button(_("Kopiera länk"), do="link", done=_("Länken är kopierad.")),
                    *[_button(_(words), do=kind, name=_file_name(analysis, basis)) for kind, words in pictures.items()],
                    *files,
                    html.Span(role="status", className="card__done"),
                ],
                className="card__share",
            ),
        ],
        className="disclosure",
    )


def _button(words: str, **what: str) -> Component:
    return html.Button(words, type="button", className="link-button", **data(**what))


def _file(analysis: Analysis[Any], view: View, kind: str) -> str:
    """The address of a file of what is chosen; downloading.py reads it."""
    return f"/hamta/analys{view.path}/{analysis.slug}.{kind}?{view.query}"


def _file_name(analysis: Analysis[Any], basis: Basis) -> str:
    return f"{analysis.slug}-{basis.year}"
