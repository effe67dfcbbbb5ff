"""Which kind of file it is, told by its first bytes: names lie, and "spara som" is easily forgotten."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from io import BytesIO
from typing import Final

from dimios_dash.errors import Invalid
from dimios_dash.intake.limits import MAX_BYTES
from dimios_dash.intake.texts import quote


class FileFormat(StrEnum):
    """The two formats that are read, by the ends of their names."""

    CSV = "csv"
    XLSX = "xlsx"


_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files and of encrypted new ones
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_KINDS: Final = {
    b"%PDF": "en PDF-fil",
    b"\x1f\x8b": "en komprimerad fil (.gz)",
    b"7z\xbc\xaf": "en komprimerad fil (.7z)",
    b"Rar!": "en komprimerad fil (.rar)",
    b"{\\rtf": "ett textdokument (.rtf)",
}
_ZIP_KINDS: Final = {
    "xl/workbook.bin": "en binär Excel-fil (.xlsb)",
    "word/document.xml": "ett Word-dokument",
    "ppt/presentation.xml": "en PowerPoint-presentation",
    "Index/Document.iwa": "en fil från Numbers (.numbers)",
    "Index.zip": "en fil från Numbers (.numbers)",
    "content.xml": "ett kalkylblad i OpenDocument-format (.ods)",
}


def file_format(content: bytes, filename: str) -> FileFormat:
    """CSV or XLSX. Raises Invalid, saying what the file is and what to save it as, for everything else."""
    if len(content) > MAX_BYTES:
        raise Invalid(f"{quote(filename)} är större än 20 MB. Dela upp filen eller ta bort det som inte behövs.")
    if not content.strip():
        raise Invalid(f"{quote(filename)} är tom. Välj en fil med en rubrikrad och minst en rad.")
    if content.startswith(_OLE):
        raise _refused_ole(content, filename)
    if content.startswith(_ZIP):
        return _zip_format(content, filename)
    for signature, kind in _KINDS.items():
        if content.startswith(signature):
            raise refused(filename, kind)
    return FileFormat.CSV


def refused(filename: str, kind: str) -> Invalid:
    """The error for a file that is `kind` ("en PDF-fil"), not a table that can be read."""
    return Invalid(
        f"{quote(filename)} är {kind} och kan inte läsas in. "
        "Öppna den i ditt kalkylprogram, spara den som .xlsx eller CSV och välj den nya filen."
    )


def _refused_ole(content: bytes, filename: str) -> Invalid:
    if _ENCRYPTED not in content:
        return refused(filename, "en Excel-fil i det gamla formatet (.xls)")
    return Invalid(
        f"{quote(filename)} är skyddad med lösenord och kan inte läsas in. "
        "Ta bort lösenordet i Excel, spara filen som .xlsx eller CSV och välj den nya filen."
    )


def _zip_format(content: bytes, filename: str) -> FileFormat:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        raise damaged(filename) from None
    for member, kind in _ZIP_KINDS.items():
        if member in names:
            raise refused(filename, kind)
    if "[Content_Types].xml" not in names:
        raise refused(filename, "ett zip-arkiv")
    return FileFormat.XLSX


def damaged(filename: str) -> Invalid:
    """The error for an Excel file that neither Excel nor we can make sense of."""
    return Invalid(
        f"{quote(filename)} verkar vara skadad och kan inte läsas in. "
        "Öppna den i Excel, spara den på nytt som .xlsx eller CSV och välj den nya filen."
    )
