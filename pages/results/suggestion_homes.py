"""Where the texts of a unit and of those right below it are shown, and why not at each of them."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from db.queries.releases import ReleasedUnit
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.wording import listed
from dimios_dash.components.layout import Tone, notice
from dimios_dash.components.promise_link import promise_link
from dimios_dash.components.view import View
from dimios_dash.domain.gate.respondent_family import FEWEST
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count
from dimios_dash.ids import UnitId
from dimios_dash.translations import _


def where_texts_are_shown(found: Basis, view: View) -> list[Component]:
    """Nothing where each of them shows its own."""
    own = [*_of_itself(found, view)]
    below = _elsewhere(found, found.results.children(found.unit_id))
    if not own and not below:
        return []
    listed_ = html.Ul([html.Li(_sentence(found, view, home, units)) for home, units in below.items()])
    return [
        html.Section(
            [
                html.Div(html.H2(_("Var texterna visas"), className="card__title"), className="card__head"),
                *own,
                *([html.P(_("Enheter vars egna texter inte visas för sig:")), listed_] if below else []),
                _rule(found),
            ],
            className="card card--quiet",
        )
    ]


def _rule(found: Basis) -> Component:
    fewest = count(max(found.results.k, FEWEST))
    return html.P(
        [
            _(
                "En text visas vid den minsta enhet där minst %(n)s som har svarat kan ha skrivit den. Ordningen är "
                "slumpad, och ingenting säger vilka texter samma person har skrivit.",
                n=fewest,
            ),
            " ",
            promise_link(),
        ],
        className="card__source",
    )


def _of_itself(found: Basis, view: View) -> list[Component]:
    """Why the unit one looks at may have no texts of its own."""
    home = found.text_homes.get(found.unit_id)
    if home == found.unit_id or not found.unit.answered:
        return []
    if home is None:
        title = _("Inga texter visas för %(unit)s", unit=found.unit.name)
        why = _("Färre än %(n)s i hela organisationen har svarat.", n=count(max(found.results.k, FEWEST)))
        return [notice(Tone.INFO, title, why)]
    title = _("Texter från %(unit)s själv visas högre upp", unit=found.unit.name)
    return [notice(Tone.INFO, title, html.Span(_sentence(found, view, home, [found.unit.name])))]


def _elsewhere(found: Basis, units: Sequence[ReleasedUnit]) -> dict[UnitId, list[str]]:
    """Names of the units by where their own texts are shown instead."""
    homes: dict[UnitId, list[str]] = {}
    for unit in units:
        home = found.text_homes.get(unit.unit_id)
        if unit.answered and home is not None and home != unit.unit_id:
            homes.setdefault(home, []).append(unit.name)
    return homes


def _sentence(found: Basis, view: View, home: UnitId, units: Sequence[str]) -> list[Component | str]:
    """ "Eken och Linden: visas hos Socialförvaltningen, eftersom färre än 10 …", with a link where one may go there."""
    why = _(
        ", eftersom färre än %(n)s skulle kunna ha skrivit dem om de stod för sig.",
        n=count(max(found.results.k, FEWEST)),
    )
    seen = {unit.unit_id: unit.name for unit in found.results.units}
    if home not in seen:
        return [_("%(units)s: visas hos en enhet ovanför din gren", units=listed(units)), why]
    return [
        _("%(units)s: visas hos ", units=listed(units)),
        dcc.Link(seen[home], href=view.of(home).address),
        why,
    ]
