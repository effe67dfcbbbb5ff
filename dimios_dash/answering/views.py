"""/svara/<token>, its sealed answers and its thank-you page. Only what is submitted changes anything, and only once.

The token in the address is the proof: no cookie is needed or set. Mail scanners and previews may open every link.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from http import HTTPStatus

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from db.commands import ballots
from db.engine import transaction
from db.queries import forms
from db.queries.forms import Asked
from dimios_dash import access, instruments
from dimios_dash.answering import first_view, sealed, told
from dimios_dash.answering.door import Door, Stop, door, stop
from dimios_dash.answering.filled import Filled, read, untouched
from dimios_dash.answering.told import K_IN_WORDS, Told
from dimios_dash.answering.wording import WORDS
from dimios_dash.crypto.sealing import Associated, Sheet, seal
from dimios_dash.domain import days
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import FormScope
from dimios_dash.errors import NotFound
from dimios_dash.web import surroundings

LARGEST_FORM = 256 * 2**10  # bytes; a whole answer is below 50,000, and a text that is too long should come back
_UNKNOWN = Stop(
    404,
    "Länken fungerar inte",
    ("Kontrollera att du fick med hela länken från mejlet, eller be den som bjöd in dig att skicka den igen.",),
)
_TOO_LARGE = Stop(413, "Det gick inte att ta emot svaret", ("Öppna länken i mejlet igen och fyll i formuläret där.",))
_UNREADABLE = Stop(400, _TOO_LARGE.title, _TOO_LARGE.sentences)
Page = tuple[str | Response, int]

blueprint = Blueprint("answering", __name__, template_folder="templates")
blueprint.after_request(first_view.compress)
blueprint.add_url_rule("/svara.css", view_func=first_view.stylesheet)


@blueprint.get("/svara/<token>")
def form(token: str) -> Page:
    """The form, or why it cannot be answered now. Changes nothing."""
    scope = access.form(token)
    with transaction(surroundings().engine, scope.organisation_id) as session:
        asked, said = _asked(session, scope), told.read(session, scope)
    if door(asked, _today()) is not Door.OPEN:
        return _closed_door(asked)
    return _form(asked, said, untouched(asked.role_type), HTTPStatus.OK)


@blueprint.post("/svara/<token>")
def submit(token: str) -> Page | Response:
    """Receive an answer, or show the form again with everything that was chosen and what is missing."""
    request.max_content_length = LARGEST_FORM
    scope = access.form(token)
    with transaction(surroundings().engine, scope.organisation_id) as session:
        asked, said = _asked(session, scope), told.read(session, scope)
        filled = read(request.form.to_dict(flat=False), instruments.load(asked.instrument_version))
        if door(asked, _today()) is Door.OPEN:
            if not filled.is_complete:
                return _form(asked, said, filled, HTTPStatus.UNPROCESSABLE_ENTITY)
            if not _is_moved(asked, filled) and _put(session, scope, asked, filled.sheet):
                return redirect(url_for("answering.thanks", token=token), 303)
            asked = _asked(session, scope)  # what has changed while they answered
            if door(asked, _today()) is Door.OPEN:
                return _form(asked, said, filled, HTTPStatus.CONFLICT)
    closed_meanwhile = door(asked, _today()) is Door.CLOSED and filled.chosen
    return _form(asked, said, filled, HTTPStatus.GONE) if closed_meanwhile else _closed_door(asked)


@blueprint.post("/svara/<token>/kuvert")
def receive(token: str) -> Page:
    """Receive an answer that the browser has sealed, or tell its script why not and what it needs to seal it anew."""
    request.max_content_length = sealed.LARGEST_PARCEL
    scope = access.form(token)
    answer = sealed.read(request.form, request.files)
    if answer is None:
        return _stop(_UNREADABLE)
    with transaction(surroundings().engine, scope.organisation_id) as session:
        if ballots.submit(session, scope, answer, _today()):
            return jsonify(received=True), HTTPStatus.CREATED
        asked = _asked(session, scope)
    if door(asked, _today()) is not Door.OPEN:
        return _closed_door(asked)
    return jsonify(again=sealed.sealed_to(asked), unit=asked.unit), HTTPStatus.CONFLICT


@blueprint.get("/svara/<token>/tack")
def thanks(token: str) -> Page | Response:
    """Thanks to whoever has the link of an answer; it says that one has come, and can say no more."""
    scope = access.form(token)
    with transaction(surroundings().engine, scope.organisation_id) as session:
        asked, said = _asked(session, scope), told.read(session, scope)
    if not asked.answered:
        return redirect(url_for("answering.form", token=token), 303)
    return _render("thanks", 200, asked=asked, thanks=said.thanks(asked))


@blueprint.get("/svara/")
@blueprint.get("/svara/<path:_rest>")
def broken_link(_rest: str = "") -> Page:
    """A link that was cut or got something added on its way."""
    raise NotFound(_UNKNOWN.title)


@blueprint.errorhandler(NotFound)
def unknown_link(_problem: NotFound) -> Page:
    """One page for a malformed, a forged and an erased link: a stranger learns nothing."""
    return _stop(_UNKNOWN)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_problem: RequestEntityTooLarge) -> Page:
    """More than any form of ours sends."""
    return _stop(_TOO_LARGE)


def _today() -> date:
    return today_in_stockholm(datetime.now(UTC))


def _asked(session: Session, scope: FormScope) -> Asked:
    asked = forms.asked(session, scope)
    if asked is None:
        raise NotFound(_UNKNOWN.title)
    return asked


def _is_moved(asked: Asked, filled: Filled) -> bool:
    """Whether the respondent has been moved to another unit since the form was opened."""
    return filled.unit not in {None, asked.unit_id}


def _put(session: Session, scope: FormScope, asked: Asked, sheet: Sheet) -> bool:
    """Seal the answer here, since a browser without JavaScript cannot, and drop it; False when that was too late."""
    if asked.box_public_key is None:
        return False
    sealed_to = Associated(asked.measurement_id, asked.unit_id, Channel.EMAIL)
    answer = ballots.SealedAnswer(asked.unit_id, seal(asked.box_public_key, sealed_to, sheet))
    return ballots.submit(session, scope, answer, _today())


def _form(asked: Asked, said: Told, filled: Filled, status: int) -> Page:
    where, instrument = door(asked, _today()), instruments.load(asked.instrument_version)
    return _render(
        "form",
        status,
        asked=asked,
        filled=filled,
        moved=status == HTTPStatus.CONFLICT or _is_moved(asked, filled),
        closed=None if where is Door.OPEN else stop(asked, where),
        instrument=instrument,
        script=sealed.for_the_script(asked, instrument.scale) if where is Door.OPEN else None,
        words=WORDS,
        introduction=said.introduction(asked),
        glossary=said.glossary,
        k=K_IN_WORDS[asked.k],
        last_day=asked.period and days.written(asked.period.closes),
    )


def _closed_door(asked: Asked) -> Page:
    where = door(asked, _today())
    return _stop(stop(asked, where), answered=where is Door.ANSWERED)


def _stop(page: Stop, *, answered: bool = False) -> Page:
    """To somebody who looks the page's own status; to somebody who submits, never a success. JSON for the script."""
    refused = request.method == "POST" and page.status == HTTPStatus.OK
    status = HTTPStatus.CONFLICT if refused else page.status
    if request.endpoint == "answering.receive":
        return jsonify(title=page.title, sentences=page.sentences, answered=answered), status
    return _render("stop", status, stop=page)


def _render(name: str, status: int, **values: object) -> Page:
    support = surroundings().settings.support_address
    common = {"support": support, "styles_version": first_view.version()}
    return render_template(f"answering/{name}.html", **common, **values), status
