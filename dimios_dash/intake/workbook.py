"""The parts of an .xlsx beside its sheets: which sheets there are, the shared texts, which styles show dates."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from dimios_dash.intake.sheet_parser import SheetParser
from dimios_dash.intake.unpacking import require_reasonable_size

_NS: Final = {"main": SHEET_MAIN_NS}


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened workbook. `sheets` maps the names of visible worksheets to their parts, in the order of the tabs."""

    archive: zipfile.ZipFile
    sheets: dict[str, str]
    strings: list[str]
    epoch: datetime  # Excel counts days from 1900, or from 1904 where the file was made on an old Mac
    date_styles: frozenset[int]

    @contextmanager
    def parser(self, sheet: str) -> Iterator[SheetParser]:
        with self.archive.open(self.sheets[sheet]) as source:
            yield SheetParser(source, self.strings, self.epoch, self.date_styles)


def open_workbook(content: bytes) -> Workbook:
    """Raises Invalid for a workbook that unpacks to too much, and a variety of errors for a damaged one."""
    reader = ExcelReader(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    require_reasonable_size(reader.archive)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    return Workbook(
        archive=reader.archive,
        sheets=_visible_sheets(reader),
        strings=reader.shared_strings,
        epoch=reader.wb.epoch,
        date_styles=frozenset(_date_styles(reader.archive)),
    )


def _visible_sheets(reader: ExcelReader) -> dict[str, str]:
    """By name; a part that several sheets claim to be, which no program writes, is taken once."""
    by_part: dict[str, str] = {}
    for sheet, relation in reader.parser.find_sheets():
        if sheet.state == "visible" and str(relation.Type).endswith("/worksheet"):
            by_part.setdefault(str(relation.target), str(sheet.name))
    return {name: part for part, name in by_part.items()}


def _date_styles(archive: zipfile.ZipFile) -> Iterator[int]:
    """The numbers of the cell styles that show dates. openpyxl's own reader stumbles on unusual fonts and fills."""
    if ARC_STYLE not in archive.namelist():
        return
    root = fromstring(archive.read(ARC_STYLE))
    formats = dict(BUILTIN_FORMATS)
    for element in root.iterfind("main:numFmts/main:numFmt", _NS):
        formats[int(element.attrib["numFmtId"])] = element.attrib["formatCode"]
    for number, style in enumerate(root.iterfind("main:cellXfs/main:xf", _NS)):
        if is_date_format(formats.get(int(style.get("numFmtId", "0")))):
            yield number
