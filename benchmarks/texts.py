"""How long the server takes over 20,000 free texts: a page to read, a search, the queue of who reviews them, one text.

python -m benchmarks.texts [how many texts]
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from benchmarks import views
from benchmarks.organisations import random_tree
from benchmarks.tree import Deed, measured, place
from db.commands.suggestions import show
from db.engine import Role, connect, transaction
from db.models import ReleasedUnit, Suggestion, SuggestionReview
from db.queries import suggestions
from dimios_dash import access
from dimios_dash.analyses import SUGGESTION_TEXTS, basis
from dimios_dash.domain.moderation.review import Chosen, ReviewState, Status
from dimios_dash.domain.scopes import DeskScope, ResultsScope, ReviewScope
from dimios_dash.exports.analysis_file import analysis_csv
from dimios_dash.ids import OrganisationId, SuggestionId, new_id
from dimios_dash.preparation import key_store, role_url
from dimios_dash.settings import Settings
from dimios_dash.web import Context
from pages.results import suggestion_edit, suggestion_queue
from pages.results import suggestions as page

TEXTS, UNITS = 20_000, 300
SENTENCE = (
    "färre system bättre stöd för växeln i hemtjänsten och skolan mer tid att lära digitala verktyg som fungerar"
    " överallt enklare inloggning chefer som frågar innan de köper åäö Östra ärenden 100 % av it-stödet"
)
_CATEGORIES = ("F1", "F2", "F3", "A1", "A2", "A3", None)
_STATES = (*(ReviewState.SHOWN,) * 6, *(ReviewState.WAITING,) * 3, ReviewState.HIDDEN)
_TAGS = ("it-stöd", "växel", "utbildning")


def main(number: int = TEXTS) -> None:
    """Print milliseconds of each, and the size of what is drawn."""
    with TemporaryDirectory() as folder, place(Path(folder)) as settings:
        organisation_id = build(settings, number)
        web = connect(role_url(settings, key_store(settings), Role.WEB))
        print(f"{'ms':>7} {'kB':>6}   (a release with {number} texts in {UNITS} units, median)")
        for name, deed in DEEDS.items():
            seconds, size = measured(settings, web, organisation_id, deed)
            print(f"{1000 * seconds:>7.0f} {size / 1000:>6.0f}   {name}")
        web.dispose()


def _read(**chosen: object) -> Deed:
    def deed(ctx: Context, _scope: DeskScope) -> object:
        return page.layout(ctx, access.results(ctx, views.LAST), **chosen)  # type: ignore[arg-type]

    return deed


def _file(ctx: Context, _scope: DeskScope) -> object:
    return analysis_csv(SUGGESTION_TEXTS, basis.read(ctx.session, access.results(ctx, views.LAST)))


def _queue(state: ReviewState, number: int = 1) -> Deed:
    def deed(ctx: Context, _scope: DeskScope) -> object:
        return suggestion_queue.layout(ctx, access.review(ctx, views.LAST), None, state, number)

    return deed


def _one(ctx: Context, _scope: DeskScope) -> object:
    scope = access.review(ctx, views.LAST)
    return suggestion_edit.layout(ctx, scope, None, _first(ctx.session, scope))


def _shown_many(ctx: Context, _scope: DeskScope) -> object:
    scope = access.review(ctx, views.LAST)
    found = suggestions.queue(ctx.session, scope, ReviewState.WAITING, (0, 20))
    return show(ctx.session, scope, [Chosen(each.id, each.review.version) for each in found]).changed


def _first(session: Session, scope: ReviewScope) -> SuggestionId:
    found = session.scalars(select(Suggestion.id).filter_by(measurement_id=scope.released.measurement_id).limit(1))
    return SuggestionId(found.one())


DEEDS: dict[str, Deed] = {
    "texts to read, the first page": _read(),
    "texts to read, a search": _read(sok="växeln"),
    "texts to read, a search that finds nothing": _read(sok="100 %_"),
    "texts to read, all as a file": _file,
    "the queue, the first page": _queue(ReviewState.WAITING),
    "the queue of shown ones, page 400": _queue(ReviewState.SHOWN, 400),
    "one text, with those that are alike": _one,
    "a page of the queue shown": _shown_many,
}


def build(settings: Settings, number: int) -> OrganisationId:
    keys, owner = key_store(settings), connect(str(settings.database_url))
    with transaction(owner, None) as session:
        organisation_id = views.organisation(session, keys, "stor", random_tree(np.random.default_rng(1), UNITS), 2)
    with transaction(owner, organisation_id) as session:
        write(session, access.export(session, organisation_id, views.LAST), number)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    owner.dispose()
    return organisation_id


def write(session: Session, scope: ResultsScope, number: int) -> None:
    """Texts of some ten words, most of them reviewed."""
    random = Random(1)  # noqa: S311, of nobody
    units = session.scalars(select(ReleasedUnit.unit_id).filter_by(measurement_id=scope.measurement_id)).all()
    own = {"organisation_id": scope.organisation_id, "measurement_id": scope.measurement_id}
    texts = [
        {
            **own,
            "id": new_id(),
            "unit_id": random.choice(units),
            "category": random.choice(_CATEGORIES),
            "text": " ".join(random.choices(SENTENCE.split(), k=random.randint(4, 24))),
        }
        for _ in range(number)
    ]
    session.execute(insert(Suggestion), texts)
    decided = [_decision(random, each) for each in texts]
    session.execute(insert(SuggestionReview), [each for each in decided if each["state"] != ReviewState.WAITING])


def _decision(random: Random, written: Mapping[str, object]) -> dict[str, object]:
    state = random.choice(_STATES)
    masked = state is ReviewState.SHOWN and random.random() < 0.2
    return {
        "organisation_id": written["organisation_id"],
        "suggestion_id": written["id"],
        "state": state.value,
        "reason": "annat" if state is ReviewState.HIDDEN else None,
        "masked_from": [3] if masked else [],
        "masked_to": [8] if masked else [],
        "tags": random.sample(_TAGS, random.randint(0, 2)),
        "status": random.choice(list(Status)).value,
        "merged_into": None,
        "offered": False,
        "version": 1,
    }


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
