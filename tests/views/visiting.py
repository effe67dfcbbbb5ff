"""What a leader meets: pages as their browser gets them, and analyses as files."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient

from dimios_dash.surroundings import Surroundings
from tests.signing_in import callback
from tests.views.neighbours import Neighbour
from tests.views.release_file import Release

Query = Mapping[str, str | int]
Line = dict[str, str]  # of a table, by the names of its columns


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page, those of each card by its slug, and those outside of the cards under ""."""

    words: Mapping[str, str]

    @property
    def cards(self) -> set[str]:
        return {slug for slug in self.words if slug}


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One organisation's results as somebody signed in sees them, and the release files of the same years."""

    site: Flask
    there: Surroundings
    browser: FlaskClient
    csrf: str
    years: Mapping[int, Release]
    neighbours: Sequence[Neighbour] = ()
    told: Mapping[tuple[int, str], Collection[str]] = field(default_factory=dict)  # names, by year and pool
    targets: Mapping[tuple[str, str], tuple[float, int]] = field(default_factory=dict)

    def table(self, path: str, slug: str, query: Query) -> list[Line]:
        """An analysis of a page as its file."""
        with at(self.site, self.there):
            answer = self.browser.get(f"/hamta/analys{path}/{slug}.csv?{urlencode(query)}")
        assert answer.status_code == 200, (slug, query, answer.text)
        lines = csv.DictReader(StringIO(answer.get_data().decode("utf-8-sig"), newline=""), delimiter=";")
        return [{column: cell.removeprefix("'") for column, cell in line.items()} for line in lines]

    def page(self, path: str, query: Query) -> Page:
        with at(self.site, self.there):
            body = callback(path, f"?{urlencode(query)}")
            answer = self.browser.post("/_dash-update-component", json=body, headers={"X-CSRFToken": self.csrf})
        assert answer.status_code == 200, (path, query, answer.text)
        words: dict[str, list[str]] = {"": []}
        _gather(answer.json["response"]["_pages_content"]["children"], "", words)  # type: ignore[index]
        return Page({slug: "\n".join(found) for slug, found in words.items()})


@contextmanager
def at(site: Flask, there: Surroundings) -> Iterator[None]:
    """The site with another database: there is one application in a process."""
    before = site.extensions["dimios"]
    site.extensions["dimios"] = there
    try:
        yield
    finally:
        site.extensions["dimios"] = before


def _gather(part: Any, slug: str, words: dict[str, list[str]]) -> None:
    """Every text of a component: what it says, what it is called, and the words and numbers of its picture."""
    if isinstance(part, str):
        words.setdefault(slug, []).append(part)
    elif isinstance(part, list):
        for each in part:
            _gather(each, slug, words)
    elif isinstance(part, dict):
        properties = part.get("props", {})
        if part.get("type") == "Section" and "id" in properties:
            slug = properties["id"]
        _gather(properties.get("children"), slug, words)
        _gather(_pictured(properties.get("figure")), slug, words)


_SAID = ("text", "customdata", "hovertext", "name", "title", "ticktext")


def _pictured(figure: Any) -> Any:
    """Texts of a picture: what stands in it and what one is told by pointing."""
    if figure is None:
        return None
    return list(_texts(figure))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in _SAID and isinstance(value, str):
                yield value
            elif name in _SAID and isinstance(value, list):
                yield from (each for each in _flat(value) if isinstance(each, str))
            else:
                yield from _texts(value)


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _flat(each)
    else:
        yield value
