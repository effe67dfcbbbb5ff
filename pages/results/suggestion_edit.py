"""/resultat/forslag/granska/text?ar=&id= — one free text as it was written: mask, show or hide, tag, gather."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import BaseModel, Field

from db.commands import suggestions as commands
from db.queries import suggestions
from db.queries.suggestions import WrittenText
from dimios_dash import access
from dimios_dash.components.free_text import quoted
from dimios_dash.components.layout import Tone, link_button, notice
from dimios_dash.components.review_view import ONE, ReviewView
from dimios_dash.domain.moderation.masking import Passage, masked, occurrences, of_words, words_in
from dimios_dash.domain.moderation.review import Chosen, HideReason, Review, ReviewState, Status
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import ReviewScope
from dimios_dash.elements import html
from dimios_dash.errors import Invalid
from dimios_dash.ids import SuggestionId
from dimios_dash.translations import N_, _
from dimios_dash.web import Context, action, page
from pages.results import suggestion_alike
from pages.results.suggestion_fields import Id, content
from pages.results.suggestion_row import chosen_of

WordNumber = Annotated[int, Field(strict=True, ge=0)]
Typed = Annotated[str, Field(max_length=500)] | None


class Seen(BaseModel):
    """Which text the fields show, as it was then: ids, no words."""

    ar: int
    id: UUID
    version: int

    @property
    def chosen(self) -> Chosen:
        return Chosen(SuggestionId(self.id), self.version)


@page(
    ONE,
    title=N_("Granska en text"),
    needs=Permission.SUGGESTIONS_REVIEW,
    scope=access.review,
    in_languages=True,
)
def layout(
    ctx: Context,
    scope: ReviewScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year that was chosen
    id: UUID | None = None,  # noqa: A002, the address's own word
) -> Component:
    return html.Div(content(ctx, scope, SuggestionId(id or UUID(int=0))), id=Id.content)


@action(
    Output(Id.shown, "children"),
    Input(Id.words, "value"),
    Input(Id.typed, "value"),
    State(Id.seen, "data"),
    needs=Permission.SUGGESTIONS_REVIEW,
    in_languages=True,
)
def look(ctx: Context, words: list[WordNumber], typed: Typed, seen: Seen) -> Component:
    """How others would read it."""
    found = suggestions.one_as_written(ctx.session, access.review(ctx, seen.ar), seen.chosen.id)
    return quoted(masked(found.text, _masks(found.text, words, typed)))


@action(
    Output(Id.content, "children"),
    Input(Id.save, "n_clicks"),
    State(Id.seen, "data"),
    State(Id.words, "value"),
    State(Id.typed, "value"),
    State(Id.state, "value"),
    State(Id.reason, "value"),
    State(Id.status, "value"),
    State(Id.tags, "value"),
    State(Id.offered, "value"),
    needs=Permission.SUGGESTIONS_REVIEW,
    in_languages=True,
)
def save(  # noqa: PLR0917, one argument for each field
    ctx: Context,
    _clicks: int,
    seen: Seen,
    words: list[WordNumber],
    typed: Typed,
    state: ReviewState,
    reason: HideReason | Literal[""],
    status: Status,
    tags: str | None,
    offered: Annotated[bool, Field(strict=True)],
) -> list[Component]:
    scope = access.review(ctx, seen.ar)
    found = suggestions.one_as_written(ctx.session, scope, seen.chosen.id)
    masks = _masks(found.text, words, typed)
    named = tuple((tags or "").split(","))
    commands.review(ctx.session, scope, seen.chosen, Review(state, reason or None, masks, named, status, None, offered))
    return content(ctx, scope, found.id, [_saved(ctx, scope, found)])


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(suggestion_alike.Id.gather, "n_clicks"),
    State(Id.seen, "data"),
    State(suggestion_alike.Id.alike, "value"),
    needs=Permission.SUGGESTIONS_REVIEW,
    in_languages=True,
)
def gather(ctx: Context, _clicks: int, seen: Seen, alike: list[str]) -> list[Component]:
    scope = access.review(ctx, seen.ar)
    commands.gather(ctx.session, scope, seen.chosen, [chosen_of(row) for row in alike])
    done = notice(Tone.SUCCESS, _("Texterna är samlade"), _("Den här läses; de andra räknas under den."))
    return content(ctx, scope, seen.chosen.id, [done])


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(suggestion_alike.Id.under, "n_clicks"),
    State(Id.seen, "data"),
    State(suggestion_alike.Id.alike, "value"),
    needs=Permission.SUGGESTIONS_REVIEW,
    in_languages=True,
)
def count_under(ctx: Context, _clicks: int, seen: Seen, alike: list[str]) -> list[Component]:
    scope = access.review(ctx, seen.ar)
    if len(alike) != 1:
        raise Invalid(_("Markera en enda text, den som ska läsas."))
    commands.gather(ctx.session, scope, chosen_of(alike[0]), [seen.chosen])
    done = notice(Tone.SUCCESS, _("Texterna är samlade"), _("Den markerade läses; den här räknas under den."))
    return content(ctx, scope, seen.chosen.id, [done])


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(suggestion_alike.Id.alone, "n_clicks"),
    State(Id.seen, "data"),
    needs=Permission.SUGGESTIONS_REVIEW,
    in_languages=True,
)
def stand_alone(ctx: Context, _clicks: int, seen: Seen) -> list[Component]:
    scope = access.review(ctx, seen.ar)
    commands.release_one(ctx.session, scope, seen.chosen)
    return content(ctx, scope, seen.chosen.id, [notice(Tone.SUCCESS, _("Texten står för sig igen"))])


def _masks(text: str, words: Sequence[int], typed: Typed) -> tuple[Passage, ...]:
    """Whole words: those that are chosen, and those that what is typed stands in. Raises Invalid."""
    places = occurrences(text, typed or "")
    if (typed or "").strip() and not places:
        raise Invalid(_("”%(words)s” finns inte i texten. Skriv det som det står där.", words=(typed or "").strip()))
    try:
        return of_words(text, {*words, *words_in(text, places)})
    except IndexError:
        raise Invalid(_("Det som ska maskeras finns inte i texten. Ladda om sidan och välj på nytt.")) from None


def _saved(ctx: Context, scope: ReviewScope, done: WrittenText) -> Component:
    """And the way to the next one that waits."""
    view = ReviewView(scope.released.year)
    following = suggestions.next_waiting(ctx.session, scope, done.id)
    if following is None:
        return notice(Tone.SUCCESS, _("Beslutet är sparat"), _("Ingen annan text väntar."))
    return notice(
        Tone.SUCCESS,
        _("Beslutet är sparat"),
        link_button(_("Nästa text som väntar"), view.of_text(following), primary=False),
    )
