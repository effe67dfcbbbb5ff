"""The frame of every page of results: the way up, the head, what can be chosen; and what stands where all is hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash.development.base_component import Component

from db.queries.releases import ReleasedUnit
from dimios_dash import access
from dimios_dash.analyses import hiding
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.hiding import Hiding
from dimios_dash.components.breadcrumb import breadcrumb
from dimios_dash.components.layout import empty, link_button, page_head
from dimios_dash.components.promise_link import promise_link
from dimios_dash.components.unit_selector import unit_selector
from dimios_dash.components.view import View
from dimios_dash.domain.permissions import Permission
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count
from dimios_dash.translations import _, ngettext
from dimios_dash.web import Deed, page


def results_view(path: str, name: str) -> Callable[[Deed], Deed]:
    """A page of released results: in the menu by its `name`, in every language, for those who may read results."""
    return page(path, title=name, needs=Permission.RESULTS_READ, scope=access.results, menu=name, in_languages=True)


def results_page(
    basis: Basis, view: View, name: str, lead: str, *body: Component, choices: Sequence[Component] = ()
) -> Component:
    """`name`: what the view is called in the menu; `lead`: its answer in a sentence; `choices`: lists of its own."""
    return html.Div(
        [
            *_way_up(basis, view),
            page_head(f"{basis.unit.name} {basis.year}", lead, f"{name} · {_answered(basis.unit)}"),
            unit_selector(basis.results, [each.year for each in basis.years], view, *choices),
            *body,
        ]
    )


def hidden_page(basis: Basis, view: View, name: str, hidden: Hiding, *below: Component) -> Component:
    """The whole page where everything of the unit is hidden."""
    lead = _("Resultatet för enheten kan inte visas.")
    return results_page(basis, view, name, lead, instead_of_hidden(basis, hidden, view), *below)


def instead_of_hidden(basis: Basis, hidden: Hiding, view: View) -> Component:
    """What stands where everything of the unit is hidden: why, and where its answers are counted."""
    above = basis.results.path(basis.unit_id)[:-1]
    home = next((unit for unit in above if unit.unit_id == hidden.home), above[-1] if above else None)
    links = [] if home is None else [link_button(_("Gå till %(unit)s", unit=home.name), view.of(home.unit_id).address)]
    sentence = hidden.counted or _("Välj en annan enhet eller ett annat år.")
    return html.Div(empty(hidden.reason, sentence, *links, promise_link()), className="section")


def hidden_whole(basis: Basis) -> Hiding | None:
    """Why the unit one looks at shows nothing; None where it shows something."""
    return hiding.of_unit(basis.results, basis.unit)


def _way_up(basis: Basis, view: View) -> list[Component]:
    *above, here = basis.results.path(basis.unit_id)
    return breadcrumb([dcc.Link(unit.name, href=view.of(unit.unit_id).address) for unit in above], here.name)


def _answered(unit: ReleasedUnit) -> str:
    answered = ngettext("%(n)s svarande", "%(n)s svarande", unit.answered, n=count(unit.answered))
    if unit.invited is None:
        return answered
    invited = ngettext("%(n)s inbjuden med e-post", "%(n)s inbjudna med e-post", unit.invited, n=count(unit.invited))
    return f"{answered}, {invited}"
