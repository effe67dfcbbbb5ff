"""Gunicorn's logs, without what could tell who somebody is: no address, no query, no personal link."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

FORMAT = "%(t)s %(m)s %(U)s %(s)s %(M)s ms"  # U: the path, without its query
_LINK = re.compile(r"(/(?:svara|oppen)/+)[^/]+", re.IGNORECASE)
_TOKEN = re.compile(r"[\w-]{40,}", re.ASCII)  # crypto.tokens, wherever it was pasted
_CODE = re.compile(r"\b(?:[0-9A-Z]{4}[-–\s]){3}[0-9A-Z]{4}\b", re.IGNORECASE)  # crypto.open_codes, the same


class AccessLog(Logger):  # type: ignore[misc]  # of a library without types
    """Named on gunicorn's command line."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> dict[str, Any]:
        """What FORMAT may be filled with."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return atoms | {"U": without_link(str(environ.get("PATH_INFO", "")))}

    def warning(self, msg: object, *args: object, **kwargs: Any) -> None:
        """Of a request that it cannot read, gunicorn would quote the sender's address, the path and the header."""
        told, cut, _ = str(msg).partition(" from ip=")
        super().warning(told, *(() if cut else args), **kwargs)

    def exception(self, msg: object, *_args: object, **kwargs: Any) -> None:
        """Where gunicorn stumbles itself, it would quote the whole address asked for."""
        super().exception(str(msg).partition(" %")[0], **kwargs)


def without_link(path: str) -> str:
    """The path of a request as it may be written down."""
    return _CODE.sub("…", _TOKEN.sub("…", _LINK.sub(r"\1…", path)))
