"""Refuses an .xlsx that is small as a file and enormous as a workbook, before anything parses it."""

from __future__ import annotations

import zipfile
from typing import Final

from dimios_dash.errors import Invalid
from dimios_dash.intake import limits

_CHUNK: Final = 1024 * 1024
_SHEETS: Final = "xl/worksheets/"


def require_reasonable_size(archive: zipfile.ZipFile) -> None:
    """Raises Invalid for a workbook that unpacks to too many bytes or XML tags.

    Every part counts, whatever its name: a workbook may call any of them a sheet. zipfile never unpacks more
    of a part than the part declares.
    """
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > limits.MAX_UNPACKED:
        raise too_large()
    # A tag becomes an object many times its size, so bytes alone bound neither memory nor time.
    tags = {part.filename: _tags(archive, part) for part in parts}
    in_sheets = sum(count for name, count in tags.items() if name.startswith(_SHEETS))
    if in_sheets > limits.MAX_SHEET_TAGS or sum(tags.values()) - in_sheets > limits.MAX_OTHER_TAGS:
        raise too_large()


def _tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    with archive.open(part) as stream:
        return sum(chunk.count(b"<") for chunk in iter(lambda: stream.read(_CHUNK), b""))


def too_large() -> Invalid:
    """The error for a workbook that would take more memory or time than any real one."""
    return Invalid(
        "Arbetsboken är för stor när den packas upp. "
        "Kopiera tabellen till en ny, tom arbetsbok, eller spara den som CSV, och läs in den filen."
    )
