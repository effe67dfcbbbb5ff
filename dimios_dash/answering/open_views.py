"""/oppen and /oppen/<code>: the form for whoever has an open link or a code for one answer.

The code in the address is the proof. A cookie remembers in this browser that it has answered; the form works without.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from flask import jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from db.commands import floods, link_ballots
from db.commands.ballots import SealedAnswer
from db.engine import transaction
from db.queries import open_forms
from db.queries.forms import Asked
from db.queries.open_forms import OpenForm
from dimios_dash import access, instruments
from dimios_dash.answering import on_page, once, sealed, told
from dimios_dash.answering.door import Door, Stop, door
from dimios_dash.answering.drawing import (
    LARGEST_FORM,
    UNREADABLE,
    Page,
    closed_door,
    form_page,
    render,
    sent_fields,
    stop_page,
    today,
)
from dimios_dash.answering.filled import SWITCH, UNIT, Filled, read, unjudged, untouched
from dimios_dash.answering.told import Told
from dimios_dash.answering.views import blueprint
from dimios_dash.crypto.open_codes import read_code
from dimios_dash.crypto.sealing import Associated, seal
from dimios_dash.domain.scopes import LinkScope
from dimios_dash.errors import NotFound
from dimios_dash.public.page_language import asked_for, query
from dimios_dash.translations import N_
from dimios_dash.web import surroundings

ANSWERED_HERE: Final = "dimios_oppen"  # the cookie; its path is the link
_REMEMBERED: Final = 30 * 24 * 3600  # seconds
_NOT_IN_LINK = Stop(404, N_("Enheten hör inte till länken"), (N_("Öppna länken igen och välj en enhet i listan."),))
_NO_UNITS = Stop(
    410,
    N_("Enheten är inte med i år"),
    (N_("Enheten ingår inte i årets mätning, så inga svar tas emot genom länken."),),
)
_AGAIN = Stop(
    409, N_("Svaret är inte skickat än"), (N_("Något ändrades medan du svarade. Skicka svaret en gång till."),)
)
_FLOOD = Stop(
    429,
    N_("Många svarar just nu"),
    (N_("Det kommer fler svar än vi kan ta emot på en gång. Vänta en minut och skicka svaret igen."),),
)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A code that leads somewhere, and what the organisation says there."""

    code: str
    scope: LinkScope
    form: OpenForm
    said: Told

    @property
    def in_template(self) -> dict[str, Any]:
        """What the form's template needs of it."""
        address = url_for("answering.open_form", code=self.code, sprak=asked_for())
        return {"choice": len(self.form.units) > 1, "address": address, "round": once.new_round()}


@blueprint.route("/oppen", methods=["GET", "POST"], strict_slashes=False)
def type_code() -> Page | Response:
    """Where a code is typed from a sheet of paper."""
    request.max_content_length = LARGEST_FORM
    typed = request.form.get("kod", "")
    code = read_code(typed)
    if code:
        return redirect(url_for("answering.open_form", code=code, sprak=asked_for()), 303)
    wrong = request.method == "POST"
    return render("code", HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK, wrong=wrong, typed=typed[:40])


@blueprint.get("/oppen/<code>")
def open_form(code: str) -> Page | Response:
    """Choose a unit where there are several, then the form, or why it cannot be answered now. Changes nothing."""
    if read_code(code) not in {"", code}:
        return redirect(url_for("answering.open_form", code=read_code(code), sprak=asked_for()), 303)
    opened = _open(code)
    unit_id = query().get(UNIT) or None
    asked = opened.form.unit(unit_id)
    if asked is None and unit_id is not None:
        return stop_page(_NOT_IN_LINK)
    shut = _shut(opened.form, asked)
    if shut is not None:
        return shut
    if ANSWERED_HERE in request.cookies and "ny" not in query() and not opened.form.one_answer:
        return render("answered_here", HTTPStatus.OK, asked=opened.form.units[0], again=_address(code, anew=True))
    if asked is None:
        return render("choose", HTTPStatus.OK, asked=opened.form.units[0], units=_receiving(opened.form), query=query())
    return _form(opened, asked, untouched(None), HTTPStatus.OK)


@blueprint.post("/oppen/<code>")
def submit_open(code: str) -> Page | Response:
    """Receive an answer, or show the form again with everything that was chosen and what is missing."""
    request.max_content_length = LARGEST_FORM
    opened, fields = _open(code), sent_fields()
    rounds, switches = fields.pop(once.ROUND, []), fields.pop(SWITCH, None)
    asked = opened.form.unit(next(iter(fields.get(UNIT, [])), None))
    if asked is None:
        return _shut(opened.form, None) or stop_page(_NOT_IN_LINK)
    filled = read(fields, instruments.load(asked.instrument_version))
    if door(asked, today()) is not Door.OPEN:
        late = door(asked, today()) in {Door.CLOSED, Door.REMOVED} and filled.chosen
        return _form(opened, asked, filled, HTTPStatus.GONE) if late else closed_door(asked)
    if switches:
        return _form(opened, asked, unjudged(filled), HTTPStatus.OK)
    if not filled.is_complete:
        return _form(opened, asked, filled, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _receive(opened, asked, filled, rounds)


@blueprint.post("/oppen/<code>/kuvert")
def receive_open(code: str) -> Page | Response:
    """Receive an answer that the browser has sealed, or tell its script why not and what it needs to seal it anew."""
    request.max_content_length = sealed.LARGEST_PARCEL
    answer, opened = sealed.read(request.form, request.files), _open(code)
    asked = None if answer is None else opened.form.unit(answer.unit_id)
    if answer is None or asked is None:
        return stop_page(UNREADABLE)
    if door(asked, today()) is Door.OPEN and not _let_in(opened):
        return stop_page(_FLOOD)
    if _put(opened, answer, once.of_envelope(answer.envelope)):
        return _remembering(opened, make_response(jsonify(received=True), HTTPStatus.CREATED))
    asked = _open(code).form.unit(answer.unit_id)
    if asked is None or door(asked, today()) is not Door.OPEN:
        return closed_door(asked) if asked else stop_page(_NOT_IN_LINK)
    return jsonify(again=sealed.sealed_to(asked), unit=asked.unit), HTTPStatus.CONFLICT


@blueprint.get("/oppen/<code>/tack")
def thanks_open(code: str) -> Page | Response:
    """Thanks, and a way on for the next one at the same computer. It cannot say whether an answer has come."""
    opened = _open(code)
    asked = next(iter(opened.form.units), None)
    if asked is None or (opened.form.one_answer and not asked.answered):
        return redirect(_address(code), 303)
    again = url_for("answering.type_code", sprak=asked_for()) if opened.form.one_answer else _address(code, anew=True)
    said = {"thanks": opened.said.thanks(asked), "script": on_page.to_thank(asked)}
    return render("open_thanks", HTTPStatus.OK, asked=asked, again=again, **said)


@blueprint.get("/oppen/<path:_rest>")
def broken_code(_rest: str) -> Page:
    """An address that was cut or got something added on its way."""
    raise NotFound("Koden fungerar inte")


def _open(code: str) -> _Opened:
    """Raises NotFound for a code that nobody has made, after the same look-ups as for one that somebody has."""
    engine = surroundings().engine
    with transaction(engine, None) as session:
        scope = access.open_link(session, code)
    with transaction(engine, scope.organisation_id) as session:
        found, said = open_forms.read(session, scope), told.read(session, scope)
    if found is None:
        raise NotFound("Koden fungerar inte")
    return _Opened(code, scope, found, said)


def _shut(found: OpenForm, asked: Asked | None) -> Page | None:
    """Why nobody is let in, to the unit that was chosen or to any; None where somebody is."""
    if not found.units:
        return stop_page(_NO_UNITS)
    if asked is None and _receiving(found):
        return None
    one = asked or found.units[0]
    return None if door(one, today()) is Door.OPEN else closed_door(one)


def _receiving(found: OpenForm) -> list[Asked]:
    return [each for each in found.units if door(each, today()) is Door.OPEN]


def _form(opened: _Opened, asked: Asked, filled: Filled, status: int, instead: Stop | None = None) -> Page:
    more = {"link": opened.in_template, "moved": False} | ({} if instead is None else {"closed": instead.spoken()})
    return form_page(asked, opened.said, filled, status, **more)


def _receive(opened: _Opened, asked: Asked, filled: Filled, rounds: list[str]) -> Page | Response:
    """Seal the answer here, since a browser without JavaScript cannot, and drop it."""
    if not _let_in(opened):
        return _form(opened, asked, filled, HTTPStatus.TOO_MANY_REQUESTS, _FLOOD)
    if asked.box_public_key is None:
        return closed_door(asked)
    sealed_to = Associated(asked.measurement_id, asked.unit_id, asked.channel)
    answer = SealedAnswer(asked.unit_id, seal(asked.box_public_key, sealed_to, filled.sheet))
    if _put(opened, answer, once.of_sheet(rounds, filled.sheet)):
        return _remembering(
            opened, redirect(url_for("answering.thanks_open", code=opened.code, sprak=asked_for()), 303)
        )
    now = _open(opened.code).form.unit(asked.unit_id)
    if now is None or door(now, today()) is not Door.OPEN:
        return closed_door(now) if now else stop_page(_NOT_IN_LINK)
    return _form(opened, now, filled, HTTPStatus.CONFLICT, _AGAIN)


def _let_in(opened: _Opened) -> bool:
    """In a transaction of its own. A code for one answer needs no brake, and gets no time beside it."""
    if opened.form.one_answer:
        return True
    with transaction(surroundings().engine, opened.scope.organisation_id) as session:
        return floods.let_in(session, opened.scope, datetime.now(UTC))


def _put(opened: _Opened, answer: SealedAnswer, name: once.Name) -> bool:
    with transaction(surroundings().engine, opened.scope.organisation_id) as session:
        return link_ballots.submit(session, opened.scope, answer, name, today())


def _remembering(opened: _Opened, answer: Response) -> Response:
    """The browser remembers that it has answered; a code for one answer remembers itself."""
    if not opened.form.one_answer:
        answer.set_cookie(
            ANSWERED_HERE,
            "1",
            max_age=_REMEMBERED,
            path=url_for("answering.open_form", code=opened.code),
            secure=surroundings().settings.production,
            httponly=True,
            samesite="Lax",
        )
    return answer


def _address(code: str, *, anew: bool = False) -> str:
    """Of a link; `anew` for somebody else at the same computer."""
    return url_for("answering.open_form", code=code, ny="1" if anew else None, sprak=asked_for())
