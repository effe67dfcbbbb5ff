"""What Dash's pages are made of, as it travels: few files, small, and each fetched once.

Our own styles and scripts are two files whose addresses name their version. What Dash and Plotly bring is compressed
once in each process; whoever runs this needs no other server in front of it for that.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Final, cast

from flask import Flask, Response, request, send_from_directory

from dimios_dash import guard

Serve = Callable[..., Response]
ASSETS: Final = Path(__file__).resolve().parent.parent / "assets"
STYLES, SCRIPT = "pages.css", "pages.js"
PLOTLY: Final = "/_dash-component-suites/plotly/package_data/plotly.min.js"  # where Dash looks for it
_PLOTLY_PART = "plotly-basic.min.js"
_NOT_ON_THESE = re.compile(r"answer|promise|sheet")
_NEVER_USED = re.compile(r'<script src="[^"]*/(?:deps/polyfill@|dash_table/)[^"]*"></script>\n?')
_DAY, _YEAR = 24 * 3600, 365 * 24 * 3600  # seconds
_ASSETS_OF_DASH = "_dash_assets.static"
_TEXTS: Final = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml"}
)
_NOBODYS: Final = guard.OPEN_FILES | {"/_dash-dependencies"}  # the same for everybody
_WORTH_IT = 1_000  # bytes


def address(name: str) -> str:
    """Where the styles or the script are; another whenever they are."""
    return f"/assets/{name}?v={_version(name)}"


def without_unused(scripts: str) -> str:
    """Dash's script elements less what no page needs: a helper for browsers of 2015, and a table we do not draw."""
    return _NEVER_USED.sub("", scripts)


def serve(server: Flask) -> None:
    """Once Dash is there: answer for our own files, and make what is sent small."""
    server.view_functions[_ASSETS_OF_DASH] = _assets(cast(Serve, server.view_functions[_ASSETS_OF_DASH]))
    server.add_url_rule(PLOTLY, "plotly", _plotly)
    server.after_request(_compress)


@cache
def _joined(name: str) -> str:
    """Bootstrap comes last, and is told by the variables of our own styles."""
    files = [*_ours(f"*{Path(name).suffix}"), *([ASSETS / "vendor" / "bootstrap.min.css"] if name == STYLES else [])]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _ours(pattern: str) -> Iterable[Path]:
    return (file for file in sorted(ASSETS.glob(pattern)) if not _NOT_ON_THESE.match(file.name))


@cache
def _version(name: str) -> str:
    return hashlib.sha256(_joined(name).encode()).hexdigest()[:12]


def _assets(as_dash_does: Serve) -> Serve:
    def asset(filename: str) -> Response:
        if filename not in {STYLES, SCRIPT}:
            answer = as_dash_does(filename=filename)
            return _kept(answer, _YEAR) if filename.startswith("fonts/") else answer
        answer = Response(_joined(filename), mimetype="text/css" if filename == STYLES else "text/javascript")
        return _kept(answer, _YEAR) if request.args.get("v") == _version(filename) else answer

    return asset


def _plotly() -> Response:
    """The part of Plotly that our charts need, 1.2 MB, in place of all of it, 4.8 MB. Its address has no version.

    It is by far the largest file: beside it lies what brotli makes of it, 0.3 MB, a sixth less than gzip.
    """
    if not request.accept_encodings.quality("br"):
        return _kept(send_from_directory(ASSETS / "vendor", _PLOTLY_PART), _DAY)
    answer = send_from_directory(ASSETS / "vendor", f"{_PLOTLY_PART}.br", mimetype="text/javascript")
    answer.content_encoding = "br"
    return _kept(answer, _DAY)


def _kept(answer: Response, seconds: int) -> Response:
    answer.cache_control.no_cache = None
    answer.cache_control.public, answer.cache_control.max_age = True, seconds
    return answer


def _compress(answer: Response) -> Response:
    """Pages and files of Dash as gzip where the browser reads it. What others answer with is theirs to decide on."""
    if request.blueprint not in {None, "_dash_assets"} or answer.mimetype not in _TEXTS:
        return answer
    answer.vary.add("Accept-Encoding")
    whole = answer.status_code == HTTPStatus.OK and request.method != "HEAD" and not answer.content_encoding
    if whole and request.accept_encodings.quality("gzip"):
        answer.direct_passthrough = False
        content = answer.get_data()
        if len(content) >= _WORTH_IT:
            answer.set_data(_once(content) if request.endpoint in _NOBODYS else gzip.compress(content, 5, mtime=0))
            answer.content_encoding = "gzip"
    return answer


@lru_cache(maxsize=64)
def _once(file: bytes) -> bytes:
    return gzip.compress(file, 9, mtime=0)
