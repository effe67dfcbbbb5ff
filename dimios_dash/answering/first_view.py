"""Keeps the form's first view small: one stylesheet in place of five, and no typeface to fetch.

Whoever answers is here once, often by phone: text in the device's own typeface is there at once. Pages that nobody has
filled in are compressed; others are not, so that their length tells no more of the answers than before.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Response, request

_ASSETS = Path(__file__).resolve().parents[2] / "assets"
_PARTS = ("tokens", "base", "notice", "form", "answer")
_TYPEFACE = re.compile(r"@font-face\s*\{[^}]*\}")
_COMMENT_OR_INDENT = re.compile(r"/\*.*?\*/|(?<=\n)\s+", re.DOTALL)
_YEAR: Final = 365 * 24 * 3600  # seconds


@cache
def styles() -> str:
    """Everything that the form's pages are drawn with."""
    whole = "\n".join((_ASSETS / f"{part}.css").read_text(encoding="utf-8") for part in _PARTS)
    return _COMMENT_OR_INDENT.sub("", _TYPEFACE.sub("", whole))


@cache
def version() -> str:
    """Another whenever the styles are: browsers may keep them for good under its name."""
    return hashlib.sha256(styles().encode()).hexdigest()[:12]


def stylesheet() -> Response:
    """The styles, to be kept."""
    answer = Response(styles(), mimetype="text/css")
    answer.cache_control.public, answer.cache_control.immutable = True, True
    answer.cache_control.max_age = _YEAR
    return answer


def compress(answer: Response) -> Response:
    """The answer as gzip, where it was only asked for and the browser reads it."""
    answer.vary.add("Accept-Encoding")
    asked_for = request.method == "GET" and answer.status_code == HTTPStatus.OK
    if asked_for and request.accept_encodings.quality("gzip"):
        answer.set_data(gzip.compress(answer.get_data(), compresslevel=9, mtime=0))
        answer.content_encoding = "gzip"
    return answer
