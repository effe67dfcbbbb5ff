"""Which language a page speaks to somebody without a session, and the way to the others. No cookie is needed for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict

from dimios_dash.language import DEFAULT_LANGUAGE, Language

PARAMETER: Final = "sprak"
_KEPT: Final = ("enhet", "ny")  # of an open link: the unit, and that it is somebody else's turn
_OF_TAG: Final = {each.value: each for each in Language} | {"no": Language.NORWEGIAN, "nn": Language.NORWEGIAN}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the languages of a page, under its own name; `search` leads to the same page in it."""

    language: Language
    name: str
    search: str  # "?enhet=E1&sprak=fi"
    is_shown: bool


def of_page(setting: Language | None = None) -> Language:
    """What the address asks for, else `setting` (a respondent's), else what the browser likes best, else Swedish.

    Nonsense in address or header is as if nothing was said.
    """
    return asked_for() or setting or _read_by_browser() or DEFAULT_LANGUAGE


def asked_for() -> Language | None:
    """What the address says."""
    return next((language for language in Language if language == query().get(PARAMETER)), None)


def query() -> MultiDict[str, str]:
    """What follows the address; nothing where it is not text, as no link of ours is."""
    try:
        return request.args
    except UnicodeDecodeError:
        return MultiDict()


def choices(shown: Language) -> tuple[Choice, ...]:
    """All languages, the one that is shown first."""
    ordered = [shown, *(language for language in Language if language is not shown)]
    return tuple(Choice(each, each.own_name, _search(each), each is shown) for each in ordered)


def _search(language: Language) -> str:
    """The address's query in this language: with what else says which page it is, and nothing that anybody added."""
    kept = {name: query()[name] for name in _KEPT if name in query()}
    return f"?{urlencode(kept | {PARAMETER: language.value})}"


def _read_by_browser() -> Language | None:
    """Of the header's languages the first that is written here, by the order in which the browser likes them."""
    tags = [tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0]
    return next((_OF_TAG[tag] for tag in tags if tag in _OF_TAG), None)
