"""/resultat/forslag?ar=&enhet=&sok=&kategori=&status=&etikett=&sida= — what people suggest, in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Final, Literal

from dash.development.base_component import Component
from pydantic import Field

from dimios_dash.analyses import SUGGESTIONS_BY_CATEGORY, basis, branch_texts, suggestions_by_category
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.branch_texts import ALL, CATEGORY, SOUGHT, STATUS, TAG
from dimios_dash.analyses.suggestion_texts import PAGE, SUGGESTION_PAGE, ToldCells
from dimios_dash.components.aria import aria
from dimios_dash.components.card import analysis_card
from dimios_dash.components.layout import Tone, link_button, notice
from dimios_dash.components.results_page import results_page, results_view
from dimios_dash.components.review_view import ReviewView
from dimios_dash.components.view import View
from dimios_dash.components.view_choice import choose, search_for
from dimios_dash.domain.moderation.review import Status
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.suggestions import LEARNING
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count
from dimios_dash.translations import N_, _, ngettext
from dimios_dash.web import Context
from pages.results.suggestion_homes import where_texts_are_shown
from pages.results.suggestion_rows import to_read

PATH: Final = "/resultat/forslag"
Words = Annotated[str, Field(max_length=80)]
PageNumber = Annotated[int, Field(ge=1)]


@results_view(PATH, N_("Förbättringsförslag"))
def layout(  # noqa: PLR0917, the parameters of the address
    ctx: Context,
    scope: ResultsScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
    sok: Words = "",
    kategori: Words = ALL,
    status: Status | Literal["alla"] = "alla",
    etikett: Words = ALL,
    sida: PageNumber = 1,
) -> Component:
    choices: dict[str, object] = {SOUGHT: sok, CATEGORY: kategori, STATUS: status, TAG: etikett}
    found = basis.read(ctx.session, scope, {**choices, "sida": sida})
    view = View(PATH, scope.year, scope.unit_id, {name: said for name, said in choices.items() if said != ALL})
    reviews = ctx.user.may(Permission.SUGGESTIONS_REVIEW)
    return results_page(
        found,
        view,
        _("Förbättringsförslag"),
        suggestions_by_category.summary(found.cells(suggestions_by_category.read)),
        *(_waiting(found) if reviews else []),
        _counts(found, view),
        _texts(found, view, reviews=reviews),
        choices=_choices(found, choices),
    )


def _waiting(found: Basis) -> list[Component]:
    """Of everything that the user may review, whatever unit they look at."""
    waiting = branch_texts.waiting(found.text_counts)
    link = link_button(_("Granska texter"), ReviewView(found.year).address, primary=bool(waiting))
    if not waiting:
        return [html.Div(link, className="actions actions--above")]
    title = ngettext("%(n)s text väntar på granskning", "%(n)s texter väntar på granskning", waiting, n=count(waiting))
    return [notice(Tone.INFO, title, _("Ingen annan kan läsa dem förrän du har granskat dem."), link)]


def _counts(found: Basis, view: View) -> Component:
    cards = [analysis_card(SUGGESTIONS_BY_CATEGORY, found, view), *where_texts_are_shown(found, view)]
    return html.Div(cards, className="section columns columns--top")


def _texts(found: Basis, view: View, *, reviews: bool) -> Component:
    listed = _listed(found.cells(SUGGESTION_PAGE.read), view, reviews=reviews)
    return html.Div(analysis_card(SUGGESTION_PAGE, found, view, *listed, folded=False), className="section")


def _listed(cells: ToldCells, view: View, *, reviews: bool) -> list[Component]:
    if not cells.texts:
        every = dcc.Link(_("Visa alla texter"), href=view.at(PATH).address)
        return [html.P(every)] if cells.narrowed else []
    return [
        html.Ol(
            [to_read(each, view, reviews=reviews) for each in cells.texts],
            className="free-texts",
            start=str((cells.listed.page - 1) * PAGE + 1),
        ),
        *([_turning(view, cells.listed.page, cells.pages)] if cells.pages > 1 else []),
    ]


def _turning(view: View, here: int, pages: int) -> Component:
    steps = [(_("Föregående sida"), here - 1), (_("Nästa sida"), here + 1)]
    links = [
        link_button(label, view.choosing(sida=to).address, primary=False) for label, to in steps if 1 <= to <= pages
    ]
    where = html.Span(_("Sida %(n)s av %(pages)s", n=count(here), pages=count(pages)))
    return html.Nav([*links, where], className="turning", **aria(label=_("Sidor i listan")))


def _choices(found: Basis, chosen: Mapping[str, object]) -> list[Component]:
    categories = [(each.key, each.name.spoken) for each in found.instrument.categories]
    categories.append((LEARNING, branch_texts.questions(found)[None]))
    tags = found.text_tags
    said = {name: str(value) for name, value in chosen.items()}
    return [
        search_for(_("Sök i texterna"), SOUGHT, said[SOUGHT]),
        choose(_("Kategori"), CATEGORY, _or_all(categories), said[CATEGORY]),
        choose(_("Status"), STATUS, _or_all((each.value, each.label) for each in Status), said[STATUS]),
        *([choose(_("Etikett"), TAG, _or_all((tag, tag) for tag in tags), said[TAG])] if tags else []),
    ]


def _or_all(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(ALL, _("Alla")), *options]
