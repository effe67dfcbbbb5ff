"""The pages of the form, drawn alike for personal and open links: form, refusal, thanks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache, lru_cache
from http import HTTPStatus
from typing import Any, Final

from flask import Response, jsonify, render_template, request
from markupsafe import Markup

from db.queries.forms import MANY, Asked
from dimios_dash import instruments
from dimios_dash.answering import first_view, on_page
from dimios_dash.answering import script as joined
from dimios_dash.answering.door import Door, Stop, door, stop
from dimios_dash.answering.filled import Filled, untouched
from dimios_dash.answering.told import Glossary, Told
from dimios_dash.answering.wording import words
from dimios_dash.domain import days
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.usual_wording import in_words
from dimios_dash.language import Language, spoken
from dimios_dash.public.page_language import Choice, choices
from dimios_dash.translations import N_, _, ngettext
from dimios_dash.web import surroundings

LARGEST_FORM: Final = 256 * 2**10  # bytes; a whole answer is below 50,000, and a text that is too long should come back
TOO_LARGE: Final = Stop(
    413, N_("Det gick inte att ta emot svaret"), (N_("Öppna länken igen och fyll i formuläret där."),)
)
UNREADABLE: Final = Stop(400, TOO_LARGE.title, TOO_LARGE.sentences)
_FOR_THE_SCRIPT: Final = {"answering.receive", "answering.receive_open"}

Page = tuple[str | Response, int]


def today() -> date:
    """By the Swedish calendar."""
    return today_in_stockholm(datetime.now(UTC))


def first_page(asked: Asked, said: Told) -> Page:
    """The form as a personal link opens it: alike for everybody in a unit and of a role type, so drawn once for all."""
    support = surroundings().settings.support_address
    return _first_page(asked, said, choices(spoken()), support), HTTPStatus.OK


@lru_cache(maxsize=64)
def _first_page(asked: Asked, said: Told, _languages: tuple[Choice, ...], _support: str) -> str | Response:
    """Of everything that the page is drawn from."""
    page, _status = form_page(asked, said, untouched(asked.role_type), HTTPStatus.OK)
    return page


def form_page(asked: Asked, said: Told, filled: Filled, status: int, **more: object) -> Page:
    """The form with what has been filled in; `instead` among `more` is a Stop that says why it comes back."""
    where, instrument = door(asked, today()), instruments.load(asked.instrument_version)
    own_words_wanted = bool(asked.texts_can_be_shown or filled.texts)
    values: dict[str, object] = {
        "asked": asked,
        "filled": filled,
        "own_words_wanted": own_words_wanted,
        "parts": _parts(said, filled, instrument.version, own_words_wanted),
        "moved": status == HTTPStatus.CONFLICT or filled.unit not in {None, asked.unit_id},
        "closed": None if where is Door.OPEN else stop(asked, where).spoken(),
        "instrument": instrument,
        "script": on_page.to_fill_in(asked, instrument.scale) if where is Door.OPEN else None,
        "words": words(),
        "introduction": said.introduction(asked),
        "glossary": said.glossary,
        "here": _people_there(asked),
        "k": in_words(asked.k, spoken()),
        "last_day": asked.period and days.written(asked.period.closes),
    }
    return render("form", status, **(values | more))


def _parts(said: Told, filled: Filled, version: str, own_words_wanted: bool) -> Markup | None:
    """Most of the form where it is alike for everybody; None where it has to be drawn."""
    own = said.glossary.words or not filled.is_untouched
    return None if own else _untouched_parts(version, spoken(), own_words_wanted)


@cache
def _untouched_parts(version: str, language: Language, own_words_wanted: bool) -> Markup:
    """The statements as everybody first sees them: most of the form, and drawn once for each language."""
    instrument = instruments.load(version)
    common = {
        "language": language,
        "glossary": Glossary(language, ()),
        "instrument": instrument,
        "words": words(),
        "filled": untouched(None),
    }
    drawn = render_template("answering/parts.html", **common, own_words_wanted=own_words_wanted)
    return Markup(drawn)  # noqa: S704, of our own template


def _people_there(asked: Asked) -> str:
    """How many share the unit, so that everybody can judge how many they are hidden among; "" where nobody knows."""
    if asked.here is None:
        return ""
    if asked.channel is Channel.LINK:
        return ngettext("En person väntas svara där.", "%(n)s personer väntas svara där.", asked.here)
    if asked.here > MANY:
        return _("Fler än %(n)s personer är inbjudna där.", n=MANY)
    return ngettext("En person är inbjuden där.", "%(n)s personer är inbjudna där.", asked.here)


def closed_door(asked: Asked) -> Page:
    """Why no answer is received."""
    where = door(asked, today())
    told = on_page.to_stand_still(asked, where)
    return stop_page(stop(asked, where), answered=where is Door.ANSWERED, script=told)


def stop_page(page: Stop, *, answered: bool = False, script: dict[str, Any] | None = None) -> Page:
    """To somebody who looks the page's own status; to somebody who submits, never a success. JSON for the script."""
    refused = request.method == "POST" and page.status == HTTPStatus.OK
    status = HTTPStatus.CONFLICT if refused else page.status
    said = page.spoken()
    if request.endpoint in _FOR_THE_SCRIPT:
        return jsonify(title=said.title, sentences=said.sentences, answered=answered), status
    return render("stop", status, stop=said, script=script)


def sent_fields() -> dict[str, list[str]]:
    """Every value that was sent, by name. A file is a field without a name, since the form has none."""
    fields = request.form.to_dict(flat=False)
    return fields | {"": [""]} if request.files else fields


def render(name: str, status: int, **values: object) -> Page:
    """A template with what all of them need."""
    support = surroundings().settings.support_address
    common = {
        "support": support,
        "styles": first_view.styles(),
        "script_address": joined.address(),
        "language": spoken(),
        "languages": choices(spoken()),
    }
    return render_template(f"answering/{name}.html", **common, **values), status
