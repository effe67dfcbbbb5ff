"""Every text of the pages exists in every language, none is left over, and what is filled in is the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from dimios_dash.language import DEFAULT_LANGUAGE, Language
from dimios_dash.translations import catalogues

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("dimios_dash", "pages", "db")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")  # braces are filled in by scripts
OTHERS = [language for language in Language if language is not DEFAULT_LANGUAGE]

Message = str | tuple[str, ...]


@pytest.fixture(scope="module")
def said() -> set[Message]:
    """What the program says."""
    return {message for folder in FOLDERS for message in _of(ROOT / folder)}


def _of(folder: Path) -> Iterator[Message]:
    for _file, _line, message, *_rest in extract_from_dir(folder, METHODS, keywords=KEYWORDS):
        yield message


def _translated(language: Language) -> dict[Message, set[Message]]:
    """By source, in whichever area it stands."""
    found: dict[Message, set[Message]] = {}
    for catalogue in catalogues(language).values():
        for each in catalogue:
            if each.id:
                found.setdefault(_message(each.id), set()).add(_message(each.string or ""))
    return found


def _message(text: str | Sequence[str]) -> Message:
    return text if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_swedish(said: set[Message], language: Language) -> None:
    translated = {key for key, texts in _translated(language).items() if all(_whole(text) for text in texts)}

    assert sorted(map(str, said - translated)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_translated_that_is_never_said(said: set[Message], language: Language) -> None:
    assert sorted(map(str, _translated(language).keys() - said)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_translated_in_two_ways(language: Language) -> None:
    assert {key: texts for key, texts in _translated(language).items() if len(texts) > 1} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_is_the_same(language: Language) -> None:
    wrong = [key for key, texts in _translated(language).items() for text in texts if not _fits(key, text)]

    assert wrong == []


def _whole(text: Message) -> bool:
    return all(text) if isinstance(text, tuple) else bool(text)


def _fits(key: Message, text: Message) -> bool:
    """A form for one may leave out the number; nothing else may be missing, and nothing may be more."""
    sources, texts = _forms(key), _forms(text)
    wanted = set().union(*(_places(each) for each in sources))
    return all(_places(each) <= wanted for each in texts) and _places(texts[-1]) == _places(sources[-1])


def _forms(message: Message) -> tuple[str, ...]:
    return message if isinstance(message, tuple) else (message,)


def _places(text: str) -> set[str]:
    return set(PLACES.findall(text))
