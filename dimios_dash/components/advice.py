"""What the product advises for a position; for all that are possible where the position is not certain."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dimios_dash.domain.positions import Position
from dimios_dash.elements import html
from dimios_dash.translations import N_, _

SEVERAL = N_("Läget går inte att skilja säkert från sina grannar. Läs alla texter och välj det ni känner igen er i.")


def advice(positions: Sequence[Position]) -> Component:
    """One position beside its advice, several in columns."""
    several = [html.P(_(SEVERAL), className="card__reading")] if len(positions) > 1 else []
    return html.Section(
        [
            html.P(_("Vad kan vi göra?"), className="eyebrow"),
            html.H2(_("Råd för läget"), className="card__title"),
            *several,
            html.Div([_text(each) for each in positions], className="advice" if several else "advice advice--one"),
        ],
        className="section card",
    )


def _text(position: Position) -> Component:
    texts = position.texts
    name = html.H3([html.Span(position.value, className="tag"), f" {texts.name.spoken}"])
    steps = html.Ul([html.Li(each.spoken) for each in texts.advice])
    return html.Div([html.Div([name, html.P(texts.description.spoken)]), steps], className="advice__position")
