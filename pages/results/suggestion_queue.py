"""/resultat/forslag/granska?ar=&visa=&sida= — free texts that a key user decides about, many at once."""

from __future__ import annotations

from collections.abc import Sequence

from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import BaseModel

from db.commands import suggestions as commands
from db.commands.suggestions import Done
from dimios_dash import access
from dimios_dash.components.layout import Tone, notice
from dimios_dash.components.review_view import QUEUE, PageNumber, ReviewView
from dimios_dash.domain.moderation.review import Chosen, ReviewState, Status
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import ReviewScope
from dimios_dash.elements import html
from dimios_dash.errors import Invalid
from dimios_dash.figures.numbers import count
from dimios_dash.translations import N_, _, ngettext
from dimios_dash.web import Context, action, page
from pages.results.suggestion_list import Deed, Id, content
from pages.results.suggestion_row import chosen_of


class Seen(BaseModel):
    """Which list the boxes belong to: choices, no texts."""

    ar: int
    visa: ReviewState
    sida: PageNumber

    @property
    def view(self) -> ReviewView:
        return ReviewView(self.ar, self.visa, self.sida)


class Ticked(BaseModel):
    """What is ticked when the button is pressed, for the how-manieth time."""

    rows: list[str]
    clicks: int


@page(
    QUEUE,
    title=N_("Granska texter"),
    needs=Permission.SUGGESTIONS_REVIEW,
    scope=access.review,
    in_languages=True,
)
def layout(
    ctx: Context,
    scope: ReviewScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year that was chosen
    visa: ReviewState = ReviewState.WAITING,
    sida: PageNumber = 1,
) -> Component:
    return html.Div(content(ctx, scope, ReviewView(scope.released.year, visa, sida)), id=Id.content)


@action(
    Output(Id.content, "children"),
    Input(Id.ticked, "data"),
    State(Id.deed, "value"),
    State(Id.seen, "data"),
    needs=Permission.SUGGESTIONS_REVIEW,
    in_languages=True,
)
def carry_out(ctx: Context, ticked: Ticked, deed: Deed, seen: Seen) -> list[Component]:
    scope = access.review(ctx, seen.ar)
    chosen = [chosen_of(row) for row in ticked.rows]
    if not chosen:
        raise Invalid(_("Markera minst en text först."))
    done = _do(ctx, scope, deed, chosen)
    return content(ctx, scope, seen.view, [_told(done)])


def _do(ctx: Context, scope: ReviewScope, deed: Deed, chosen: Sequence[Chosen]) -> Done:
    if deed is Deed.SHOW:
        return commands.show(ctx.session, scope, chosen)
    if deed is Deed.GATHER:
        commands.gather(ctx.session, scope, chosen[0], chosen[1:])
        return Done(changed=len(chosen))
    return commands.put_status(ctx.session, scope, chosen, Status(deed.value))


def _told(done: Done) -> Component:
    sentences = [
        ngettext("%(n)s text är ändrad.", "%(n)s texter är ändrade.", done.changed, n=count(done.changed)),
        ngettext(
            "%(n)s har ändrats av någon annan sedan listan visades och rörs inte.",
            "%(n)s har ändrats av någon annan sedan listan visades och rörs inte.",
            done.overtaken,
            n=count(done.overtaken),
        ),
        ngettext(
            "%(n)s innehåller något som ser ut som en personuppgift. Öppna den och välj vad som ska maskeras.",
            "%(n)s innehåller något som ser ut som en personuppgift. Öppna dem och välj vad som ska maskeras.",
            done.personal,
            n=count(done.personal),
        ),
    ]
    counts = (done.changed, done.overtaken, done.personal)
    title, *more = [said for said, n in zip(sentences, counts, strict=True) if n]
    return notice(Tone.WARNING if done.overtaken or done.personal else Tone.SUCCESS, title, *more)
