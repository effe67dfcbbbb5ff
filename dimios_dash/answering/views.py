"""/svara/<token>, its sealed answers and its thank-you page. Only what is submitted changes anything, and only once.

The token in the address is the proof: no cookie is needed or set. Mail scanners and previews may open every link.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, jsonify, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.wrappers import Response

from db.commands import ballots
from db.engine import transaction
from db.queries import forms
from db.queries.forms import Asked
from dimios_dash import access, guard, instruments
from dimios_dash.answering import first_view, on_page, script, sealed, told
from dimios_dash.answering.door import Door, Stop, door
from dimios_dash.answering.drawing import (
    LARGEST_FORM,
    TOO_LARGE,
    UNREADABLE,
    Page,
    closed_door,
    first_page,
    form_page,
    render,
    sent_fields,
    stop_page,
    today,
)
from dimios_dash.answering.filled import SWITCH, Filled, read, unjudged
from dimios_dash.answering.told import Told
from dimios_dash.crypto.sealing import Associated, Sheet, seal
from dimios_dash.domain.scopes import FormScope
from dimios_dash.errors import NotFound
from dimios_dash.language import speak
from dimios_dash.public.page_language import asked_for, of_page
from dimios_dash.translations import N_
from dimios_dash.web import surroundings

_UNKNOWN = Stop(
    404,
    N_("Länken fungerar inte"),
    (N_("Kontrollera att du fick med hela länken från mejlet, eller be den som bjöd in dig att skicka den igen."),),
)

_UNKNOWN_CODE = Stop(
    404,
    N_("Koden fungerar inte"),
    (N_("Kontrollera att hela koden är med och rätt skriven, eller be den som gav dig den om en ny."),),
)

blueprint = Blueprint("answering", __name__, template_folder="templates")
blueprint.after_request(first_view.compress)
blueprint.add_url_rule("/svara.js", view_func=script.answer, endpoint="script")


@blueprint.before_request
def let_own_styles_in() -> None:
    """They stand in each page."""
    guard.allow_style(first_view.styles_source())


@blueprint.before_request
def speak_their_language() -> None:
    """As far as it is known without having read the respondent's own."""
    speak(of_page())


@blueprint.get("/svara/<token>")
def form(token: str) -> Page:
    """The form, or why it cannot be answered now. Changes nothing."""
    scope = access.form(token)
    with transaction(surroundings().engine, scope.organisation_id) as session:
        asked, said = _looked_at(session, scope)
    if door(asked, today()) is not Door.OPEN:
        return closed_door(asked)
    return first_page(asked, said)


@blueprint.post("/svara/<token>")
def submit(token: str) -> Page | Response:
    """Receive an answer, or show the form again with everything that was chosen and what is missing."""
    request.max_content_length = LARGEST_FORM
    scope = access.form(token)
    with transaction(surroundings().engine, scope.organisation_id) as session:
        asked, fields = _asked(session, scope), sent_fields()
        switches = fields.pop(SWITCH, None)
        filled = read(fields, instruments.load(asked.instrument_version))
        means_it = filled.is_complete and not switches and filled.unit in {None, asked.unit_id}
        if means_it and door(asked, today()) is Door.OPEN:
            if _put(session, scope, asked, filled.sheet):
                return redirect(url_for("answering.thanks", token=token, sprak=asked_for()), 303)
            asked = _asked(session, scope)  # what has changed while they answered
        status = _why_not(asked, filled, switches=bool(switches))
        if status is None:
            return closed_door(asked)
        return form_page(asked, told.read(session, scope), unjudged(filled) if switches else filled, status)


def _why_not(asked: Asked, filled: Filled, *, switches: bool) -> HTTPStatus | None:
    """With which status the form comes back; None where there is nothing in it to keep, and the door is closed."""
    where = door(asked, today())
    if where is not Door.OPEN:
        return HTTPStatus.GONE if where is Door.CLOSED and filled.chosen else None
    if switches:
        return HTTPStatus.OK
    return HTTPStatus.CONFLICT if filled.is_complete else HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/svara/<token>/kuvert")
def receive(token: str) -> Page:
    """Receive an answer that the browser has sealed, or tell its script why not and what it needs to seal it anew."""
    request.max_content_length = sealed.LARGEST_PARCEL
    scope = access.form(token)
    answer = sealed.read(request.form, request.files)
    if answer is None:
        return stop_page(UNREADABLE)
    with transaction(surroundings().engine, scope.organisation_id) as session:
        if ballots.submit(session, scope, answer, today()):
            return jsonify(received=True), HTTPStatus.CREATED
        asked = _asked(session, scope)
    if door(asked, today()) is not Door.OPEN:
        return closed_door(asked)
    return jsonify(again=sealed.sealed_to(asked), unit=asked.unit), HTTPStatus.CONFLICT


@blueprint.get("/svara/<token>/tack")
def thanks(token: str) -> Page | Response:
    """Thanks to whoever has the link of an answer; it says that one has come, and can say no more."""
    scope = access.form(token)
    with transaction(surroundings().engine, scope.organisation_id) as session:
        asked, said = _looked_at(session, scope)
    if not asked.answered:
        return redirect(url_for("answering.form", token=token, sprak=asked_for()), 303)
    return render("thanks", 200, asked=asked, thanks=said.thanks(asked), script=on_page.to_thank(asked))


@blueprint.get("/svara/hjalp")
def trouble() -> Page:
    """What to try when something does not work."""
    return render("trouble", HTTPStatus.OK)


@blueprint.get("/svara/")
@blueprint.get("/svara/<path:_rest>")
def broken_link(_rest: str = "") -> Page:
    """A link that was cut or got something added on its way."""
    raise NotFound(_UNKNOWN.title)


@blueprint.errorhandler(NotFound)
def unknown_link(_problem: NotFound) -> Page:
    """One page for a malformed, a forged and an erased link: a stranger learns nothing."""
    return stop_page(_UNKNOWN_CODE if request.path.startswith("/oppen") else _UNKNOWN)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_problem: RequestEntityTooLarge) -> Page:
    """More than any form of ours sends."""
    return stop_page(TOO_LARGE)


@blueprint.errorhandler(BadRequest)
def unreadable(_problem: BadRequest) -> Page:
    """It was cut on its way, or comes from no browser."""
    return stop_page(UNREADABLE)


def _looked_at(session: Session, scope: FormScope) -> tuple[Asked, Told]:
    """Raises NotFound after the same look-ups as for a link that somebody has: its page takes as long."""
    asked = forms.asked(session, scope)
    speak(of_page(None if asked is None else asked.language))
    said = told.read(session, scope)
    if asked is None:
        raise NotFound(_UNKNOWN.title)
    return asked, said


def _asked(session: Session, scope: FormScope) -> Asked:
    asked = forms.asked(session, scope)
    if asked is None:
        raise NotFound(_UNKNOWN.title)
    speak(of_page(asked.language))
    return asked


def _put(session: Session, scope: FormScope, asked: Asked, sheet: Sheet) -> bool:
    """Seal the answer here, since a browser without JavaScript cannot, and drop it; False when that was too late."""
    if asked.box_public_key is None:
        return False
    sealed_to = Associated(asked.measurement_id, asked.unit_id, asked.channel)
    answer = ballots.SealedAnswer(asked.unit_id, seal(asked.box_public_key, sealed_to, sheet))
    return ballots.submit(session, scope, answer, today())
