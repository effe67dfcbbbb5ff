"""Gunicorn's log of requests, without what could tell who somebody is: no address, no query, no personal link."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

FORMAT = "%(t)s %(m)s %(U)s %(s)s %(M)s ms"  # U: the path, without its query
_LINK = re.compile(r"(?<=^/svara/)[^/]+")


class AccessLog(Logger):  # type: ignore[misc]  # of a library without types
    """Named on gunicorn's command line."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> dict[str, Any]:
        """What FORMAT may be filled with."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return atoms | {"U": without_link(str(environ.get("PATH_INFO", "")))}


def without_link(path: str) -> str:
    """The path of a request as it may be written down."""
    return _LINK.sub("…", path)
