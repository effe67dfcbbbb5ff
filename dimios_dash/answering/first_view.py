"""Keeps the form's first view small and quick: its styles stand in the page, and there is no typeface to fetch.

Whoever answers is here once, often by phone: text in the device's own typeface is there at once. Pages that nobody has
filled in are compressed; others are not, so that their length tells no more of the answers than before.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Response, request

ASSETS: Final = Path(__file__).resolve().parents[2] / "assets"
_PARTS = ("tokens", "base", "notice", "form", "answer")
_TYPEFACE = re.compile(r"@font-face\s*\{[^}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};])\s*|([:,]) ")
_USED = re.compile(r"var\((--[\w-]+)")
_GIVEN = re.compile(r"(?<=[{;])(--[\w-]+):[^;}]*;")  # a custom property
_YEAR: Final = 365 * 24 * 3600  # seconds


@cache
def styles() -> str:
    """Everything that the form's pages are drawn with, and nothing of colours that only others use."""
    whole = "\n".join((ASSETS / f"{part}.css").read_text(encoding="utf-8") for part in _PARTS)
    tight = _SPACE.sub(r"\1\2", _COMMENT.sub("", _TYPEFACE.sub("", whole)))
    used = set(_USED.findall(tight))
    return _GIVEN.sub(lambda given: given[0] if given[1] in used else "", tight).strip()


@cache
def styles_source() -> str:
    """What lets the styles in, and no others, in a Content-Security-Policy."""
    return f"'sha256-{b64encode(hashlib.sha256(styles().encode()).digest()).decode()}'"


def kept_for_good(text: str, kind: str) -> Response:
    """What browsers keep: its address names its version."""
    answer = Response(text, mimetype=kind)
    answer.cache_control.public, answer.cache_control.immutable = True, True
    answer.cache_control.max_age = _YEAR
    return answer


def compress(answer: Response) -> Response:
    """The answer as gzip, where it was only asked for and the browser reads it."""
    answer.vary.add("Accept-Encoding")
    asked_for = request.method == "GET" and answer.status_code == HTTPStatus.OK
    if asked_for and request.accept_encodings.quality("gzip"):
        answer.set_data(_gzip(answer.get_data()))
        answer.content_encoding = "gzip"
    return answer


@lru_cache(maxsize=64)
def _gzip(page: bytes) -> bytes:
    """Pages that are alike for everybody in a unit are asked for by many within minutes of an invitation."""
    return gzip.compress(page, compresslevel=6, mtime=0)
